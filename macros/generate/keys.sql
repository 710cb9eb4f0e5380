{#-
  What tells the rows of a table apart: {columns (of its plan), why}. It is the primary key, else a unique primary index,
  else another unique index; one without columns that take nulls, since a null is equal to nothing. Else `columns` is
  empty and `why` says the reason.
-#}
{% macro dbee_row_key(relation) %}
    {%- set candidates = [[], [], []] -%}
    {%- for index in relation['indexes'] if index['unique'] and index['columns'] -%}
        {%- set rank = 0 if index['key'] == 'primary key' else 1 if index['form'] != 'secondary' else 2 -%}
        {%- do candidates[rank].append(index['columns']) -%}
    {%- endfor -%}
    {%- set columns = {} -%}
    {%- for column in relation['columns'] -%}{%- do columns.update({column['name']['name'] | upper: column}) -%}{%- endfor -%}
    {%- for names in candidates[0] + candidates[1] | sort + candidates[2] | sort -%}
        {%- set found = [] -%}
        {%- for name in names if (name | upper) in columns -%}{%- do found.append(columns[name | upper]) -%}{%- endfor -%}
        {%- if found | length == names | length and not found | rejectattr('required') | list -%}
            {{ return({'columns': found, 'why': none}) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'columns': [], 'why': 'its unique key takes nulls' if candidates != [[], [], []]
        else 'no unique key tells its rows apart'}) }}
{% endmacro %}


{#-
  A model's key of one column, where the table's has several and no column is unique alone: its values as text, with | in
  between. Teradata's own functions alone make it, and no two rows get the same. A number or date goes through a type
  without a FORMAT of its own, which could cut it; of several texts each stands behind its length.
-#}
{% macro dbee_add_surrogate_key(relation, tools) %}
    {%- set what = 'surrogate key' -%}
    {%- set key = dbee_dbt.dbee_row_key(relation) -%}
    {%- if key['columns'] | length < 2 -%}
        {%- if not key['columns'] and relation['unique'] -%}{%- do dbee_dbt.dbee_skip(tools['skipped'], what, key['why']) -%}{%- endif -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set types = key['columns'] | map(attribute='source_type') | list -%}
    {%- set charset = 'unicode' if 'UNICODE' in types | join(' ') else 'latin' -%}
    {%- set texts = [] -%}
    {%- for type in types if (type or '').split('(')[0] in ('CHAR', 'VARCHAR') -%}{%- do texts.append(type) -%}{%- endfor -%}
    {%- set parts = [] -%}
    {%- for column in key['columns'] -%}
        {%- do parts.append(dbee_dbt.dbee_key_part(column, charset, texts | length > 1)) -%}
    {%- endfor -%}
    {%- set name = dbee_dbt.dbee_cased(dbee_dbt.dbee_slug(relation['name'])[:124] ~ '_key', tools['options']['case']) -%}
    {%- set names = relation['columns'] | map(attribute='alias.name') | map('upper') | list -%}
    {%- if parts | select('none') | list -%}
        {%- do dbee_dbt.dbee_skip(tools['skipped'], what, 'a column of its key is neither a whole number, a decimal, a date nor a text') -%}
    {%- elif (name | upper) in names -%}
        {%- do dbee_dbt.dbee_skip(tools['skipped'], what, 'a column has its name') -%}
    {%- else -%}
        {%- set length = parts | sum(attribute='length') + parts | length - 1 -%}
        {%- set type = 'VARCHAR(' ~ length ~ ') CHARACTER SET ' ~ charset | upper -%}
        {%- do relation.update({'model_columns': [{
            'name': none, 'alias': dbee_dbt.dbee_name_plan(name, tools), 'renamed': true, 'computed': true,
            'expression': parts | map(attribute='sql') | join("\n        || '|' || "), 'model_type': type, 'result_type': type,
            'comment': dbee_dbt.dbee_yaml_quoted(
                'Made of ' ~ key['columns'] | map(attribute='name.name') | join(', ') ~ ', which are unique together'),
            'unique': true, 'not_null': true, 'required': true, 'tests': [],
        }] + relation['columns']}) -%}
    {%- endif -%}
{% endmacro %}


{#- {sql, length} of a column as text in a key, or none; prefixed: with its length in front, where it is a text. -#}
{% macro dbee_key_part(column, charset, prefixed) %}
    {%- set sql = column['name']['template'] -%}
    {%- set type = column['source_type'] or '' -%}
    {%- set family, behind, rest = type.partition('(') -%}
    {%- set sizes = rest.partition(')')[0].split(',') -%}
    {%- set set = ' character set ' ~ charset -%}
    {%- if family in ('BYTEINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DATE') -%}
        {%- set whole = 'integer' if family == 'DATE' else 'bigint' -%}
        {{ return({'sql': 'cast(cast(' ~ sql ~ ' as ' ~ whole ~ ') as varchar(20)' ~ set ~ ')', 'length': 20}) }}
    {%- elif family == 'DECIMAL' -%}
        {%- set length = sizes[0] | int + 2 -%}
        {{ return({
            'sql': 'cast(cast(' ~ sql ~ ' as ' ~ type | lower ~ ') as varchar(' ~ length ~ ')' ~ set ~ ')', 'length': length,
        }) }}
    {%- elif family in ('CHAR', 'VARCHAR') and (' LATIN' in type or ' UNICODE' in type) -%}
        {#- The cast says the length again: in a unit test dbt gives every VARCHAR that of the longest. -#}
        {%- set trimmed = 'trim(trailing from ' ~ sql ~ ')' -%}
        {%- set text = 'cast(' ~ trimmed ~ ' as varchar(' ~ sizes[0] ~ ')' ~ set ~ ')' -%}
        {%- set count = 'cast(char_length(' ~ trimmed ~ ') as varchar(11)' ~ set ~ ") || ':' || " if prefixed else '' -%}
        {{ return({'sql': count ~ text, 'length': sizes[0] | int + (12 if prefixed else 0)}) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
