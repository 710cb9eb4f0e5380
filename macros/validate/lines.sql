{#- The findings as lines for people, grouped by the object they are about. -#}
{% macro dbee_validation_lines(result) %}
    {%- set lines = [] -%}
    {%- for object, findings in result['findings'] | groupby('object', case_sensitive=true) -%}
        {%- do lines.append(dbee_visible(object ~ '  ' ~ (findings[0]['node'] or 'no node'))) -%}
        {%- for finding in findings -%}{%- do lines.extend(dbee_finding_lines(finding)) -%}{%- endfor -%}
        {%- set readers = findings[0]['downstream'] -%}
        {%- if readers -%}
            {%- do lines.append(dbee_visible('  read by ' ~ readers | length ~ ': ' ~ dbee_first_names(readers, 5))) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if lines -%}{%- do lines.append('') -%}{%- endif -%}
    {%- for facet, count in result['not_compared'].items() -%}
        {%- do lines.append('not compared: ' ~ facet ~ ', ' ~ count ~ ' times, because nobody knows the actual value') -%}
    {%- endfor -%}
    {%- for name in result['overridden'] -%}
        {%- do lines.append(dbee_visible('rule ' ~ name ~ ': the project has its own, which is used')) -%}
    {%- endfor -%}
    {%- do lines.append(dbee_verdict(result)) -%}
    {{ return(lines) }}
{% endmacro %}


{% macro dbee_finding_lines(finding) %}
    {%- set label = 'not checked' if finding['status'] == 'not checked' else finding['severity'] -%}
    {%- set subject = finding['column'] ~ ': ' if finding['column'] else '' -%}
    {%- set expected = 'expected ' ~ finding['expected'] if finding['expected'] is not none -%}
    {%- set actual = ('found ' if expected else '') ~ finding['actual'] if finding['actual'] is not none -%}
    {%- set said = [expected, actual] | select | join(', ') -%}
    {%- set lines = [dbee_visible('  ' ~ '%-11s' | format(label) ~ ' ' ~ '%-17s' | format(finding['rule']) ~ ' ' ~ subject ~ said)] -%}
    {%- if finding['fix'] -%}{%- do lines.append(dbee_visible('    -> ' ~ finding['fix'])) -%}{%- endif -%}
    {{ return(lines) }}
{% endmacro %}


{#- Unique ids by their names, and how many more there are. -#}
{% macro dbee_first_names(ids, count) %}
    {%- set names = [] -%}
    {%- for id in ids[:count] -%}{%- do names.append(id.split('.', 2)[2]) -%}{%- endfor -%}
    {{ return(names | join(', ') ~ (', …' if ids | length > count else '')) }}
{% endmacro %}


{#- One sentence: what was checked and what came of it. -#}
{% macro dbee_verdict(result) %}
    {%- set counts = result['counts'] -%}
    {%- set parts = [] -%}
    {%- for kind, word in (('error', 'error'), ('warn', 'warning'), ('not checked', 'not checked'), ('info', 'info')) -%}
        {%- set count = counts[kind] -%}
        {%- if count -%}
            {%- do parts.append(count ~ ' ' ~ word ~ ('s' if count > 1 and kind in ('error', 'warn') else '')) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set checked = result['checked'] -%}
    {{ return((parts | join(', ') or 'no findings') ~ ' (' ~ checked['nodes'] ~ ' nodes, ' ~ checked['columns']
        ~ ' columns, ' ~ checked['rules'] | length ~ ' rules)') }}
{% endmacro %}


{#-
  One line that a terminal may show: what it would act on or hide (control characters, bidirectional and zero-width
  marks) is spelled out, so that no name can move the cursor or turn the text around.
-#}
{% macro dbee_visible(text) %}
    {%- if text.isprintable() -%}{{ return(text) }}{%- endif -%}
    {%- set shown = [] -%}
    {%- for letter in text -%}
        {%- do shown.append(letter if letter.isprintable() else tojson(letter)[1:-1]) -%}
    {%- endfor -%}
    {{ return(shown | join) }}
{% endmacro %}
