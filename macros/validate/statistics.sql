{#-
  Put statistics that are declared and were not collected into the subject: a list of texts. wanted: the columns of each, a
  list such as [A, (B, C)]; the words COLUMN and INDEX in front of them say nothing.
-#}
{% macro dbee_match_statistics(subject, wanted, memory) %}
    {%- if 'statistics' in memory['unread'] -%}
        {%- do subject['unknown'].update({'table.statistics': memory['unread']['statistics']}) -%}
    {%- elif memory['statistics'] is none -%}{%- do dbee_dbt.dbee_not_compared(memory, 'table.statistics') -%}
    {%- else -%}
        {%- set found = memory['statistics'].get(dbee_dbt.dbee_node_key(subject['node'])) or {} -%}
        {%- set lost = [] -%}
        {%- set texts = [wanted] if wanted is string else wanted -%}
        {%- for text in texts -%}
            {%- set columns = dbee_dbt.dbee_statistic_columns(text) -%}
            {%- if dbee_dbt.dbee_fold_all(columns) | sort | join('\x00') not in found -%}
                {%- do lost.append('COLUMN ' ~ dbee_dbt.dbee_name_list(columns)) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if lost -%}{%- do subject['facets'].update({'table.statistics': lost}) -%}{%- endif -%}
    {%- endif -%}
{% endmacro %}


{#- The columns that one declared statistic is on: of `COLUMN (a, b)`, `(a, b)`, `a, b` or `a`. -#}
{% macro dbee_statistic_columns(text) %}
    {%- set columns = [] -%}
    {%- for token in dbee_dbt.dbee_index_tokens(text) if token not in ('(', ')', ',') -%}
        {%- if not (loop.first and not loop.last and token in ('COLUMN', 'COLUMNS', 'INDEX')) -%}
            {%- do columns.append(token[1:] if token[0] == '"' else token) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}


{#- {(database, name): {columns: true}}, folded, columns in one text; none where nobody tells of statistics. -#}
{% macro dbee_collected(rows) %}
    {%- if rows.get('statistics') is none -%}{{ return(none) }}{%- endif -%}
    {%- set collected = {} -%}
    {%- for row in rows['statistics'] -%}
        {%- set bare = [] -%}
        {%- for column in row['columns'] -%}{%- do bare.append(column[1:-1] if column[:1] == '"' else column) -%}{%- endfor -%}
        {%- do collected.setdefault(dbee_dbt.dbee_key(row['database'], row['relation']), {}).update({
            dbee_dbt.dbee_fold_all(bare) | sort | join('\x00'): true,
        }) -%}
    {%- endfor -%}
    {{ return(collected) }}
{% endmacro %}
