{#- The findings as lines for people, grouped by the object they are about. -#}
{% macro dbee_validation_lines(result) %}
    {%- set lines = [] -%}
    {%- for object, findings in result['findings'] | groupby('object', case_sensitive=true) -%}
        {%- do lines.append(object ~ '  ' ~ (findings[0]['node'] or 'no node')) -%}
        {%- for finding in findings if finding['status'] == 'failed' or finding['waived'] -%}
            {%- do lines.extend(dbee_dbt.dbee_failed_lines(finding)) -%}
        {%- endfor -%}
        {%- for same in findings | rejectattr('status', 'eq', 'failed') | rejectattr('waived')
                | groupby('actual', case_sensitive=true) -%}
            {%- do lines.extend(dbee_dbt.dbee_not_checked_lines(same[1])) -%}
        {%- endfor -%}
        {%- set readers = findings[0]['downstream'] -%}
        {%- if readers -%}
            {%- do lines.append('  read by ' ~ readers | length ~ ': ' ~ dbee_dbt.dbee_reader_names(readers, 5)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if lines -%}{%- do lines.append('') -%}{%- endif -%}
    {%- for facet, count in result['not_compared'].items() -%}
        {%- do lines.append('not compared: ' ~ facet ~ ', ' ~ dbee_dbt.dbee_counted(count, 'time') ~ ', because nobody knows the actual value') -%}
    {%- endfor -%}
    {%- for name in result['overridden'] -%}
        {%- do lines.append('rule ' ~ name ~ ': the project has its own, which is used') -%}
    {%- endfor -%}
    {%- if result['elsewhere'] -%}
        {%- do lines.append('the command line checks beside these: ' ~ result['elsewhere'] | join(', ')) -%}
    {%- endif -%}
    {%- do lines.append(dbee_dbt.dbee_verdict(result)) -%}
    {%- set shown = [] -%}
    {%- for line in lines -%}{%- do shown.append(dbee_dbt.dbee_visible(line)) -%}{%- endfor -%}
    {{ return(shown) }}
{% endmacro %}


{% macro dbee_failed_lines(finding) %}
    {%- set subject = finding['column'] ~ ': ' if finding['column'] else '' -%}
    {%- set expected = 'expected ' ~ finding['expected'] if finding['expected'] is not none -%}
    {%- set actual = ('found ' if expected else '') ~ finding['actual'] if finding['actual'] is not none -%}
    {%- set label = 'waived' if finding['waived'] else finding['severity'] -%}
    {%- set head = '  ' ~ '%-11s' | format(label) ~ ' ' ~ '%-17s' | format(finding['rule']) ~ ' ' -%}
    {%- set lines = [head ~ subject ~ [expected, actual] | select | join(', ')] -%}
    {%- if finding['waived'] -%}{%- do lines.append('    -> ' ~ dbee_dbt.dbee_waived_text(finding['waived'])) -%}
    {%- elif finding['fix'] -%}{%- do lines.append('    -> ' ~ finding['fix']) -%}{%- endif -%}
    {{ return(lines) }}
{% endmacro %}


{% macro dbee_waived_text(waived) %}
    {{ return('waived through ' ~ waived['expires'] ~ ' by ' ~ waived['owner'] ~ ': ' ~ waived['reason']) }}
{% endmacro %}


{#- Findings that were not checked for one reason, as one. -#}
{% macro dbee_not_checked_lines(findings) %}
    {%- set rules = findings | map(attribute='rule') | join(', ') -%}
    {{ return([
        '  not checked ' ~ rules ~ ': ' ~ findings[0]['actual'],
        '    -> ' ~ findings[0]['fix'],
    ]) }}
{% endmacro %}


{#- Unique ids by their names, models first, and a sign where there are more. -#}
{% macro dbee_reader_names(ids, count) %}
    {%- set models, others = [], [] -%}
    {%- for id in ids -%}
        {%- set parts = id.split('.', 2) -%}
        {%- if parts[0] == 'model' -%}{%- do models.append(parts[2]) -%}
        {%- else -%}{%- do others.append(parts[0] ~ ' ' ~ parts[2]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return((models + others)[:count] | join(', ') ~ (', …' if ids | length > count else '')) }}
{% endmacro %}


{#- One sentence: what was checked and what came of it. -#}
{% macro dbee_verdict(result) %}
    {%- set counts = result['counts'] -%}
    {%- set parts = [] -%}
    {%- if counts['error'] -%}{%- do parts.append(dbee_dbt.dbee_counted(counts['error'], 'error')) -%}{%- endif -%}
    {%- if counts['warn'] -%}{%- do parts.append(dbee_dbt.dbee_counted(counts['warn'], 'warning')) -%}{%- endif -%}
    {%- for kind in ('not checked', 'info', 'waived') if counts[kind] -%}{%- do parts.append(counts[kind] ~ ' ' ~ kind) -%}{%- endfor -%}
    {%- set checked = result['checked'] -%}
    {%- set scope = [
        dbee_dbt.dbee_counted(checked['nodes'], 'node'), dbee_dbt.dbee_counted(checked['columns'], 'column'),
        dbee_dbt.dbee_counted(checked['rules'] | length, 'rule'),
    ] -%}
    {{ return((parts | join(', ') or 'no findings') ~ ' (' ~ scope | join(', ') ~ ')') }}
{% endmacro %}


{#- `1 table`, `2 tables`, `2 join indexes`, `2 models of a table`. -#}
{% macro dbee_counted(count, word) %}
    {%- set head, of, rest = word.partition(' of ') -%}
    {%- set ending = '' if count == 1 else 'es' if head.endswith('x') else 's' -%}
    {{ return(count ~ ' ' ~ head ~ ending ~ of ~ rest) }}
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
