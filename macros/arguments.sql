{#- Arguments of a run-operation: whatever YAML gives. One that has to be a text or a list of texts; none is fine. -#}
{% macro dbee_check_texts(given, what) %}
    {%- set texts = [] if given is none else [given] if given is string or given is mapping or given is not iterable else given -%}
    {%- for text in texts if text is not string -%}
        {%- do exceptions.raise_compiler_error(what ~ ' must be a text or a list of texts, not ' ~ given) -%}
    {%- endfor -%}
{% endmacro %}


{% macro dbee_check_text(given, what) %}
    {%- if given is not string -%}
        {%- do exceptions.raise_compiler_error(what ~ ' must be a text, not ' ~ given) -%}
    {%- endif -%}
{% endmacro %}
