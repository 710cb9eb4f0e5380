{#- The answer of dbee_findings: findings in a fixed order, counted, with the verdict. -#}
{% macro dbee_result(found, rules, nodes, memory, fail_on) %}
    {%- set counts = {'error': 0, 'warn': 0, 'info': 0, 'not checked': 0, 'waived': 0} -%}
    {%- set used, overridden = [], [] -%}
    {%- for rule in rules -%}
        {%- if rule['severity'] != 'off' and rule['name'] not in memory['elsewhere'] -%}{%- do used.append(rule['name']) -%}{%- endif -%}
        {%- if rule['overrides'] -%}{%- do overridden.append(rule['name']) -%}{%- endif -%}
    {%- endfor -%}
    {%- for finding in found -%}
        {%- set kind = 'waived' if finding['waived'] else 'not checked' if finding['status'] == 'not checked'
            else finding['severity'] -%}
        {%- do counts.update({kind: counts[kind] + 1}) -%}
    {%- endfor -%}
    {{ return({
        'schema_version': 1,
        'fail_on': fail_on,
        'checked': {'nodes': nodes, 'columns': memory['columns'], 'rules': used},
        'findings': found | sort(attribute='object,node,rule', case_sensitive=true),
        'counts': counts,
        'not_compared': dict(memory['not_compared'] | dictsort),
        'overridden': overridden,
        'elsewhere': memory['elsewhere'],
        'failed': counts['error'] + counts['not checked'] + (counts['warn'] if fail_on == 'warn' else 0) > 0,
    }) }}
{% endmacro %}
