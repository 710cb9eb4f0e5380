{#-
  The levels of partitioning that `meta: dbee: facets: {partitioning: …}` declares: a list of them, or what stands behind
  PARTITION BY; none declares that there is no partitioning.
-#}
{% macro dbee_declared_levels(written) %}
    {%- if written is none or written | string | trim | lower in ('', 'none') -%}{{ return([]) }}{%- endif -%}
    {%- set texts = dbee_dbt.dbee_split_outside(
        dbee_dbt.dbee_without_parentheses(written), ',') if written is string else written | map('string') | list -%}
    {{ return(texts | map('trim') | list) }}
{% endmacro %}


{#- Put partitioning that differs into the subject. -#}
{% macro dbee_match_partitioning(subject, wanted, memory) %}
    {%- if 'partitioning' in memory['unread'] -%}
        {%- do subject['unknown'].update({'table.partitioning': memory['unread']['partitioning']}) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set found = subject['relation']['partitioning'] -%}
    {%- set spelled = (wanted | string, found | join(', ')) -%}
    {%- if spelled not in memory['partitioning'] -%}
        {%- do memory['partitioning'].update({
            spelled: dbee_dbt.dbee_partitioning_verdict(dbee_dbt.dbee_declared_levels(wanted), found),
        }) -%}
    {%- endif -%}
    {%- set verdict = memory['partitioning'][spelled] -%}
    {%- if verdict -%}{%- do subject['facets'].update({'table.partitioning': verdict}) -%}{%- endif -%}
{% endmacro %}


{#- none where two lists of levels mean the same, else {expected, actual}. Call it once per distinct pair. -#}
{% macro dbee_partitioning_verdict(wanted, found) %}
    {%- set expected = dbee_dbt.dbee_partitioning_key(wanted) -%}
    {%- set actual = dbee_dbt.dbee_partitioning_key(found) -%}
    {%- if expected == actual -%}{{ return(none) }}{%- endif -%}
    {{ return({'expected': expected | join(', ') or none, 'actual': actual | join(', ') or none}) }}
{% endmacro %}


{#- Levels in the form in which they compare. Of a column level the dictionary tells no more than that it is one. -#}
{% macro dbee_partitioning_key(levels) %}
    {%- set reserved = dbee_dbt.dbee_reserved_words() -%}
    {%- set keys = [] -%}
    {%- for level in levels -%}
        {%- set key = dbee_dbt.dbee_code_key(dbee_dbt.dbee_partitioning_text(level, reserved)) -%}
        {%- do keys.append('COLUMN' if key.replace('(', ' ').split()[0] == 'COLUMN' else key) -%}
    {%- endfor -%}
    {{ return(keys) }}
{% endmacro %}
