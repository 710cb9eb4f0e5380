{#- What only one sort of node declares: the types of a seed, the columns that dbt adds to a snapshot, a source's freshness. -#}
{% macro dbee_match_kind(subject, memory) %}
    {%- set node = subject['node'] -%}
    {%- set columns = subject['relation']['columns'] -%}
    {%- if columns and subject['relation']['kind'] in ('table', 'view') -%}
        {%- if node['resource_type'] == 'seed' -%}{%- do dbee_dbt.dbee_match_seed(subject, columns, memory) -%}
        {%- elif node['resource_type'] == 'snapshot' -%}{%- do dbee_dbt.dbee_match_snapshot(subject, columns) -%}
        {%- elif node['resource_type'] == 'source' -%}{%- do dbee_dbt.dbee_match_loaded_at(subject, columns) -%}
        {%- endif -%}
    {%- elif subject['relation']['kind'] == 'view' and node['resource_type'] == 'source' and dbee_dbt.dbee_loaded_at(node) -%}
        {%- do subject['unknown'].update({'source.loaded_at': 'the columns of the view could not be read'}) -%}
    {%- endif -%}
{% endmacro %}


{#- `column_types` of a seed: [{column, expected, actual}] of those that the table does not follow. -#}
{% macro dbee_match_seed(subject, columns, memory) %}
    {%- set lost = [] -%}
    {%- for name, wanted in (subject['node']['config'].get('column_types') or {}).items() -%}
        {%- set found = columns.get(dbee_dbt.dbee_fold(name)) -%}
        {%- if found is none -%}
            {%- do lost.append({'column': name, 'expected': wanted, 'actual': subject['absent']}) -%}
        {%- else -%}
            {%- set verdict = dbee_dbt.dbee_type_verdict(wanted, found['type']) -%}
            {%- if verdict and verdict['unread'] -%}
                {%- do subject['unknown'].update({'seed.column_types': dbee_dbt.dbee_unread(subject)}) -%}
            {%- elif verdict and verdict['differs'] -%}
                {%- do lost.append({
                    'column': name, 'expected': verdict['expected'], 'actual': verdict['actual'],
                }) -%}
            {%- elif verdict -%}{%- do dbee_dbt.dbee_not_compared(memory, 'seed.column_types') -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if lost -%}{%- do subject['facets'].update({'seed.column_types': lost}) -%}{%- endif -%}
{% endmacro %}


{#- The names of the columns that dbt keeps in every snapshot, by dbt's name; those that are renamed under their new one. -#}
{% macro dbee_snapshot_columns(node) %}
    {%- set renamed = node['config'].get('snapshot_meta_column_names') or {} -%}
    {%- set names = {} -%}
    {%- set kept = ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'] -%}
    {%- for name in kept + (['dbt_is_deleted'] if node['config'].get('hard_deletes') == 'new_record' else []) -%}
        {%- do names.update({name: renamed.get(name) or name}) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}


{% macro dbee_match_snapshot(subject, columns) %}
    {%- set lost = [] -%}
    {%- for name, written in dbee_dbt.dbee_snapshot_columns(subject['node']).items() if dbee_dbt.dbee_fold(written) not in columns -%}
        {%- set usual = dbee_dbt.dbee_fold(name) in columns and name != written -%}
        {%- do lost.append({'column': written, 'actual': 'still ' ~ name if usual else subject['absent']}) -%}
    {%- endfor -%}
    {%- if lost -%}{%- do subject['facets'].update({'snapshot.columns': lost}) -%}{%- endif -%}
{% endmacro %}


{#- The column in `loaded_at_field`; none where there is none, or it is an expression, of which nothing is told here. -#}
{% macro dbee_loaded_at(node) %}
    {%- set text = (node.get('loaded_at_field') or node['config'].get('loaded_at_field') or '') | trim -%}
    {%- if text.isidentifier() -%}{{ return(text) }}{%- endif -%}
    {%- if text | length > 2 and text[0] == '"' and text[-1] == '"' and '"' not in text[1:-1] -%}{{ return(text[1:-1]) }}{%- endif -%}
    {{ return(none) }}
{% endmacro %}


{% macro dbee_match_loaded_at(subject, columns) %}
    {%- set name = dbee_dbt.dbee_loaded_at(subject['node']) -%}
    {%- set found = columns.get(dbee_dbt.dbee_fold(name)) if name else none -%}
    {%- if not name -%}
    {%- elif found is none -%}
        {%- do subject['facets'].update({'source.loaded_at': {'column': name, 'actual': subject['absent']}}) -%}
    {%- elif found['type'] is none -%}
        {%- do subject['unknown'].update({'source.loaded_at': dbee_dbt.dbee_unread(subject)}) -%}
    {%- elif not found['type'].startswith('TIMESTAMP') -%}
        {%- do subject['facets'].update({'source.loaded_at': {'column': name, 'actual': found['type']}}) -%}
    {%- endif -%}
{% endmacro %}
