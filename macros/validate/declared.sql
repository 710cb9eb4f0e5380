{#-
  What a node declares of its table or view as a whole: {facet: value}, under the names of the facet table. It comes
  from the node's configuration (dbt-teradata's `table_kind` and `index`, `persist_docs`) and contract, and from `meta:
  dbee: facets:`, which wins. `object.kind` is what the materialization makes; absent where that is not known.
-#}
{% macro dbee_declared(node, memory) %}
    {%- set config = node['config'] -%}
    {%- set declared = {} -%}
    {%- set kind = dbee_dbt.dbee_declared_kind(node) -%}
    {%- if kind -%}{%- do declared.update({'object.kind': kind}) -%}{%- endif -%}
    {%- if config.get('table_kind') -%}
        {%- do declared.update(dbee_dbt.dbee_declared_set_kind(config['table_kind'])) -%}
    {%- endif -%}
    {%- set index = config.get('index') -%}
    {%- if index -%}
        {%- if index not in memory['indexes'] -%}
            {%- do memory['indexes'].update({index: dbee_dbt.dbee_declared_index(index)}) -%}
        {%- endif -%}
        {%- do declared.update(memory['indexes'][index]) -%}
    {%- endif -%}
    {%- if (config.get('contract') or {}).get('enforced') and node['columns'] -%}
        {%- do declared.update({'table.column_order': node['columns'].keys() | list}) -%}
    {%- endif -%}
    {%- if config.get('grants') and node['resource_type'] != 'source' -%}
        {%- do declared.update({'object.grants': config['grants']}) -%}
    {%- endif -%}
    {%- if (config.get('persist_docs') or {}).get('relation') and node.get('description') -%}
        {%- do declared.update({'table.comment': dbee_dbt.dbee_persisted(node['description'])}) -%}
    {%- endif -%}
    {%- if config.get('meta') or node.get('meta') -%}
        {%- do declared.update(dbee_dbt.dbee_declared_facets(node, 'table')) -%}
    {%- endif -%}
    {{ return(declared) }}
{% endmacro %}


{#- A source may be either; what a materialization of the project's own makes, nobody knows. -#}
{% macro dbee_declared_kind(node) %}
    {%- if node['resource_type'] == 'source' -%}{{ return('table or view') }}{%- endif -%}
    {{ return({
        'view': 'view', 'table': 'table', 'incremental': 'table', 'seed': 'table', 'snapshot': 'table',
    }.get(node['config'].get('materialized'))) }}
{% endmacro %}


{#- A description as dbt-teradata writes it into the database: without blanks around it, cut where its limit says. -#}
{% macro dbee_persisted(description) %}
    {%- set limit = var('teradata_max_comment_length', 255) | int(255) -%}
    {{ return((description | trim)[:limit if limit > 0 else 255] | trim) }}
{% endmacro %}


{% macro dbee_declared_set_kind(table_kind) %}
    {%- for word in (table_kind | upper).split() if word in ('SET', 'MULTISET') -%}
        {{ return({'table.set_kind': word}) }}
    {%- endfor -%}
    {{ return({}) }}
{% endmacro %}


{#-
  The facets that `meta: dbee: facets:` may declare, {name: facet}: of a node (place `table`) or of a column (place
  `column`). Both the bare name and the facet's whole name are understood.
-#}
{% macro dbee_facet_names(place) %}
    {%- set facets = {
        'table': [
            'table.set_kind', 'table.primary_index', 'table.partitioning', 'table.indexes', 'table.statistics', 'table.temporal', 'table.queue',
            'table.on_commit', 'table.comment', 'option.fallback', 'option.before_journal', 'option.after_journal', 'option.map', 'object.kind',
        ],
        'column': [
            'column.nullable', 'column.default', 'column.format', 'column.title', 'column.uppercase',
            'column.case_specific', 'column.compress', 'column.identity', 'column.comment',
        ],
    }[place] -%}
    {%- set names = {} -%}
    {%- for facet in facets -%}{%- do names.update({facet: facet, facet.split('.')[1]: facet}) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}


{#-
  The facets that a rule may name: those that are matched, of the facet table and of how a node and its object meet. One
  that is not here never differs, and a rule that named it would never be called. The Python side holds the same names in
  model/facets.py.
-#}
{% macro dbee_rule_facets() %}
    {%- set facets = [
        'object.exists', 'object.kind', 'object.owned', 'column.exists', 'column.declared', 'facet.unknown',
        'column.type', 'column.charset', 'table.column_order', 'constraint.exists',
        'object.shared', 'object.shadows', 'object.left', 'name.length', 'name.reserved', 'source.loaded_at',
        'seed.column_types', 'snapshot.columns', 'object.grants', 'view.rights',
    ] -%}
    {%- for place in ('table', 'column') -%}
        {%- do facets.extend(dbee_dbt.dbee_facet_names(place).values() | reject('in', facets) | unique | list) -%}
    {%- endfor -%}
    {{ return(facets) }}
{% endmacro %}


{#-
  {facet: value} of what `meta: dbee: facets:` declares. What is no declaration stands there as `facet.NAME`, with the
  reason as its value.
-#}
{% macro dbee_declared_facets(described, place) %}
    {%- set declared = {} -%}
    {%- set written = dbee_dbt.dbee_meta(described).get('facets') or {} -%}
    {%- if written -%}
        {%- do dbee_dbt.dbee_check_mapping(written, 'meta: dbee: facets:', described) -%}
        {%- set names = dbee_dbt.dbee_facet_names(place) -%}
        {%- for name, value in written.items() -%}
            {%- do declared.update(dbee_dbt.dbee_declared_facet(names.get(name | string), name, value)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(declared) }}
{% endmacro %}


{% macro dbee_declared_facet(facet, name, value) %}
    {%- if facet is none -%}
        {{ return({'facet.' ~ name: 'there is no facet ' ~ name ~ ' to declare here'}) }}
    {%- elif facet == 'table.primary_index' -%}
        {%- set index = dbee_dbt.dbee_declared_index(value | string).get(facet) -%}
        {{ return({facet: index} if index else {'facet.' ~ name: name ~ ' cannot be read: ' ~ value}) }}
    {%- elif facet == 'table.indexes' -%}
        {{ return(dbee_dbt.dbee_declared_indexes(name, value)) }}
    {%- endif -%}
    {{ return({facet: value | upper if facet == 'table.set_kind' else value}) }}
{% endmacro %}


{#- `indexes` of `meta: dbee: facets:` is all of them, which `complete` says: a text or a list of texts; or none. -#}
{% macro dbee_declared_indexes(name, value) %}
    {%- set indexes = [] -%}
    {%- set none_of_them = value is none or value | string | trim | lower in ('', 'none') -%}
    {%- set texts = [] if none_of_them else [value] if value is string else value -%}
    {%- for text in texts -%}
        {%- set read = dbee_dbt.dbee_declared_index(text | string).get('table.indexes') -%}
        {%- if not read -%}{{ return({'facet.' ~ name: name ~ ' cannot be read: ' ~ text}) }}{%- endif -%}
        {%- do indexes.extend(read['indexes']) -%}
    {%- endfor -%}
    {{ return({'table.indexes': {'indexes': indexes, 'complete': true}}) }}
{% endmacro %}


{#- `meta: dbee:` of a node or column, wherever dbt keeps it; {} where there is none. -#}
{% macro dbee_meta(described) %}
    {%- set configured = ((described.get('config') or {}).get('meta') or {}).get('dbee')
        or (described.get('meta') or {}).get('dbee') -%}
    {%- if configured -%}{%- do dbee_dbt.dbee_check_mapping(configured, 'meta: dbee:', described) -%}{%- endif -%}
    {{ return(configured or {}) }}
{% endmacro %}


{% macro dbee_check_mapping(value, place, described) %}
    {%- if value is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            place ~ ' of ' ~ (described.get('unique_id') or described['name']) ~ ' must be a dictionary') -%}
    {%- endif -%}
{% endmacro %}
