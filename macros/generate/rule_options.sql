{#- Rules for the columns of models: {name, type: patterns that have to match; rename, trim, cast: what becomes of it}. -#}
{% macro dbee_checked_column_rules(rules, place) %}
    {%- if rules is string or rules is mapping or rules is not iterable -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a list of rules') -%}
    {%- endif -%}
    {%- set checked = [] -%}
    {%- for rule in rules -%}
        {%- set at = place ~ '[' ~ loop.index ~ ']:' -%}
        {%- do dbee_dbt.dbee_checked_keys(rule, ['name', 'type', 'rename', 'trim', 'cast'], at) -%}
        {%- for key in ('name', 'type', 'rename', 'cast') if rule.get(key) is not none -%}
            {%- do dbee_dbt.dbee_checked_texts(rule[key], at ~ ' ' ~ key) -%}
            {%- do dbee_dbt.dbee_check_text(rule[key], at ~ ' ' ~ key) -%}
        {%- endfor -%}
        {%- if rule.get('rename') -%}{%- do dbee_dbt.dbee_check_rename(rule.get('name') or '*', rule['rename'], at) -%}{%- endif -%}
        {%- if rule.get('trim') is not none -%}{%- do dbee_dbt.dbee_checked_flag(rule['trim'], at ~ ' trim') -%}{%- endif -%}
        {%- do checked.append({
            'name': rule.get('name') or '*', 'type': rule.get('type'), 'rename': rule.get('rename'),
            'trim': rule.get('trim'), 'cast': rule.get('cast') and dbee_dbt.dbee_checked_cast(rule['cast'], at ~ ' cast'),
        }) -%}
    {%- endfor -%}
    {{ return(checked) }}
{% endmacro %}


{#- What stands for the * of the pattern stands for that of the new name, so there is one of each at most. -#}
{% macro dbee_check_rename(pattern, template, place) %}
    {%- if pattern.count('*') > 1 or '?' in pattern or template.count('*') > pattern.count('*') -%}
        {%- do exceptions.raise_compiler_error(
            place ~ ' renames by one * in the name and one in rename, as *_DT and *_date, not ' ~ pattern ~ ' and ' ~ template
        ) -%}
    {%- endif -%}
    {%- if not template.isprintable() -%}
        {%- do exceptions.raise_compiler_error(place ~ ' rename holds a character that cannot be seen') -%}
    {%- endif -%}
{% endmacro %}


{#- {sql, type}: the type to cast to, FORMAT 'pattern' behind it allowed; type as a column then has it. -#}
{% macro dbee_checked_cast(written, place) %}
    {%- set text = written.split() | join(' ') -%}
    {%- set at = (text | upper).find(' FORMAT ') -%}
    {%- set type, format = (text[:at], text[at + 8:]) if at >= 0 else (text, '') -%}
    {%- set found = dbee_dbt.dbee_type(type) -%}
    {%- set character = found['family'] in ('CHAR', 'VARCHAR', 'CLOB') -%}
    {%- if not type.replace('(', 'a').replace(')', 'a').replace(',', 'a').replace(' ', 'a').isalnum() or not type.isascii()
            or found['family'].replace(' WITH TIME ZONE', '') not in (
                'BYTEINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DECIMAL', 'NUMBER', 'FLOAT', 'CHAR', 'VARCHAR', 'DATE', 'TIME',
                'TIMESTAMP')
            or format and (format | length < 3 or format[0] != "'" or format[-1] != "'" or "'" in format[1:-1]
                or not format.isprintable() or '{' in format) -%}
        {%- do exceptions.raise_compiler_error(place ~ ' is no type that a column can be cast to: ' ~ written) -%}
    {%- endif -%}
    {%- if character and (not found['charset'] or not found['length']) -%}
        {%- do exceptions.raise_compiler_error(
            place ~ ' must say length and CHARACTER SET, which else depend on the user: ' ~ written) -%}
    {%- endif -%}
    {{ return({
        'sql': type | upper ~ (' format ' ~ format if format else ''),
        'type': found['text'] ~ (' CHARACTER SET ' ~ found['charset'] if character else ''),
    }) }}
{% endmacro %}


{#- true, false, or {tables, updated_at}: patterns of tables, and of the columns that tell when a row changed. -#}
{% macro dbee_checked_snapshots(value, place) %}
    {%- if value is false -%}{{ return(none) }}{%- endif -%}
    {%- set given = {} if value is true else dbee_dbt.dbee_checked_keys(value, ['tables', 'updated_at'], place) -%}
    {{ return({
        'tables': dbee_dbt.dbee_checked_texts(given['tables'], place ~ ' tables') if given.get('tables') else none,
        'updated_at': dbee_dbt.dbee_checked_texts(given['updated_at'], place ~ ' updated_at') if given.get('updated_at') else [
            '*UPDATED_AT', '*UPDATED_TS', '*UPDATE_TS', '*UPD_TS', '*CHANGED_AT', '*CHANGED_TS', '*MODIFIED_AT',
            '*MODIFIED_TS', 'LAST_UPDATE*', 'LAST_CHANGE*', 'LAST_MODIFIED*',
        ],
    }) }}
{% endmacro %}
