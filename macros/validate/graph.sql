{#-
  What is wrong with nodes as they stand to each other and by their names, worked out once over the whole project:
  {unique id: {facet: how it differs}}.

  project: as dbee_findings takes it. keys: {unique id: key} of the nodes that stand for a table or view.
  relations: as dbee_world returns them, with `made` where the database tells who made what.
-#}
{% macro dbee_graph(project, keys, relations) %}
    {%- set nodes = {} -%}
    {%- for node in project['nodes'] if node['unique_id'] in keys -%}
        {%- do nodes.update({node['unique_id']: node}) -%}
    {%- endfor -%}
    {%- set found = {} -%}
    {%- do dbee_dbt.dbee_find_shared(nodes, keys, found) -%}
    {%- do dbee_dbt.dbee_find_foreign(nodes, keys, relations, found) -%}
    {%- do dbee_dbt.dbee_find_bad_names(nodes, keys, found) -%}
    {{ return(found) }}
{% endmacro %}


{#- Nodes that stand for one table or view. Several sources may describe the same one; what dbt makes has one maker. -#}
{% macro dbee_find_shared(nodes, keys, found) %}
    {%- set first, shared = {}, {} -%}
    {%- for id, node in nodes.items() -%}
        {%- set key = keys[id] -%}
        {%- if first.setdefault(key, id) != id -%}{%- do shared.setdefault(key, [first[key]]).append(id) -%}{%- endif -%}
    {%- endfor -%}
    {%- for ids in shared.values() -%}
        {%- set made, described = [], [] -%}
        {%- for id in ids -%}
            {%- do (described if nodes[id]['resource_type'] == 'source' else made).append(id) -%}
        {%- endfor -%}
        {%- for id in made -%}
            {%- if made | length > 1 -%}
                {%- do found.setdefault(id, {}).update({'object.shared': made | reject('eq', id) | list}) -%}
            {%- endif -%}
            {%- if described -%}
                {%- do found.setdefault(id, {}).update({'object.shadows': 'declared as ' ~ described | join(', ')}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}


{#-
  Models whose table or view dbt did not make. dbt puts a comment with its name and the node's in front of each statement,
  and the dictionary keeps the text of the last DDL on each object. Where no object of the project bears one, the project
  has switched it off, or nothing was built yet: then nobody can tell.
-#}
{% macro dbee_find_foreign(nodes, keys, relations, found) %}
    {%- set made, packages = [], {} -%}
    {%- for id, node in nodes.items() if node['resource_type'] != 'source' -%}
        {%- do packages.update({node['package_name']: true}) -%}
        {%- if relations.get(keys[id], {}).get('made') is not none and dbee_dbt.dbee_is_dbts(node) -%}
            {%- do made.append(id) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set own = [] -%}
    {%- for id in made if relations[keys[id]]['made'].count('.') > 1 and relations[keys[id]]['made'].split('.')[1] in packages -%}
        {%- do own.append(id) -%}
    {%- endfor -%}
    {%- for id in made if own -%}
        {%- set relation = relations[keys[id]] -%}
        {%- set maker = relation['made'] -%}
        {%- if maker == '' and relation['kind'] in ('table', 'view') -%}
            {%- do found.setdefault(id, {}).setdefault('object.shadows', relation['kind'] ~ ' last defined by '
                ~ (relation['altered_by'] or 'somebody') ~ (' at ' ~ relation['altered'] if relation['altered'] else '')
                ~ ', not by dbt') -%}
        {%- elif maker.count('.') > 1 and maker.split('.')[1] not in packages -%}
            {%- do found.setdefault(id, {}).setdefault('object.shadows', relation['kind'] ~ ' made for ' ~ maker) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- True for a node that dbt builds with SQL; Python models and materializations of others leave no comment. -#}
{% macro dbee_is_dbts(node) %}
    {%- set config = node['config'] -%}
    {{ return(node.get('language') != 'python' and not config.get('catalog_name') and config.get('materialized') in (
        'view', 'table', 'incremental', 'seed', 'snapshot')) }}
{% endmacro %}


{#- Names that are too long or reserved. Few are: of all names that there are those, and then who has them. -#}
{% macro dbee_find_bad_names(nodes, keys, found) %}
    {%- set reserved = dbee_dbt.dbee_reserved_words() -%}
    {%- set columns = {} -%}
    {%- for node in nodes.values() -%}
        {%- if node['resource_type'] != 'source' -%}
            {%- set name = keys[node['unique_id']][1] -%}
            {%- if name | length > 116 -%}{%- do dbee_dbt.dbee_find_long_name(node, name, found) -%}{%- endif -%}
            {%- if name in reserved -%}
                {%- do found.setdefault(node['unique_id'], {}).setdefault('name.reserved', []).append(none) -%}
            {%- endif -%}
        {%- endif -%}
        {%- if node['columns'] -%}{%- do columns.update(node['columns']) -%}{%- endif -%}
    {%- endfor -%}
    {%- set long, words = [], [] -%}
    {%- for name in columns -%}
        {%- if name | length > 128 -%}{%- do long.append(name) -%}
        {%- elif name | upper in reserved -%}{%- do words.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if long or words -%}{%- do dbee_dbt.dbee_find_bad_columns(nodes, long, words, found) -%}{%- endif -%}
{% endmacro %}


{% macro dbee_find_bad_columns(nodes, long, words, found) %}
    {%- for id, node in nodes.items() if node['columns'] -%}
        {%- for name in long if name in node['columns'] -%}
            {%- do found.setdefault(id, {}).setdefault('name.length', []).append(
                {'column': name, 'expected': 128, 'actual': name | length}) -%}
        {%- endfor -%}
        {%- for name in words if name in node['columns'] and not node['columns'][name].get('quote') -%}
            {%- do found.setdefault(id, {}).setdefault('name.reserved', []).append(name) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}


{#- dbt builds under a longer name beside the old one and renames: NAME__dbt_tmp, NAME__dbt_backup. -#}
{% macro dbee_find_long_name(node, name, found) %}
    {%- set longest = {'view': 116, 'table': 116, 'incremental': 116, 'snapshot': 119}.get(node['config'].get('materialized'), 128) -%}
    {%- if name | length > longest -%}
        {%- do found.setdefault(node['unique_id'], {}).update({'name.length': [
            {'column': none, 'expected': longest, 'actual': name | length},
        ]}) -%}
    {%- endif -%}
{% endmacro %}
