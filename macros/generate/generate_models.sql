{#-
  Entry point: `dbt run-operation dbee_generate_models --args '{objects: "RETAIL_*"}'` prints what
  `dbee-dbt generate-models` writes, file by file; it writes nothing itself.

  objects, exclude_objects: a pattern or a list of them: DATABASE, DATABASE.NAME or kind:KIND, with * and ?.
  into, prefix, materialized (view | table), case (keep | lower | upper): as the options of the command line.
  options: any option of `vars: dbee: generate:`, over what stands there.
-#}
{% macro dbee_generate_models(
    objects=none, exclude_objects=none, into=none, prefix=none, materialized=none, case=none, options=none
) %}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- do dbee_dbt.dbee_check_texts(objects, 'dbee_generate_models: objects') -%}
    {%- do dbee_dbt.dbee_check_texts(exclude_objects, 'dbee_generate_models: exclude_objects') -%}
    {%- if not objects -%}
        {%- do exceptions.raise_compiler_error("dbee_generate_models needs objects: --args '{objects: \"RETAIL_*\"}'") -%}
    {%- endif -%}
    {%- set given = {'into': into, 'prefix': prefix, 'materialized': materialized, 'case': case} -%}
    {%- set options = dbee_dbt.dbee_generation_options(given, options) -%}
    {%- set wanted = {
        'include': dbee_dbt.dbee_object_patterns(objects), 'exclude': dbee_dbt.dbee_object_patterns(exclude_objects),
    } -%}
    {%- set result = dbee_dbt.dbee_generation(dbee_dbt.dbee_wanted_rows(wanted), options) -%}
    {%- for file in result['files'] -%}
        {%- do print('==> ' ~ file['path'] ~ ' <==\n' ~ file['text']) -%}
    {%- endfor -%}
    {%- for line in dbee_dbt.dbee_generation_summary(result['summary']) -%}{%- do print(line) -%}{%- endfor -%}
{% endmacro %}


{#- The dictionary's rows of the objects that are meant; one query a facet, and the columns of views on top. -#}
{% macro dbee_wanted_rows(wanted) %}
    {%- set databases = [] -%}
    {%- set there = [] -%}
    {%- for row in dbee_dbt.dbee_dictionary_databases() -%}
        {%- do there.append(row['name']) -%}
        {%- if dbee_dbt.dbee_database_wanted(wanted, row['name']) -%}
            {%- set meant = dbee_dbt.dbee_object_wanted(wanted, row['name'], none, row['kind']) -%}
            {%- do databases.append(dict(row, comment=row['comment'] if meant else none)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set names = databases | map(attribute='name') | list -%}
    {%- set relations = [] -%}
    {%- for row in (dbee_dbt.dbee_dictionary_relations(names) if names else []) -%}
        {%- if dbee_dbt.dbee_object_wanted(wanted, row['database'], row['name'], row['kind']) -%}
            {%- do relations.append(row) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not relations -%}
        {%- set what = 'no object matches; the databases are ' ~ there[:50] | join(', ') -%}
        {%- do exceptions.raise_compiler_error(dbee_dbt.dbee_visible(what)) -%}
    {%- endif -%}
    {{ return({
        'asked': true,
        'databases': databases,
        'relations': relations,
        'columns': dbee_dbt.dbee_resolved_columns(dbee_dbt.dbee_dictionary_columns(names), relations),
        'indexes': dbee_dbt.dbee_dictionary_indexes(names),
        'partitioning': dbee_dbt.dbee_dictionary_partitioning(names),
        'references': dbee_dbt.dbee_dictionary_references(names),
        'checks': dbee_dbt.dbee_dictionary_checks(names),
    }) }}
{% endmacro %}


{#- Columns, those of views with the types that the dictionary does not hold. -#}
{% macro dbee_resolved_columns(columns, relations) %}
    {%- set resolved = dbee_dbt.dbee_dictionary_view_columns(relations) -%}
    {%- do dbee_dbt.dbee_keep_comments(resolved, columns) -%}
    {%- set known = dbee_dbt.dbee_by_relation(resolved) -%}
    {%- set found = [] -%}
    {%- for row in columns if (row['database'], row['relation']) not in known -%}{%- do found.append(row) -%}{%- endfor -%}
    {{ return(found + resolved) }}
{% endmacro %}


{#- What was generated and what not, in lines. -#}
{% macro dbee_generation_summary(summary) %}
    {%- set lines = [
        'tables: ' ~ summary['tables'] ~ ', views: ' ~ summary['views'] ~ ', columns: ' ~ summary['columns']
    ] -%}
    {%- if summary['untyped'] -%}
        {%- do lines.append('columns without a data_type, since their type is not known: ' ~ summary['untyped']) -%}
    {%- endif -%}
    {%- if summary['untested'] -%}
        {%- do lines.append(
            'columns without their tests, since dbt cannot test a name with a quote or a brace: ' ~ summary['untested']
        ) -%}
    {%- endif -%}
    {%- if summary['unrenamed'] -%}
        {%- do lines.append(
            'columns that keep their name, since another has the one they would get: ' ~ summary['unrenamed']
        ) -%}
    {%- endif -%}
    {%- for skipped in summary['skipped'] -%}
        {%- do lines.append('not generated: ' ~ dbee_dbt.dbee_counted(skipped['count'], skipped['what']) ~ ' (' ~ skipped['why'] ~ ')') -%}
    {%- endfor -%}
    {{ return(lines) }}
{% endmacro %}
