{#-
  How text enters a generated file. A file of a dbt project is read twice: as SQL or YAML, and as Jinja; so what comes
  from a database is escaped for both.
-#}

{#-
  Text that Jinja leaves as it is. A brace that could open an expression, a statement or a comment is written as an
  expression that gives the brace; so is a carriage return, which Jinja would turn into a line feed.
-#}
{% macro dbee_jinja_text(text) %}
    {%- if '{{' in text or '{%' in text or '{#' in text or '\r' in text -%}
        {{ return(text.replace('{', "{{ '{' }}").replace('\r', "{{ '\\r' }}")) }}
    {%- endif -%}
    {{ return(text) }}
{% endmacro %}


{#-
  SQL in a model: as above, and a character that cannot be seen (bidirectional, zero-width …) is spelled out; lines and
  tabs stay.
-#}
{% macro dbee_template_text(sql) %}
    {%- if sql.replace('\n', 'a').replace('\t', 'a').isprintable() -%}{{ return(dbee_dbt.dbee_jinja_text(sql)) }}{%- endif -%}
    {%- set characters = [] -%}
    {%- for character in sql -%}
        {%- set hidden = character == '{' or not character.isprintable() and character not in '\n\t' -%}
        {%- set escape = character.encode('unicode_escape').decode('ascii') -%}
        {%- do characters.append("{{ '" ~ escape ~ "' }}" if hidden else character) -%}
    {%- endfor -%}
    {{ return(characters | join) }}
{% endmacro %}


{#-
  Text as a string in a Jinja expression. Where neither kind of quotes can hold it, it is put together from strings
  that need no escape: dbt's static parser takes a backslash for itself, but leaves an operator to Jinja.
-#}
{% macro dbee_jinja_string(text) %}
    {%- if '\\' not in text and '\n' not in text and '\r' not in text -%}
        {%- if '"' not in text -%}{{ return('"' ~ text ~ '"') }}{%- endif -%}
        {%- if "'" not in text -%}{{ return("'" ~ text ~ "'") }}{%- endif -%}
    {%- endif -%}
    {%- set parts = [] -%}
    {%- for part in text.split('"') -%}
        {%- do parts.append('"' ~ part.replace('\\', '\\\\').replace('\n', '\\n').replace('\r', '\\r') ~ '"') -%}
    {%- endfor -%}
    {{ return(parts | join(" ~ '\"' ~ ") if parts | length > 1 else parts[0] ~ ' ~ ""') }}
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
    {{ return(dbee_dbt.dbee_yaml_quoted(text)) }}
{% endmacro %}


{#- Text as a YAML scalar in double quotes. What cannot be seen (control, bidirectional, zero-width) is spelled out. -#}
{% macro dbee_yaml_quoted(text) %}
    {%- if text.isprintable() and '"' not in text and '\\' not in text and '{' not in text -%}
        {{ return('"' ~ text ~ '"') }}
    {%- endif -%}
    {%- set text = dbee_dbt.dbee_jinja_text(text).replace('\\', '\\\\').replace('"', '\\"') -%}
    {%- if text.isprintable() -%}{{ return('"' ~ text ~ '"') }}{%- endif -%}
    {%- set characters = [] -%}
    {%- for character in text -%}
        {%- do characters.append(
            character if character.isprintable() else character.encode('unicode_escape').decode('ascii')
        ) -%}
    {%- endfor -%}
    {{ return('"' ~ characters | join ~ '"') }}
{% endmacro %}


{#- True where each of the texts can stand between double quotes in YAML as it is; one question for many. -#}
{% macro dbee_plain_yaml(texts) %}
    {%- set text = texts | reject('none') | join -%}
    {{ return(text.isprintable() and '"' not in text and '\\' not in text and '{' not in text) }}
{% endmacro %}


{#- A comment of the database as a description in YAML: lines end with "\n", blanks around it are left off; or none. -#}
{% macro dbee_yaml_description(comment) %}
    {%- if not comment or comment.isspace() -%}{{ return(none) }}{%- endif -%}
    {%- set text = comment.replace('\r\n', '\n').replace('\r', '\n') if '\r' in comment else comment -%}
    {{ return(dbee_dbt.dbee_yaml_quoted(text | trim)) }}
{% endmacro %}


{#- A name as it stands in SQL, bare where it can be, else quoted; reserved: dbee_reserved_words(). -#}
{% macro dbee_sql_name(name, reserved) %}
    {%- set word = name.replace('#', 'a').replace('$', 'a') -%}
    {%- if word.isascii() and word.isidentifier() and name | upper not in reserved -%}{{ return(name) }}{%- endif -%}
    {{ return(dbee_dbt.dbee_identifier(name)) }}
{% endmacro %}


{#- A name as dbt's YAML takes it: dbt puts it between quotes and does not double those inside. -#}
{% macro dbee_dbt_name(name) %}
    {{ return(name.replace('"', '""')) }}
{% endmacro %}


{#- A list of texts as YAML on one line. -#}
{% macro dbee_yaml_list(texts) %}
    {%- set items = [] -%}
    {%- for text in texts -%}{%- do items.append(dbee_dbt.dbee_yaml_quoted(text)) -%}{%- endfor -%}
    {{ return('[' ~ items | join(', ') ~ ']') }}
{% endmacro %}


{#-
  The database of a source as YAML. Where the environments of dbee.yml call it differently, the row holds `targets`,
  {target of dbt: physical name}, and dbt chooses by its target; any other target has the name as it is.
-#}
{% macro dbee_source_schema(database) %}
    {%- set targets = database['row'].get('targets') or {} -%}
    {%- set names = targets.values() | unique(case_sensitive=true) | list -%}
    {%- if names | length < 2 -%}
        {{ return(dbee_dbt.dbee_yaml_text(dbee_dbt.dbee_dbt_name(names[0] if names else database['name']))) }}
    {%- endif -%}
    {%- set pairs = [] -%}
    {%- for target, name in targets.items() -%}
        {%- do pairs.append(dbee_dbt.dbee_jinja_string(target) ~ ': ' ~ dbee_dbt.dbee_jinja_string(dbee_dbt.dbee_dbt_name(name))) -%}
    {%- endfor -%}
    {%- set other = dbee_dbt.dbee_jinja_string(dbee_dbt.dbee_dbt_name(database['name'])) -%}
    {%- set code = '{{ {' ~ pairs | join(', ') ~ '}.get(target.name, ' ~ other ~ ') }}' -%}
    {{ return("'" ~ code.replace("'", "''") ~ "'") }}
{% endmacro %}
