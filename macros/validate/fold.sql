{#-
  The form in which names compare: without case, as the dictionary does. A character whose upper case is longer than
  itself stays, so that two names never merge by a spelling rule that the database does not know.
-#}
{% macro dbee_fold(name) %}
    {%- if name.isascii() -%}{{ return(name | upper) }}{%- endif -%}
    {%- set folded = [] -%}
    {%- for letter in name -%}
        {%- do folded.append(letter | upper if (letter | upper | length) == 1 else letter) -%}
    {%- endfor -%}
    {{ return(folded | join) }}
{% endmacro %}


{#- Many names folded at once: as one text, as long as that is ASCII. -#}
{% macro dbee_fold_all(names) %}
    {%- set text = names | join('\x00') -%}
    {%- set folded = text.upper().split('\x00') -%}
    {%- if text.isascii() and folded | length == names | length -%}{{ return(folded) }}{%- endif -%}
    {%- set folded = [] -%}
    {%- for name in names -%}{%- do folded.append(dbee_dbt.dbee_fold(name)) -%}{%- endfor -%}
    {{ return(folded) }}
{% endmacro %}


{#- The key under which relations match: database and name without case. -#}
{% macro dbee_key(database, name) %}
    {{ return((
        database | upper if database.isascii() else dbee_dbt.dbee_fold(database),
        name | upper if name.isascii() else dbee_dbt.dbee_fold(name),
    )) }}
{% endmacro %}


{#- A name for people: quoted where it is not a bare word. -#}
{% macro dbee_shown_name(name) %}
    {%- set word = name.replace('_', 'a').replace('#', 'a').replace('$', 'a') -%}
    {%- set bare = word.isascii() and word.isalnum() and not word[0].isdigit() -%}
    {{ return(name if bare else dbee_dbt.dbee_identifier(name)) }}
{% endmacro %}


{#- DATABASE.NAME for people. -#}
{% macro dbee_shown(database, name) %}
    {{ return(dbee_dbt.dbee_shown_name(database) ~ '.' ~ dbee_dbt.dbee_shown_name(name)) }}
{% endmacro %}


{#- True if a name matches a pattern, without case. Patterns know * and ? only: an underscore is an underscore. -#}
{% macro dbee_matches(pattern, name) %}
    {%- set wanted, folded = dbee_dbt.dbee_fold(pattern), dbee_dbt.dbee_fold(name) -%}
    {%- set plain = wanted.split('*')[0].split('?')[0] -%}
    {%- if not folded.startswith(plain) -%}{{ return(false) }}{%- endif -%}
    {%- if plain == wanted -%}{{ return(folded == wanted) }}{%- endif -%}
    {%- set at = namespace(states=[0]) -%}
    {%- for letter in (folded | list) + [none] -%}
        {%- set next = [] -%}
        {%- for state in at.states -%}
            {%- if wanted[state] == '*' and (state + 1) not in at.states -%}{%- do at.states.append(state + 1) -%}{%- endif -%}
            {%- if wanted[state] == '*' and state not in next -%}{%- do next.append(state) -%}{%- endif -%}
            {%- if state < wanted | length and wanted[state] in (letter, '?') and (state + 1) not in next -%}
                {%- do next.append(state + 1) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if letter is none -%}{{ return((wanted | length) in at.states) }}{%- endif -%}
        {%- set at.states = next -%}
    {%- endfor -%}
{% endmacro %}


{#-
  A name of a database, table or view as the database has it. dbt puts it between quotes and does not double those
  inside, so a project writes them doubled; a lone one cannot work there.
-#}
{% macro dbee_undoubled(name) %}
    {{ return(name.replace('""', '"')) }}
{% endmacro %}
