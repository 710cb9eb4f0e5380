{#- The text without its /* … */ comments. -#}
{% macro dbee_without_comments(text) %}
    {%- set pieces = [] -%}
    {%- for piece in text.split('/*') -%}
        {%- do pieces.append(piece if loop.first else piece.partition('*/')[2]) -%}
    {%- endfor -%}
    {{ return(pieces | join) }}
{% endmacro %}


{#- True where parentheses and quotes of the text are closed; parentheses inside a string do not count. -#}
{% macro dbee_is_closed(text) %}
    {%- set outside = text.split("'") -%}
    {%- set code = outside[::2] | join -%}
    {{ return(outside | length % 2 == 1 and code.count('(') == code.count(')')) }}
{% endmacro %}


{#- The text split at a separator, but only where no parenthesis or string is open. -#}
{% macro dbee_split_outside(text, separator) %}
    {%- set parts = [] -%}
    {%- set open = namespace(part=none) -%}
    {%- for piece in text.split(separator) -%}
        {%- set open.part = piece if open.part is none else open.part ~ separator ~ piece -%}
        {%- if dbee_dbt.dbee_is_closed(open.part) -%}
            {%- do parts.append(open.part) -%}
            {%- set open.part = none -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if open.part is not none -%}{%- do parts.append(open.part) -%}{%- endif -%}
    {{ return(parts) }}
{% endmacro %}


{#- The text without a pair of parentheses that encloses the whole of it, however often. -#}
{% macro dbee_without_parentheses(text) %}
    {%- set text = text | trim -%}
    {%- set pair = namespace(start='', encloses=text[:1] == '(' and text[-1:] == ')') -%}
    {%- for piece in text[:-1].split(')') -%}
        {%- set pair.start = pair.start ~ piece ~ ')' -%}
        {%- if not loop.last and dbee_dbt.dbee_is_closed(pair.start) -%}{%- set pair.encloses = false -%}{%- endif -%}
    {%- endfor -%}
    {{ return(dbee_dbt.dbee_without_parentheses(text[1:-1]) if pair.encloses else text) }}
{% endmacro %}
