{#-
  Match declared with actual columns and keep what differs. Every column of every node passes here, so the loop calls
  nothing for what it has met before: names are folded at once, two type texts are compared once.
-#}
{% macro dbee_match_columns(subject, memory) %}
    {%- set node, actual, types = subject['node'], subject['relation']['columns'], memory['types'] -%}
    {%- set not_null = dbee_dbt.dbee_not_null(node) if node.get('constraints') else {} -%}
    {%- set declared = dict(zip(dbee_dbt.dbee_fold_all(node['columns'] | list), node['columns'].values())) -%}
    {%- for key, column in declared.items() -%}
        {%- if key not in actual -%}{%- do subject['missing'].append(column) -%}
        {%- else -%}
            {%- set found = actual[key] -%}
            {%- set spelled = (column['data_type'], found['type']) -%}
            {%- if spelled not in types -%}
                {%- do types.update({spelled: dbee_dbt.dbee_type_verdict(*spelled)}) -%}
            {%- endif -%}
            {%- if types[spelled] or column['constraints'] or column['meta'] or key in not_null -%}
                {%- do dbee_dbt.dbee_match_column(subject, column, found, types[spelled], key in not_null, memory) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if actual | length + subject['missing'] | length > declared | length -%}
        {%- for name, row in actual.items() if name not in declared -%}
            {%- do subject['extra'].append(row) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- The slower half, for columns of which more than a fitting type is declared. -#}
{% macro dbee_match_column(subject, declared, found, types, not_null, memory) %}
    {%- set differs = {} -%}
    {%- if types -%}{%- do dbee_dbt.dbee_match_type(subject, differs, types, memory) -%}{%- endif -%}
    {%- set wanted = dbee_dbt.dbee_declared_facets(declared, 'column') if declared['meta'] else {} -%}
    {%- for constraint in declared['constraints'] if constraint['type'] in ('not_null', 'primary_key') -%}
        {%- do wanted.setdefault('column.nullable', false) -%}
    {%- endfor -%}
    {%- if not_null -%}{%- do wanted.setdefault('column.nullable', false) -%}{%- endif -%}
    {%- for facet, value in wanted.items() -%}
        {%- if facet.startswith('facet.') -%}{%- do dbee_dbt.dbee_unknown_facet(subject, facet) -%}
        {%- elif found['type'] is none and facet != 'column.comment' -%}
            {%- do subject['unknown'].update({facet: dbee_dbt.dbee_unread(subject)}) -%}
        {%- else -%}{%- do dbee_dbt.dbee_match_value(differs, facet, value, found[facet.split('.')[1]], memory) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if differs -%}
        {%- do subject['pairs'].append({
            'name': declared['name'], 'declared': declared, 'actual': found, 'facets': differs,
        }) -%}
    {%- endif -%}
{% endmacro %}


{% macro dbee_match_type(subject, differs, verdict, memory) %}
    {%- if verdict['unread'] -%}
        {%- for facet in ('column.type', 'column.charset') -%}
            {%- do subject['unknown'].update({facet: dbee_dbt.dbee_unread(subject)}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if verdict['unknown'] -%}{%- do dbee_dbt.dbee_not_compared(memory, 'column.charset') -%}{%- endif -%}
    {%- for aspect in verdict['differs'] -%}
        {%- do differs.update({'column.charset' if aspect == 'charset' else 'column.type': verdict}) -%}
    {%- endfor -%}
{% endmacro %}


{% macro dbee_unread(subject) %}
    {{ return('the column types of the ' ~ subject['relation']['kind'] ~ ' could not be read') }}
{% endmacro %}


{#- {folded name: true} of the columns that a constraint of the whole node makes NOT NULL. -#}
{% macro dbee_not_null(node) %}
    {%- set names = {} -%}
    {%- for constraint in node['constraints'] if constraint['type'] in ('not_null', 'primary_key') -%}
        {%- do names.update(dict.fromkeys(dbee_dbt.dbee_fold_all(constraint.get('columns') or []), true)) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
