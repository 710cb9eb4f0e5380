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
    {%- if counts['error'] -%}{%- do parts.append(dbee_counted(counts['error'], 'error')) -%}{%- endif -%}
    {%- if counts['warn'] -%}{%- do parts.append(dbee_counted(counts['warn'], 'warning')) -%}{%- endif -%}
    {%- for kind in ('not checked', 'info') if counts[kind] -%}{%- do parts.append(counts[kind] ~ ' ' ~ kind) -%}{%- endfor -%}
    {%- set checked = result['checked'] -%}
    {%- set scope = [
        dbee_counted(checked['nodes'], 'node'), dbee_counted(checked['columns'], 'column'),
        dbee_counted(checked['rules'] | length, 'rule'),
    ] -%}
    {{ return((parts | join(', ') or 'no findings') ~ ' (' ~ scope | join(', ') ~ ')') }}
{% endmacro %}


{% macro dbee_counted(count, word) %}
    {{ return(count ~ ' ' ~ word ~ ('' if count == 1 else 's')) }}
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
