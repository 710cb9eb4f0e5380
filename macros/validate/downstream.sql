{#- Put into each finding the unique ids of the models, snapshots and exposures that depend on its node, directly or not. -#}
{% macro dbee_add_downstream(findings, nodes) %}
    {%- if findings -%}
        {%- set children, known = dbee_dbt.dbee_children(nodes), {} -%}
        {%- for finding in findings if finding['node'] -%}
            {%- if finding['node'] not in known -%}
                {%- do known.update({finding['node']: dbee_dbt.dbee_downstream(finding['node'], children)}) -%}
            {%- endif -%}
            {%- do finding.update({'downstream': known[finding['node']]}) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- {unique id: ids of what depends on it directly}, of models, snapshots and exposures. -#}
{% macro dbee_children(nodes) %}
    {%- set children = {} -%}
    {%- for node in nodes if node['resource_type'] in ('model', 'snapshot', 'exposure') -%}
        {%- for parent in node['depends_on']['nodes'] -%}
            {%- do children.setdefault(parent, []).append(node['unique_id']) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(children) }}
{% endmacro %}


{#- Everything below one node, sorted. The list grows while it is walked. -#}
{% macro dbee_downstream(id, children) %}
    {%- set reached, open = {}, [id] -%}
    {%- for parent in open if parent in children -%}
        {%- for child in children[parent] if child not in reached -%}
            {%- do reached.update({child: true}) -%}
            {%- do open.append(child) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(reached | sort(case_sensitive=true)) }}
{% endmacro %}
