{#-
  What a node declares of its table or view as a whole, under the names of the facet table: {facet: value}. Values come
  from the node's configuration (dbt-teradata's `table_kind` and `index`), its contract, and `meta: dbee: facets:`,
  which wins. `object.kind` is what the materialization makes; none where that is not known.
-#}
{% macro dbee_declared(node) %}
    {%- set config = node['config'] -%}
    {%- set declared = {} -%}
    {%- set kind = dbee_declared_kind(node) -%}
    {%- if kind -%}{%- do declared.update({'object.kind': kind}) -%}{%- endif -%}
    {%- for word in (config.get('table_kind') or '') | upper | replace(',', ' ') | string | wordcount and
        ((config.get('table_kind') | string | upper).split()) or [] if word in ('SET', 'MULTISET') -%}
        {%- do declared.update({'table.set_kind': word}) -%}
    {%- endfor -%}
    {%- set index = dbee_primary_index(config.get('index') or '') -%}
    {%- if index -%}{%- do declared.update({'table.primary_index': index}) -%}{%- endif -%}
    {%- if (config.get('contract') or {}).get('enforced') and node['columns'] -%}
        {%- do declared.update({'table.column_order': node['columns'].keys() | list}) -%}
    {%- endif -%}
    {{ return(declared) }}
{% endmacro %}
