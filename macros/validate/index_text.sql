{#-
  What a piece of CREATE TABLE text says behind the columns, as dbt-teradata's `index` holds it, by facet:
  - table.primary_index: {form, unique, columns}, absent where none is named;
  - table.partitioning: what stands behind PARTITION BY, absent where nothing does;
  - table.indexes: {indexes: [{unique, columns, order_by}], complete: false} of the secondary indexes, absent where none
    is named; a hook may make others.
-#}
{% macro dbee_declared_index(text) %}
    {%- set tokens = dbee_dbt.dbee_index_tokens(text) -%}
    {%- set declared, indexes = {}, [] -%}
    {%- set at = namespace(depth=0, partition=none) -%}
    {%- for token in tokens -%}
        {%- set next = tokens[loop.index] -%}
        {%- if at.depth == 0 and token in ('PRIMARY', 'INDEX', 'UNIQUE', 'NO', ',') and at.partition is not none -%}
            {%- do declared.update({'table.partitioning': dbee_dbt.dbee_token_text(tokens[at.partition:loop.index0])}) -%}
            {%- set at.partition = none -%}
        {%- endif -%}
        {%- if token == '(' -%}{%- set at.depth = at.depth + 1 -%}
        {%- elif token == ')' -%}{%- set at.depth = at.depth - 1 -%}
        {%- elif at.depth -%}
        {%- elif token == 'PRIMARY' and next in ('INDEX', 'AMP') -%}
            {%- do declared.setdefault('table.primary_index', dbee_dbt.dbee_index_at(tokens, loop.index0)) -%}
        {%- elif token == 'INDEX' and tokens[loop.index0 - 1] not in ('PRIMARY', 'AMP') -%}
            {%- do indexes.append(dbee_dbt.dbee_secondary_index_at(tokens, loop.index0)) -%}
        {%- elif token == 'BY' and loop.index0 and tokens[loop.index0 - 1] == 'PARTITION' -%}
            {%- set at.partition = loop.index -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if at.partition is not none -%}
        {%- do declared.update({'table.partitioning': dbee_dbt.dbee_token_text(tokens[at.partition:])}) -%}
    {%- endif -%}
    {%- if indexes -%}
        {%- do declared.update({'table.indexes': {'indexes': indexes, 'complete': false}}) -%}
    {%- endif -%}
    {{ return(declared) }}
{% endmacro %}


{#- tokens[at] is PRIMARY: what stands before it says how, what stands in the next parentheses says on which columns. -#}
{% macro dbee_index_at(tokens, at) %}
    {%- set before = tokens[at - 1] if at else '' -%}
    {%- set form = 'primary amp' if tokens[at + 1] == 'AMP' else 'primary index' -%}
    {%- set form = 'no primary index' if before == 'NO' else form -%}
    {%- set columns = [] if form == 'no primary index' else dbee_dbt.dbee_names_behind(tokens[at:]) -%}
    {{ return({'form': form, 'unique': before == 'UNIQUE', 'columns': columns}) }}
{% endmacro %}


{#- tokens[at] is the INDEX of a secondary one. -#}
{% macro dbee_secondary_index_at(tokens, at) %}
    {%- set behind = tokens[at:] -%}
    {%- set close = behind.index(')') + 1 if ')' in behind else behind | length -%}
    {%- set order_by = none -%}
    {%- if behind[close:close + 2] == ['ORDER', 'BY'] -%}
        {%- set way = 'HASH' if behind[close + 2] == 'HASH' else 'VALUES' -%}
        {%- set order_by = [way] + dbee_dbt.dbee_names_behind(behind[close + 2:])[:1] -%}
    {%- endif -%}
    {{ return({
        'unique': at > 0 and tokens[at - 1] == 'UNIQUE', 'columns': dbee_dbt.dbee_names_behind(behind), 'order_by': order_by,
    }) }}
{% endmacro %}


{#- The names in the first parentheses of these tokens. -#}
{% macro dbee_names_behind(tokens) %}
    {%- set names = [] -%}
    {%- if '(' in tokens -%}
        {%- set first = tokens.index('(') + 1 -%}
        {%- set last = first + (tokens[first:].index(')') if ')' in tokens[first:] else 0) -%}
        {%- for token in tokens[first:last] if token != ',' -%}
            {%- do names.append(token[1:] if token[0] == '"' else token) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{% endmacro %}


{#- Words in upper case, punctuation on its own, a quoted name as it is behind one `"`, a string behind one `'`. -#}
{% macro dbee_index_tokens(text) %}
    {%- set tokens = [] -%}
    {%- set at = namespace(quote='', was='') -%}
    {%- set cut = '\x00\ufdd0\x01' -%}
    {%- for piece in text.replace('"', cut ~ '"' ~ cut).replace("'", cut ~ "'" ~ cut).split(cut) -%}
        {%- if piece in ('"', "'") and at.quote in ('', piece) -%}
            {%- if at.quote -%}{%- set at.was = piece -%}{%- set at.quote = '' -%}
            {%- else -%}
                {#- A quote right behind the one that closed: both are one inside the name or string. -#}
                {%- do tokens.append(tokens.pop() ~ piece if at.was == piece else piece) -%}
                {%- set at.quote = piece -%}
                {%- set at.was = '' -%}
            {%- endif -%}
        {%- elif at.quote -%}{%- do tokens.append(tokens.pop() ~ piece) -%}
        {%- elif piece -%}
            {%- set at.was = '' -%}
            {%- do tokens.extend((piece | upper).replace('(', ' ( ').replace(')', ' ) ').replace(',', ' , ').split()) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(tokens) }}
{% endmacro %}


{#- Tokens as text that reads back into them. -#}
{% macro dbee_token_text(tokens) %}
    {%- set words = [] -%}
    {%- for token in tokens -%}
        {%- if token[:1] == '"' -%}{%- do words.append(dbee_dbt.dbee_identifier(token[1:])) -%}
        {%- elif token[:1] == "'" -%}{%- do words.append(dbee_dbt.dbee_literal(token[1:])) -%}
        {%- else -%}{%- do words.append(token) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(words | join(' ')) }}
{% endmacro %}


{#- The text of a primary index: UNIQUE PRIMARY INDEX (A, B). reserved: dbee_reserved_words(), where it is at hand. -#}
{% macro dbee_primary_index_text(index, reserved=none) %}
    {%- if index['form'] == 'no primary index' -%}{{ return('NO PRIMARY INDEX') }}{%- endif -%}
    {%- set words = 'PRIMARY AMP INDEX' if index['form'] == 'primary amp' else 'PRIMARY INDEX' -%}
    {{ return(('UNIQUE ' if index['unique'] else '') ~ words ~ ' ' ~ dbee_dbt.dbee_name_list(index['columns'], reserved)) }}
{% endmacro %}


{#- The text of a secondary index: UNIQUE INDEX (A, B). -#}
{% macro dbee_secondary_index_text(index) %}
    {%- set order = index['order_by'] -%}
    {%- set ordered = ' ORDER BY ' ~ order[0] ~ ' ' ~ dbee_dbt.dbee_name_list(order[1:]) if order else '' -%}
    {{ return(('UNIQUE ' if index['unique'] else '') ~ 'INDEX ' ~ dbee_dbt.dbee_name_list(index['columns']) ~ ordered) }}
{% endmacro %}


{#- (A, "b c"): names as they stand in SQL. -#}
{% macro dbee_name_list(names, reserved=none) %}
    {%- set shown = [] -%}
    {%- set reserved = dbee_dbt.dbee_reserved_words() if reserved is none else reserved -%}
    {%- for name in names -%}{%- do shown.append(dbee_dbt.dbee_sql_name(name, reserved)) -%}{%- endfor -%}
    {{ return('(' ~ shown | join(', ') ~ ')') }}
{% endmacro %}


{#- The form in which two primary indexes compare. -#}
{% macro dbee_primary_index_key(index) %}
    {{ return((index['form'], true if index['unique'] else false, dbee_dbt.dbee_fold_all(index['columns']))) }}
{% endmacro %}


{#- The form in which two secondary indexes compare: their names do not count, nor does an order by hash, the usual one. -#}
{% macro dbee_secondary_index_key(index) %}
    {%- set order = index['order_by'] if index['order_by'] and index['order_by'][0] == 'VALUES' else [] -%}
    {{ return((
        true if index['unique'] else false, dbee_dbt.dbee_fold_all(index['columns']) | join('\x00'),
        dbee_dbt.dbee_fold_all(order) | join('\x00'),
    )) }}
{% endmacro %}
