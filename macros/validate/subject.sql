{#-
  What a rule is given: a node, the table or view it stands for, and how the two differ.

  Returns {node, relation, missing, extra, pairs, facets, unknown, absent, asked}:
  - node: as manifest.json holds it; relation: its row with `columns`, `primary_index` and `partitioning`, or none where there is none;
  - missing: declared columns that are not there; extra: actual column rows that the node does not declare (nothing is
    extra where it declares no column at all);
  - pairs: {name, declared, actual, facets} of the columns in which at least one facet differs;
  - facets: {facet: {expected, actual}} of the relation as a whole, those that differ;
  - unknown: {facet: reason} of what could not be checked; constrained: the columns that declare constraints;
  - absent: what to say of something that is not there: `missing`, or `not visible`; asked: true where a database was.

  memory: kept over all nodes (dbee_memory): what was worked out once, how often a facet rests on something that nobody
  knows, and which databases exist.
-#}
{% macro dbee_subject(node, relation, memory) %}
    {%- set subject = {
        'node': node, 'relation': relation, 'missing': [], 'extra': [], 'pairs': [], 'facets': {}, 'unknown': {},
        'constrained': [], 'absent': memory['absent'], 'asked': memory['asked'],
    } -%}
    {%- if node['unique_id'] in memory['graph'] -%}
        {%- do subject['facets'].update(memory['graph'][node['unique_id']]) -%}
    {%- endif -%}
    {%- if relation is none and dbee_dbt.dbee_node_key(node) in memory['outside'] -%}
        {%- do subject['unknown'].update({'object.exists': memory['outside'][dbee_dbt.dbee_node_key(node)]}) -%}
    {%- elif relation is none -%}
        {%- set database = dbee_dbt.dbee_node_database(node) -%}
        {%- set known = dbee_dbt.dbee_fold(database) in memory['databases'] -%}
        {%- set what = '' if known else 'database ' ~ dbee_dbt.dbee_shown_name(database) ~ ' ' -%}
        {%- set absent = what ~ memory['absent'] -%}
        {%- do subject['facets'].update({'object.exists': {'expected': 'exists', 'actual': absent}}) -%}
    {%- else -%}
        {%- do dbee_dbt.dbee_match_relation(subject, dbee_dbt.dbee_declared(node, memory), memory) -%}
        {%- if node['columns'] and relation['columns'] -%}
            {%- do dbee_dbt.dbee_match_columns(subject, memory) -%}
        {%- elif node['columns'] and 'object.kind' not in subject['facets'] -%}
            {%- do dbee_dbt.dbee_unread_columns(subject) -%}
        {%- endif -%}
        {%- if node['resource_type'] != 'model' -%}{%- do dbee_dbt.dbee_match_kind(subject, memory) -%}{%- endif -%}
        {%- if memory['asks_for_rights'] and relation['kind'] == 'view' and node['resource_type'] == 'model' -%}
            {%- do dbee_dbt.dbee_match_view_rights(subject, memory) -%}
        {%- endif -%}
        {%- if subject['constrained'] or node.get('constraints') -%}
            {%- do dbee_dbt.dbee_match_constraints(subject, memory) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(subject) }}
{% endmacro %}


{#- Nothing is known of the columns: whatever the node declares of them cannot be checked. -#}
{% macro dbee_unread_columns(subject) %}
    {%- set node, unknown = subject['node'], subject['unknown'] -%}
    {%- set reason = 'the columns of the ' ~ subject['relation']['kind'] ~ ' could not be read' -%}
    {%- do unknown.update({'column.exists': reason, 'column.declared': reason}) -%}
    {%- if (node['config'].get('contract') or {}).get('enforced') -%}
        {%- do unknown.update({'table.column_order': reason}) -%}
    {%- endif -%}
    {%- for column in node['columns'].values() -%}
        {%- if column['data_type'] -%}{%- do unknown.update({'column.type': reason, 'column.charset': reason}) -%}{%- endif -%}
        {%- if column['constraints'] -%}{%- do unknown.update({'column.nullable': reason}) -%}{%- endif -%}
        {%- if column['description'] and (node['config'].get('persist_docs') or {}).get('columns') -%}
            {%- do unknown.update({'column.comment': reason}) -%}
        {%- endif -%}
        {%- for facet, value in dbee_dbt.dbee_declared_facets(column, 'column').items() -%}
            {%- do unknown.update({'facet.unknown': value} if facet.startswith('facet.') else {facet: reason}) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}


{#- Put the facets of the relation as a whole that differ into the subject. -#}
{% macro dbee_match_relation(subject, declared, memory) %}
    {%- set relation, differs = subject['relation'], subject['facets'] -%}
    {%- for facet, wanted in declared.items() -%}
        {%- if facet == 'object.kind' -%}
            {%- if relation['kind'] not in wanted.split(' or ') -%}
                {%- do differs.update({facet: {'expected': wanted, 'actual': relation['kind']}}) -%}
            {%- endif -%}
        {%- elif facet == 'table.column_order' -%}{%- do dbee_dbt.dbee_match_order(subject, wanted) -%}
        {%- elif facet.startswith('facet.') -%}{%- do subject['unknown'].update({'facet.unknown': wanted}) -%}
        {%- elif facet == 'table.primary_index' and relation['kind'] == 'table' -%}
            {%- do dbee_dbt.dbee_match_index(subject, wanted, memory) -%}
        {%- elif facet == 'table.partitioning' and relation['kind'] == 'table' -%}
            {%- do dbee_dbt.dbee_match_partitioning(subject, wanted, memory) -%}
        {%- elif facet == 'table.statistics' and relation['kind'] == 'table' -%}
            {%- do dbee_dbt.dbee_match_statistics(subject, wanted, memory) -%}
        {%- elif facet == 'object.grants' and relation['kind'] in ('table', 'view') -%}
            {%- do dbee_dbt.dbee_match_grants(subject, wanted, memory) -%}
        {%- elif facet == 'table.indexes' and relation['kind'] == 'table' -%}
            {%- do dbee_dbt.dbee_match_indexes(subject, wanted, memory) -%}
        {%- elif relation['kind'] == 'table' or facet == 'table.comment' -%}
            {%- set found = relation[facet.split('.')[1]] -%}
            {%- if found != wanted -%}
                {%- do dbee_dbt.dbee_match_value(differs, facet, wanted, found, memory) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- Columns that are on both sides must follow each other in the same order. -#}
{% macro dbee_match_order(subject, names) %}
    {%- set actual = subject['relation']['columns'] -%}
    {%- set wanted = [] -%}
    {%- for name in dbee_dbt.dbee_fold_all(names) if name in actual -%}{%- do wanted.append(name) -%}{%- endfor -%}
    {%- set found = [] -%}
    {%- for name in actual if name in wanted -%}{%- do found.append(name) -%}{%- endfor -%}
    {%- if wanted != found -%}
        {%- do subject['facets'].update({'table.column_order': {'expected': wanted, 'actual': found}}) -%}
    {%- endif -%}
{% endmacro %}
