{#-
  Match declared with actual columns and keep what differs. Every column of every node passes here, so the loop calls
  nothing for what it has met before: names are folded at once, two type texts are compared once, one declaration is read
  once.
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
            {%- if column['constraints'] or column['meta'] or key in not_null -%}
                {%- if column['constraints'] -%}{%- do subject['constrained'].append(column) -%}{%- endif -%}
                {%- set said = (column['meta'] | string, column['constraints'] | string, key in not_null) -%}
                {%- if said not in memory['wanted'] -%}
                    {%- do memory['wanted'].update({said: dbee_dbt.dbee_wanted(column, key in not_null)}) -%}
                {%- endif -%}
                {%- set wanted = memory['wanted'][said] -%}
                {%- if types[spelled] or found['type'] is none or dict(found, **wanted['values']) != found -%}
                    {%- do dbee_dbt.dbee_match_column(subject, column, found, types[spelled], wanted['facets'], memory) -%}
                {%- endif -%}
            {%- elif types[spelled] -%}
                {%- do dbee_dbt.dbee_match_column(subject, column, found, types[spelled], {}, memory) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if actual | length + subject['missing'] | length > declared | length -%}
        {%- for name, row in actual.items() if name not in declared -%}
            {%- do subject['extra'].append(row) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if (node['config'].get('persist_docs') or {}).get('columns') -%}
        {%- do dbee_dbt.dbee_match_comments(subject, declared) -%}
    {%- endif -%}
{% endmacro %}


{#-
  Descriptions that `persist_docs` writes into the database, against the comments there. Most agree, and are seen to at
  once; one that is empty declares nothing, and one of `meta: dbee: facets:` goes before it.
-#}
{% macro dbee_match_comments(subject, declared) %}
    {%- set actual = subject['relation']['columns'] -%}
    {%- if declared.values() | map(attribute='description') | list != actual.values() | map(attribute='comment') | list -%}
        {%- for key, column in declared.items() if column['description'] and key in actual -%}
            {%- set comment = actual[key]['comment'] -%}
            {%- if column['description'] != comment -%}
                {%- set wanted = dbee_dbt.dbee_persisted(column['description']) -%}
                {%- if wanted != (comment or '') | trim
                        and 'column.comment' not in dbee_dbt.dbee_declared_facets(column, 'column') -%}
                    {%- do subject['pairs'].append({
                        'name': column['name'], 'declared': column, 'actual': actual[key],
                        'facets': {'column.comment': {'expected': wanted, 'actual': comment}},
                    }) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#-
  What a column declares beside its type: {facets: {facet: value}, values: the same by the keys of a column row}.
  not_null: true where a constraint of its node says so.
-#}
{% macro dbee_wanted(column, not_null) %}
    {%- set wanted = dbee_dbt.dbee_declared_facets(column, 'column') -%}
    {%- if not_null or column['constraints'] | selectattr('type', 'in', ('not_null', 'primary_key')) | list -%}
        {%- do wanted.setdefault('column.nullable', false) -%}
    {%- endif -%}
    {%- set values = {} -%}
    {%- for facet, value in wanted.items() -%}{%- do values.update({facet.partition('.')[2]: value}) -%}{%- endfor -%}
    {{ return({'facets': wanted, 'values': values}) }}
{% endmacro %}


{#- The slower half, for columns that may differ. wanted: {facet: value} that is declared beside the type. -#}
{% macro dbee_match_column(subject, declared, found, types, wanted, memory) %}
    {%- set differs = {} -%}
    {%- if types -%}{%- do dbee_dbt.dbee_match_type(subject, differs, types, memory) -%}{%- endif -%}
    {%- for facet, value in wanted.items() -%}
        {%- if facet.startswith('facet.') -%}{%- do subject['unknown'].update({'facet.unknown': value}) -%}
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
