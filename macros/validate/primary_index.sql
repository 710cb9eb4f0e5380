{#-
  The primary index that a piece of CREATE TABLE text names, as dbt-teradata's `index` holds it: {form, unique, columns};
  none where it names none. What follows it (partitioning, secondary indexes) is not read.
-#}
{% macro dbee_primary_index(text) %}
    {%- set tokens = dbee_dbt.dbee_index_tokens(text) -%}
    {%- for token in tokens -%}
        {%- if token == 'PRIMARY' and tokens[loop.index] in ('INDEX', 'AMP') -%}
            {{ return(dbee_dbt.dbee_index_at(tokens, loop.index0)) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}


{#- tokens[at] is PRIMARY: what stands before it says how, what stands in the next parentheses says on which columns. -#}
{% macro dbee_index_at(tokens, at) %}
    {%- set before = tokens[at - 1] if at else '' -%}
    {%- set form = 'primary amp' if tokens[at + 1] == 'AMP' else 'primary index' -%}
    {%- set form = 'no primary index' if before == 'NO' else form -%}
    {%- set columns = [] -%}
    {%- if form != 'no primary index' and '(' in tokens[at:] -%}
        {%- set first = at + tokens[at:].index('(') + 1 -%}
        {%- set last = first + (tokens[first:].index(')') if ')' in tokens[first:] else 0) -%}
        {%- for token in tokens[first:last] if token != ',' -%}
            {%- do columns.append(token[1:] if token[0] == '"' else token) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return({'form': form, 'unique': before == 'UNIQUE', 'columns': columns}) }}
{% endmacro %}


{#- Words in upper case, punctuation on its own, a quoted name as it is behind one `"`. -#}
{% macro dbee_index_tokens(text) %}
    {%- set tokens = [] -%}
    {%- set was = namespace(quoted=false) -%}
    {%- for piece in text.split('"') -%}
        {%- if loop.index0 % 2 == 0 -%}
            {%- set was.quoted = piece == '' and loop.index0 > 0 -%}
            {%- do tokens.extend((piece | upper).replace('(', ' ( ').replace(')', ' ) ').replace(',', ' , ').split()) -%}
        {%- elif was.quoted -%}
            {%- do tokens.append(tokens.pop() ~ '"' ~ piece) -%}
        {%- else -%}
            {%- do tokens.append('"' ~ piece) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(tokens) }}
{% endmacro %}


{#- The text of a primary index: UNIQUE PRIMARY INDEX (A, B). -#}
{% macro dbee_primary_index_text(index) %}
    {%- if index['form'] == 'no primary index' -%}{{ return('NO PRIMARY INDEX') }}{%- endif -%}
    {%- set words = 'PRIMARY AMP INDEX' if index['form'] == 'primary amp' else 'PRIMARY INDEX' -%}
    {%- set columns = [] -%}
    {%- set reserved = dbee_dbt.dbee_reserved_words() -%}
    {%- for column in index['columns'] -%}
        {%- do columns.append(dbee_dbt.dbee_sql_name(column, reserved)) -%}
    {%- endfor -%}
    {{ return(('UNIQUE ' if index['unique'] else '') ~ words ~ ' (' ~ columns | join(', ') ~ ')') }}
{% endmacro %}


{#- The form in which two primary indexes compare. -#}
{% macro dbee_primary_index_key(index) %}
    {{ return((index['form'], true if index['unique'] else false, dbee_dbt.dbee_fold_all(index['columns']))) }}
{% endmacro %}
