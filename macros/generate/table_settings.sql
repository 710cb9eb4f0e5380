{#-
  How a table lies in the database, in dbt-teradata's settings: a list of (setting, text). A view has none: the table
  made of it gets what Teradata gives by default.
-#}
{% macro dbee_table_settings(database, relation) %}
    {%- set settings = [] -%}
    {%- if relation['kind'] == 'table' -%}
        {%- set row = relation['row'] -%}
        {%- if row['set_kind'] -%}{%- do settings.append(('table_kind', row['set_kind'])) -%}{%- endif -%}
        {%- set fallback = row['fallback'] -%}
        {%- if fallback is not none and fallback != database['row'].get('fallback') -%}
            {%- do settings.append(('table_option', 'FALLBACK' if fallback else 'NO FALLBACK')) -%}
        {%- endif -%}
        {%- set index = dbee_dbt.dbee_index_clauses(relation) | join(' ') -%}
        {%- if index -%}{%- do settings.append(('index', index)) -%}{%- endif -%}
    {%- endif -%}
    {{ return(settings) }}
{% endmacro %}


{#-
  The clauses behind a CREATE TABLE: primary index, partitioning, secondary indexes. Index numbers depend on a table's
  history, so secondary indexes come in the order of their text.
-#}
{% macro dbee_index_clauses(relation) %}
    {%- set primary = [] -%}
    {%- set secondary = [] -%}
    {%- set names = dbee_dbt.dbee_names_in_model(relation) -%}
    {%- for index in relation['indexes'] -%}
        {%- set clause = dbee_dbt.dbee_index_clause(index, names, relation['reserved']) -%}
        {%- if index['form'] == 'secondary' -%}{%- do secondary.append(clause) -%}
        {%- else -%}{%- do primary.append(clause if index['form'] else none) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set levels = [] -%}
    {%- for level in relation['partitioning'] -%}
        {%- set level = dbee_dbt.dbee_renamed_code(level, names) if names else level -%}
        {%- do levels.append(dbee_dbt.dbee_partitioning_text(level, relation['reserved'])) -%}
    {%- endfor -%}
    {%- set expression = levels[0] if levels | length == 1 else '(' ~ levels | join(', ') ~ ')' -%}
    {%- set primary = primary | reject('none') | list if primary else ['NO PRIMARY INDEX'] -%}
    {{ return(primary + (['PARTITION BY ' ~ expression] if levels else []) + secondary | sort) }}
{% endmacro %}


{#- One index. A key's index bears the key's name, which says nothing of a table without that key: it is left off. -#}
{% macro dbee_index_clause(index, names, reserved) %}
    {%- set columns = [] -%}
    {%- for column in index['columns'] -%}
        {%- do columns.append(dbee_dbt.dbee_sql_name(names.get(column | upper, column), reserved)) -%}
    {%- endfor -%}
    {%- set words = ['UNIQUE'] if index['unique'] and index['form'] != 'primary amp' else [] -%}
    {%- do words.append({'primary index': 'PRIMARY INDEX', 'primary amp': 'PRIMARY AMP INDEX'}.get(index['form'], 'INDEX')) -%}
    {%- if index['name'] and not index['key'] -%}
        {%- do words.append(dbee_dbt.dbee_sql_name(index['name'], reserved)) -%}
    {%- endif -%}
    {%- do words.append('(' ~ columns | join(', ') ~ ')') -%}
    {%- if index['order_by'] -%}
        {%- set way, column = index['order_by'] -%}
        {%- do words.append('ORDER BY ' ~ way ~ ' (' ~ dbee_dbt.dbee_sql_name(names.get(column | upper, column), reserved) ~ ')') -%}
    {%- endif -%}
    {{ return(words | join(' ')) }}
{% endmacro %}


{#-
  A partitioning expression in one spacing, whether it comes from the dictionary or from a definition: words as
  written, names in quotes only where they must be, and outside strings blanks only between words.
-#}
{% macro dbee_partitioning_text(text, reserved) %}
    {%- set pieces = [] -%}
    {%- for piece in text.split("'") -%}
        {%- do pieces.append(dbee_dbt.dbee_partitioning_code(piece, reserved) if loop.index0 % 2 == 0 else piece) -%}
    {%- endfor -%}
    {{ return(pieces | join("'")) }}
{% endmacro %}


{% macro dbee_partitioning_code(code, reserved) %}
    {%- set words = [] -%}
    {%- for piece in code.split('"') -%}
        {%- if loop.index0 % 2 == 1 -%}{%- do words.append(dbee_dbt.dbee_sql_name(piece, reserved)) -%}
        {%- else -%}
            {%- set spaced = namespace(text=' '.join(('.' ~ piece ~ '.').split())) -%}
            {%- for sign in ('(', ')', ',', '=', '<', '>') -%}
                {%- set spaced.text = spaced.text.replace(' ' ~ sign, sign).replace(sign ~ ' ', sign) -%}
            {%- endfor -%}
            {%- do words.append(spaced.text[1:-1].replace(',', ', ')) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(words | join) }}
{% endmacro %}


{#- The columns that have another name in the model, {own name, folded: the model's}; another case is no other name. -#}
{% macro dbee_names_in_model(relation) %}
    {%- set names = {} -%}
    {%- for column in relation['columns'] if column['renamed'] -%}
        {%- set own, alias = column['name']['name'], column['alias']['name'] -%}
        {%- if own | upper != alias | upper -%}{%- do names.update({own | upper: alias}) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}


{#- An expression with the columns by the names that they have in the model, outside its strings. -#}
{% macro dbee_renamed_code(text, names) %}
    {%- set reserved = dbee_dbt.dbee_reserved_words() if names else {} -%}
    {%- set written = [] -%}
    {%- for piece in dbee_dbt.dbee_quoted_pieces(text) -%}
        {%- if piece['quote'] == "'" -%}{%- do written.append(dbee_dbt.dbee_literal(piece['text'])) -%}
        {%- elif piece['quote'] -%}
            {%- set alias = names.get(piece['text'] | upper) -%}
            {%- do written.append(dbee_dbt.dbee_identifier(piece['text'] if alias is none else alias)) -%}
        {%- else -%}{%- do written.append(dbee_dbt.dbee_renamed_words(piece['text'], names, reserved)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(written | join) }}
{% endmacro %}


{#- The strings, the names in quotes and what is between them, in order: a list of {quote (', " or none), text}. -#}
{% macro dbee_quoted_pieces(text) %}
    {%- set pieces = [{'quote': '', 'text': ''}] -%}
    {%- for letter in text -%}
        {%- set piece = pieces[-1] -%}
        {%- if letter == piece['quote'] -%}{%- do pieces.append({'quote': '', 'text': ''}) -%}
        {%- elif piece['quote'] or letter not in ("'", '"') -%}{%- do piece.update({'text': piece['text'] ~ letter}) -%}
        {%- elif not piece['text'] and pieces | length > 1 and pieces[-2]['quote'] == letter -%}
            {#- Doubled, a quote stands for itself. -#}
            {%- do pieces.pop() -%}
            {%- do pieces[-1].update({'text': pieces[-1]['text'] ~ letter}) -%}
        {%- else -%}{%- do pieces.append({'quote': letter, 'text': ''}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(pieces) }}
{% endmacro %}


{% macro dbee_renamed_words(code, names, reserved) %}
    {%- set words = [''] -%}
    {%- for letter in code -%}
        {%- set same = (letter.isalnum() or letter in '_#$') == (words[-1][-1:].isalnum() or words[-1][-1:] in ('_', '#', '$')) -%}
        {%- do words.append(words.pop() ~ letter if same or not words[-1] else letter) -%}
    {%- endfor -%}
    {%- set renamed = [] -%}
    {%- for word in words -%}
        {%- set alias = names.get(word | upper) -%}
        {%- do renamed.append(word if alias is none else dbee_dbt.dbee_sql_name(alias, reserved)) -%}
    {%- endfor -%}
    {{ return(renamed | join) }}
{% endmacro %}


{#- The levels of partitioning that a model can have: none where one rests on a column that is of another type there. -#}
{% macro dbee_model_partitioning(levels, columns, tools) %}
    {%- set retyped = dbee_dbt.dbee_retyped_columns(columns) -%}
    {%- for level in levels if retyped and dbee_dbt.dbee_renamed_code(level, retyped) != level -%}
        {%- if tools['options']['materialized'] == 'table' -%}
            {%- do dbee_dbt.dbee_skip(tools['skipped'], 'partitioning of a model', 'it rests on a column that is cast') -%}
        {%- endif -%}
        {{ return([]) }}
    {%- endfor -%}
    {{ return(levels) }}
{% endmacro %}


{#- {folded name: ''} of the columns that have a type of another kind in the model. -#}
{% macro dbee_retyped_columns(columns) %}
    {%- set retyped = {} -%}
    {%- for column in columns if column['computed'] -%}
        {%- set before, now = dbee_dbt.dbee_type(column['source_type'] or ''), dbee_dbt.dbee_type(column['result_type']) -%}
        {%- if before['family'].replace('VARCHAR', 'CHAR') != now['family'].replace('VARCHAR', 'CHAR') -%}
            {%- do retyped.update({column['name']['name'] | upper: ''}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(retyped) }}
{% endmacro %}
