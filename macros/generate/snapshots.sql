{#-
  dbt snapshots of tables that keep history; `snapshot` of their plans then says how. Those are meant whose names match,
  or, where no pattern is given, that are called so or hold a period. Each gets the strategy that its columns allow;
  where none can be told, that is counted with the reason.
-#}
{% macro dbee_add_snapshots(relations, options, skipped) %}
    {%- set wanted = options['snapshots'] -%}
    {%- for relation in relations if relation['modelled'] and relation['kind'] == 'table' and dbee_dbt.dbee_keeps_history(relation, wanted) -%}
        {%- set key = dbee_dbt.dbee_row_key(relation) -%}
        {%- set updated = dbee_dbt.dbee_updated_at(relation, wanted['updated_at']) -%}
        {%- if not key['columns'] -%}
            {%- do dbee_dbt.dbee_skip(skipped, 'snapshot', key['why']) -%}
        {%- elif not updated and not dbee_dbt.dbee_comparable(relation) -%}
            {%- do dbee_dbt.dbee_skip(skipped, 'snapshot', 'no column says when a row changed, and not all can be compared') -%}
        {%- else -%}
            {%- set names = [] -%}
            {%- for column in key['columns'] -%}{%- do names.append(column['name']['sql']) -%}{%- endfor -%}
            {%- do relation.update({'snapshot': {'unique_key': names, 'updated_at': updated}}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- wanted: {tables}, patterns or none. A pattern is NAME or DATABASE.NAME. -#}
{% macro dbee_keeps_history(relation, wanted) %}
    {%- for pattern in wanted['tables'] or ['*_HIST', '*_HISTORY', '*_HST'] -%}
        {%- if dbee_dbt.dbee_table_matches(pattern, relation) -%}{{ return(true) }}{%- endif -%}
    {%- endfor -%}
    {%- for column in relation['columns'] if not wanted['tables'] and (column['source_type'] or '').startswith('PERIOD') -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}


{#- True if a pattern, NAME or DATABASE.NAME, means this table or view. -#}
{% macro dbee_table_matches(pattern, relation) %}
    {%- set parts = dbee_dbt.dbee_split_pattern(pattern) -%}
    {{ return(
        dbee_dbt.dbee_matches(parts[-1], relation['name'])
        and (parts | length == 1 or dbee_dbt.dbee_matches(parts[0], relation['database']))
    ) }}
{% endmacro %}


{#- The first column, as SQL, that tells when a row changed: a timestamp that takes no null; or none. -#}
{% macro dbee_updated_at(relation, patterns) %}
    {%- for column in relation['columns'] if column['required'] and (column['source_type'] or '').startswith('TIMESTAMP') -%}
        {%- for pattern in patterns if dbee_dbt.dbee_matches(pattern, column['name']['name']) -%}
            {{ return(column['name']['sql']) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}


{#- True where Teradata can compare the values of every column: not those of large objects and user-defined types. -#}
{% macro dbee_comparable(relation) %}
    {%- for column in relation['columns'] -%}
        {%- set family = (column['source_type'] or '').partition('(')[0].partition(' ')[0] -%}
        {%- if family in ('', 'CLOB', 'BLOB', 'XML', 'JSON', 'DATASET') or family.startswith('SYSUDTLIB') -%}
            {{ return(false) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(true) }}
{% endmacro %}
