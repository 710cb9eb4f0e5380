{#-
  The findings of the rules of scope `sql`, which ask what the SQL of a model says. Only the command line reads SQL: it
  hands over what it found as project['found'], a list of {rule, node, column, expected, actual, fix} of which all but
  the first two may be absent, with `status: not checked` where a model could not be read. Such a rule is given its own
  findings of one node as subject.found, so that severities, options and all that is configured apply to them too.
-#}
{% macro dbee_judge_sql(project, rules) %}
    {%- set found, given, nodes = [], project.get('found') or [], {} -%}
    {%- if given -%}
        {%- for node in project['nodes'] -%}{%- do nodes.update({node['unique_id']: node}) -%}{%- endfor -%}
    {%- endif -%}
    {%- for rule in rules if rule['scope'] == 'sql' -%}
        {%- for id, own in given | selectattr('rule', 'eq', rule['name']) | groupby('node', case_sensitive=true) -%}
            {%- set subject = {
                'node': nodes[id], 'relation': none, 'missing': [], 'extra': [], 'pairs': [], 'facets': {}, 'unknown': {},
                'absent': none, 'found': own,
            } -%}
            {%- do found.extend(dbee_dbt.dbee_apply(rule, subject, true)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- Names of the rules that are on and that nobody has applied here, since only the command line can. -#}
{% macro dbee_rules_elsewhere(project, rules) %}
    {{ return([] if project.get('found') is not none else dbee_dbt.dbee_names_of_sql(rules)) }}
{% endmacro %}


{#- Names of the rules of scope `sql` that are on. settings: what `vars: dbee:` says. -#}
{% macro dbee_rules_of_sql(settings) %}
    {{ return(dbee_dbt.dbee_names_of_sql(dbee_dbt.dbee_rules(settings.get('rules') or {}))) }}
{% endmacro %}


{% macro dbee_names_of_sql(rules) %}
    {{ return(rules | selectattr('scope', 'eq', 'sql') | rejectattr('severity', 'eq', 'off') | map(attribute='name') | list) }}
{% endmacro %}
