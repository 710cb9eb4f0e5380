{#-
  The dictionary rows that checking these nodes needs, from the database: a constant number of queries, and one HELP
  COLUMN for each view of which a node declares types, unless QVCI is on. `unread` says why a facet's query failed: what
  rests on it is not checked. Databases, relations and columns have to be read; nothing can be checked without them.

  databases: names. subjects: the nodes that are checked. every: the databases of all nodes, whose rights may count.
-#}
{% macro dbee_rows_for(databases, subjects, every=none) %}
    {%- set relations = dbee_dbt.dbee_dictionary_relations(databases) -%}
    {%- set columns = dbee_dbt.dbee_dictionary_columns(databases) -%}
    {%- set resolved = dbee_dbt.dbee_dictionary_view_columns(dbee_dbt.dbee_views_to_read(relations, subjects)) -%}
    {%- do dbee_dbt.dbee_keep_comments(resolved, columns) -%}
    {%- do columns.extend(resolved) -%}
    {{ return(dict(
        dbee_dbt.dbee_optional_rows(databases, subjects, every or databases),
        databases=dbee_dbt.dbee_dictionary_databases(),
        relations=relations,
        columns=columns,
        makers=dbee_dbt.dbee_dictionary_makers(databases),
        asked=true,
        partial=dbee_dbt.dbee_dictionary_is_x(),
    )) }}
{% endmacro %}


{#- {facet: rows} of what may be hidden from the user, and {unread: {facet: reason}} of what was. -#}
{% macro dbee_optional_rows(databases, subjects, every) %}
    {%- set facets = {
        'indexes': 'IndicesV', 'partitioning': 'PartitioningConstraintsV', 'references': 'All_RI_ChildrenV',
        'checks': 'ShowTblChecksV',
    } -%}
    {%- do facets.update(dbee_dbt.dbee_seldom_facets(subjects)) -%}
    {%- set statements = [] -%}
    {%- for facet in facets -%}
        {%- set asked = every if facet in ('rights', 'role_rights') else databases -%}
        {%- do statements.append(context['dbee_dbt']['dbee_dictionary_' ~ facet ~ '_sql'](asked)) -%}
    {%- endfor -%}
    {%- set found = {'unread': {}} -%}
    {%- for facet, answer in zip(facets, dbee_dbt.dbee_queries_or_none(statements)) -%}
        {%- if answer is none -%}
            {%- set view = facets[facet] if facets[facet][:4] == 'DBC.' else dbee_dbt.dbee_dictionary_view(facets[facet]) -%}
            {%- do found['unread'].update({facet: view ~ ' cannot be read'}) -%}
            {%- do found.update({facet: []}) -%}
        {%- else -%}
            {%- do found.update({facet: context['dbee_dbt']['dbee_dictionary_' ~ facet ~ '_rows'](answer)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- The views that are asked only where a node says something that rests on them. -#}
{% macro dbee_seldom_facets(subjects) %}
    {%- set facets = {} -%}
    {%- set crossing = dbee_dbt.dbee_asks_for_rights(dbee_dbt.dbee_settings()) -%}
    {%- for node in subjects -%}
        {%- if crossing or node['config'].get('grants') -%}
            {%- do facets.update({'rights': 'AllRightsV', 'role_rights': 'DBC.AllRoleRightsV'}) -%}
        {%- endif -%}
        {%- set declared = dbee_dbt.dbee_meta(node).get('facets') if node['config'].get('meta') or node.get('meta') -%}
        {%- if declared is mapping and 'statistics' in declared -%}
            {%- do facets.update({'statistics': 'DBC.StatsV'}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(facets) }}
{% endmacro %}


{#- The databases of these nodes, as first written. -#}
{% macro dbee_databases_of(subjects) %}
    {%- set names = {} -%}
    {%- for node in subjects -%}
        {%- set name = dbee_dbt.dbee_node_database(node) -%}
        {%- do names.setdefault(dbee_dbt.dbee_fold(name), name) -%}
    {%- endfor -%}
    {{ return(names.values() | list) }}
{% endmacro %}


{#- The views of which a node says more than the names of columns. -#}
{% macro dbee_views_to_read(relations, subjects) %}
    {%- set typed = {} -%}
    {%- for node in subjects -%}
        {%- if node['resource_type'] == 'source' and dbee_dbt.dbee_loaded_at(node) -%}
            {%- do typed.update({dbee_dbt.dbee_node_key(node): true}) -%}
        {%- endif -%}
        {%- for column in node['columns'].values()
                if column['data_type'] or column['constraints'] or dbee_dbt.dbee_meta(column) -%}
            {%- if loop.first -%}{%- do typed.update({dbee_dbt.dbee_node_key(node): true}) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set views = [] -%}
    {%- for row in relations if row['kind'] == 'view' and dbee_dbt.dbee_key(row['database'], row['name']) in typed -%}
        {%- do views.append(row) -%}
    {%- endfor -%}
    {{ return(views) }}
{% endmacro %}
