{#-
  Unique ids of the nodes that a selection names; none where nothing is selected. Inside dbt a run-operation gets no
  selection, so this knows only what needs no graph: names, `tag:`, `path:` and `source:`. All else is refused by name;
  `dbee-dbt validate` takes dbt's whole grammar.

  select: a text of words between blanks, or a list of words; a node is meant if one of them names it.
-#}
{% macro dbee_select(select, nodes) %}
    {%- if not select -%}{{ return(none) }}{%- endif -%}
    {%- do dbee_dbt.dbee_check_texts(select, 'dbee_validate: select') -%}
    {%- set words = select.split() if select is string else select | list -%}
    {%- for word in words -%}{%- do dbee_dbt.dbee_check_selector(word) -%}{%- endfor -%}
    {%- set chosen = {} -%}
    {%- for word in words -%}
        {%- set before = chosen | length -%}
        {%- for node in nodes if dbee_dbt.dbee_selects(word, node) -%}
            {%- do chosen.update({node['unique_id']: true}) -%}
        {%- endfor -%}
        {%- if chosen | length == before and words | length == 1 -%}
            {%- do exceptions.raise_compiler_error('dbee_validate: nothing matches ' ~ word) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(chosen) }}
{% endmacro %}


{% macro dbee_check_selector(word) %}
    {%- set method = word.partition(':')[0] if ':' in word else none -%}
    {%- set operator = word | select('in', ['+', '@', ',', '*']) | first | default(none) -%}
    {%- if operator -%}
        {%- do exceptions.raise_compiler_error("dbee_validate: select: " ~ word ~ ": the operator '" ~ operator
            ~ "' needs dbt's graph, which a run-operation does not get; use: dbee-dbt validate --select '" ~ word ~ "'") -%}
    {%- elif method is not none and method not in ('tag', 'path', 'source') -%}
        {%- do exceptions.raise_compiler_error("dbee_validate: select: " ~ word ~ ": the method '" ~ method
            ~ "' is not known here (names, tag:, path: and source: are); use: dbee-dbt validate --select '" ~ word ~ "'") -%}
    {%- endif -%}
{% endmacro %}


{% macro dbee_selects(word, node) %}
    {%- set method, colon, value = word.partition(':') -%}
    {%- if not colon -%}
        {{ return(word == node['name'] and node['resource_type'] != 'source' or word == node['fqn'] | join('.')) }}
    {%- endif -%}
    {%- if method == 'tag' -%}{{ return(value in (node.get('tags') or [])) }}{%- endif -%}
    {%- if method == 'path' -%}
        {%- set path = (node['original_file_path'] or '').replace('\\', '/') -%}
        {%- set wanted = value.replace('\\', '/').rstrip('/') -%}
        {{ return(path == wanted or path.startswith(wanted ~ '/')) }}
    {%- endif -%}
    {%- set name = node.get('source_name') -%}
    {{ return(node['resource_type'] == 'source' and value in (name, name ~ '.' ~ node['name'])) }}
{% endmacro %}
