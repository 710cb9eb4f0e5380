{#-
  The exact text of a type from its dictionary codes, as SHOW TABLE prints it, character set included; none where the
  dictionary knows no type (a view's column) or the code is not known here.

  Arguments are as the dictionary returns them: code (ColumnType), length (ColumnLength, bytes), chartype (CharType),
  digits (DecimalTotalDigits), fraction (DecimalFractionalDigits), udt (ColumnUDTName). Source: the Data Dictionary
  manual (B035-1092), ColumnsV; docs/teradata/dictionary.md. Call it once per distinct tuple.
-#}
{% macro dbee_type_text(code, length, chartype, digits, fraction, udt) %}
    {%- set code = (code or '') | trim -%}
    {%- set plain = {
        'I1': 'BYTEINT', 'I2': 'SMALLINT', 'I': 'INTEGER', 'I8': 'BIGINT', 'F': 'FLOAT', 'DA': 'DATE',
        'XM': 'XML', 'PD': 'PERIOD(DATE)', '++': 'TD_ANYTYPE',
    } -%}
    {%- set seconds = {
        'AT': 'TIME(#)', 'TS': 'TIMESTAMP(#)', 'TZ': 'TIME(#) WITH TIME ZONE', 'SZ': 'TIMESTAMP(#) WITH TIME ZONE',
        'PT': 'PERIOD(TIME(#))', 'PS': 'PERIOD(TIMESTAMP(#))',
        'PZ': 'PERIOD(TIME(#) WITH TIME ZONE)', 'PM': 'PERIOD(TIMESTAMP(#) WITH TIME ZONE)',
    } -%}
    {%- set intervals = {
        'YR': 'YEAR(@)', 'YM': 'YEAR(@) TO MONTH', 'MO': 'MONTH(@)', 'DY': 'DAY(@)', 'DH': 'DAY(@) TO HOUR',
        'DM': 'DAY(@) TO MINUTE', 'DS': 'DAY(@) TO SECOND(#)', 'HR': 'HOUR(@)', 'HM': 'HOUR(@) TO MINUTE',
        'HS': 'HOUR(@) TO SECOND(#)', 'MI': 'MINUTE(@)', 'MS': 'MINUTE(@) TO SECOND(#)', 'SC': 'SECOND(@,#)',
    } -%}
    {%- set text = none -%}
    {%- if code in plain -%}{%- set text = plain[code] -%}
    {%- elif code in seconds -%}{%- set text = seconds[code].replace('#', fraction | string) -%}
    {%- elif code in intervals -%}
        {%- set text = 'INTERVAL ' ~ intervals[code].replace('@', digits | string).replace('#', fraction | string) -%}
    {%- elif code == 'D' -%}{%- set text = 'DECIMAL(' ~ digits ~ ',' ~ fraction ~ ')' -%}
    {%- elif code == 'N' -%}{%- set text = dbee_dbt.dbee_number_text(digits, fraction) -%}
    {%- elif code in ('CF', 'CV', 'CO', 'LF', 'LV', 'GF', 'GV', 'BF', 'BV', 'BO', 'JN') -%}
        {%- set text = dbee_dbt.dbee_sized_text(code, length, chartype) -%}
    {%- elif code == 'DT' -%}{%- set text = 'DATASET' ~ ('(' ~ length ~ ')' if length else '') -%}
    {%- elif code in ('UT', 'A1', 'AN') and udt -%}{%- set text = dbee_dbt.dbee_udt_text(udt) -%}
    {%- endif -%}
    {{ return(text) }}
{% endmacro %}


{#- NUMBER: -128 in either column says that no precision or scale was given. -#}
{% macro dbee_number_text(digits, fraction) %}
    {%- set precision = '*' if digits is none or digits == -128 else digits | string -%}
    {%- set scale = none if fraction is none or fraction == -128 else fraction | string -%}
    {%- if scale is none -%}{{ return('NUMBER' if precision == '*' else 'NUMBER(' ~ precision ~ ')') }}{%- endif -%}
    {{ return('NUMBER(' ~ precision ~ ',' ~ scale ~ ')') }}
{% endmacro %}


{#- Types with a length. The dictionary counts bytes; UNICODE and GRAPHIC take two a character. -#}
{% macro dbee_sized_text(code, length, chartype) %}
    {%- set name = {
        'CF': 'CHAR', 'LF': 'CHAR', 'GF': 'CHAR', 'CV': 'VARCHAR', 'LV': 'VARCHAR', 'GV': 'VARCHAR', 'CO': 'CLOB',
        'BF': 'BYTE', 'BV': 'VARBYTE', 'BO': 'BLOB', 'JN': 'JSON',
    }[code] -%}
    {%- if name in ('BYTE', 'VARBYTE', 'BLOB') -%}{{ return(name ~ '(' ~ length ~ ')') }}{%- endif -%}
    {%- set kind = (chartype or (4 if code in ('GF', 'GV') else 0)) | int -%}
    {%- set charset = {1: 'LATIN', 2: 'UNICODE', 3: 'KANJISJIS', 4: 'GRAPHIC', 5: 'KANJI1'}.get(kind) -%}
    {%- set characters = length // 2 if kind in (2, 4) else length -%}
    {{ return(name ~ '(' ~ characters ~ ')' ~ (' CHARACTER SET ' ~ charset if charset else '')) }}
{% endmacro %}


{#- A user-defined type, always in SYSUDTLIB, as it stands in SQL. -#}
{% macro dbee_udt_text(udt) %}
    {{ return('SYSUDTLIB.' ~ (udt | trim)) }}
{% endmacro %}
