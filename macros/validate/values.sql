{#-
  Compare one declared value with the actual one. What a user wrote as text (comment, title, format) compares exactly, of
  a default its strings; words of the language without case. None means `not there`, except of facets that always have some value: there it
  means that nobody knows it.
-#}
{% macro dbee_match_value(differs, facet, wanted, found, memory) %}
    {%- set expected, actual = dbee_dbt.dbee_value_text(facet, wanted), dbee_dbt.dbee_value_text(facet, found) -%}
    {%- set always = facet in (
        'table.set_kind', 'table.temporal', 'option.fallback', 'option.before_journal', 'option.after_journal', 'option.map',
        'column.nullable', 'column.case_specific') -%}
    {%- if found is none and always -%}{%- do dbee_dbt.dbee_not_compared(memory, facet) -%}
    {%- elif facet == 'column.default' and dbee_dbt.dbee_code_key(expected) == dbee_dbt.dbee_code_key(actual) -%}
    {%- elif expected != actual -%}{%- do differs.update({facet: {'expected': expected, 'actual': actual}}) -%}
    {%- endif -%}
{% endmacro %}


{#- An expression in the form in which it compares: without case outside its strings; none stays none. -#}
{% macro dbee_code_key(text) %}
    {%- if text is none -%}{{ return(none) }}{%- endif -%}
    {%- set pieces = [] -%}
    {%- for piece in text.split("'") -%}{%- do pieces.append(piece if loop.index0 % 2 else piece | upper) -%}{%- endfor -%}
    {{ return(pieces | join("'")) }}
{% endmacro %}


{#- A value in the form in which it compares and is shown; none stays none. -#}
{% macro dbee_value_text(facet, value) %}
    {%- if value is none -%}{{ return(none) }}{%- endif -%}
    {%- if value is boolean -%}{{ return('yes' if value else 'no') }}{%- endif -%}
    {%- if facet in ('table.comment', 'column.comment', 'column.title', 'column.default', 'column.format') -%}
        {{ return(value | string) }}
    {%- endif -%}
    {%- if value is string and value | trim | lower == 'none' -%}{{ return(none) }}{%- endif -%}
    {%- if facet == 'column.compress' -%}{{ return(dbee_dbt.dbee_compress_text(value)) }}{%- endif -%}
    {{ return((value | string | upper).split() | join(' ')) }}
{% endmacro %}


{#-
  COMPRESS as text: its values sorted, since their order means nothing; blanks and case count in strings only. A list of
  values, or a text such as (1, 'A B'); `nulls only` where it names no value.
-#}
{% macro dbee_compress_text(value) %}
    {%- set text = (value if value is string else value | join(',') if value is iterable else value | string) | trim -%}
    {%- set text = text[1:-1] if text[:1] == '(' and text[-1:] == ')' else text -%}
    {%- if text | upper in ('', 'NULL') -%}{{ return('nulls only') }}{%- endif -%}
    {%- set items = [''] -%}
    {%- for piece in text.split("'") -%}
        {%- if loop.index0 % 2 -%}{%- do items.append(items.pop() ~ "'" ~ piece ~ "'") -%}
        {%- else -%}
            {%- set parts = (piece | upper).replace(' ', '').split(',') -%}
            {%- do items.append(items.pop() ~ parts[0]) -%}
            {%- do items.extend(parts[1:]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return('(' ~ items | sort(case_sensitive=true) | join(', ') ~ ')') }}
{% endmacro %}


{% macro dbee_not_compared(memory, facet) %}
    {%- do memory['not_compared'].update({facet: memory['not_compared'].get(facet, 0) + 1}) -%}
{% endmacro %}
