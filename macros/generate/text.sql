{#-
  How text enters a generated file. A file of a dbt project is read twice: as SQL or YAML, and as Jinja; so what comes
  from a database is escaped for both.
-#}

{#-
  Text that Jinja leaves as it is. A brace that could open an expression, a statement or a comment is written as an
  expression that gives the brace; so is a carriage return, which Jinja would turn into a line feed.
-#}
{% macro dbee_jinja_text(text) %}
    {%- if '{{' in text or '{%' in text or '{#' in text -%}
        {%- set text = text.replace('{', "{{ '{' }}") -%}
    {%- endif -%}
    {{ return(text.replace('\r', "{{ '\\r' }}") if '\r' in text else text) }}
{% endmacro %}


{#- Text as a string literal inside a Jinja expression, in the quotes that it does not hold. -#}
{% macro dbee_jinja_string(text) %}
    {%- set quote = "'" if '"' in text and "'" not in text else '"' -%}
    {%- set escaped = text.replace('\\', '\\\\').replace('\n', '\\n').replace('\r', '\\r').replace(quote, '\\' ~ quote) -%}
    {{ return(quote ~ escaped ~ quote) }}
{% endmacro %}


{#-
  Text as a YAML scalar on one line: plain where it is letters, digits and the signs of a type; else in double quotes.
  Not tojson: it writes a character outside the BMP as two surrogates, which YAML takes for two characters.
-#}
{% macro dbee_yaml_text(text) %}
    {%- set letters = text.replace('_', 'a').replace('(', 'a').replace(')', 'a').replace(',', 'a').replace(' ', 'a') -%}
    {%- if letters.isascii() and letters.isalnum() and text[0].isalpha() and text[-1] not in ' ,'
            and text | lower not in ('y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null') -%}
        {{ return(text) }}
    {%- endif -%}
    {{ return(dbee_yaml_quoted(text)) }}
{% endmacro %}


{#- Text as a YAML scalar in double quotes. What cannot be seen (control, bidirectional, zero-width) is spelled out. -#}
{% macro dbee_yaml_quoted(text) %}
    {%- if text.isprintable() and '"' not in text and '\\' not in text and '{' not in text -%}
        {{ return('"' ~ text ~ '"') }}
    {%- endif -%}
    {%- set text = dbee_jinja_text(text).replace('\\', '\\\\').replace('"', '\\"') -%}
    {%- if text.isprintable() -%}{{ return('"' ~ text ~ '"') }}{%- endif -%}
    {%- set characters = [] -%}
    {%- for character in text -%}
        {%- do characters.append(
            character if character.isprintable() else character.encode('unicode_escape').decode('ascii')
        ) -%}
    {%- endfor -%}
    {{ return('"' ~ characters | join ~ '"') }}
{% endmacro %}


{#- A comment of the database as a description in YAML: lines end with "\n", blanks around it are left off; or none. -#}
{% macro dbee_yaml_description(comment) %}
    {%- if not comment or comment.isspace() -%}{{ return(none) }}{%- endif -%}
    {%- set text = comment.replace('\r\n', '\n').replace('\r', '\n') if '\r' in comment else comment -%}
    {{ return(dbee_yaml_quoted(text | trim)) }}
{% endmacro %}


{#- A name as it stands in SQL, bare where it can be, else quoted; reserved: dbee_reserved_words(). -#}
{% macro dbee_sql_name(name, reserved) %}
    {%- set word = name.replace('#', 'a').replace('$', 'a') -%}
    {%- if word.isascii() and word.isidentifier() and name | upper not in reserved -%}{{ return(name) }}{%- endif -%}
    {{ return(dbee_identifier(name)) }}
{% endmacro %}


{#- A name as dbt's YAML takes it: dbt puts it between quotes and does not double those inside. -#}
{% macro dbee_dbt_name(name) %}
    {{ return(name.replace('"', '""')) }}
{% endmacro %}


{#- A list of texts as YAML on one line. -#}
{% macro dbee_yaml_list(texts) %}
    {%- set items = [] -%}
    {%- for text in texts -%}{%- do items.append(dbee_yaml_quoted(text)) -%}{%- endfor -%}
    {{ return('[' ~ items | join(', ') ~ ']') }}
{% endmacro %}
