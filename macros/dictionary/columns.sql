{#-
  Columns of the tables and views of these databases, in declared order. The dictionary keeps no types of a view's
  columns: there, type and all that follows is none; dbee_dictionary_view_columns asks for them.
  Rows: database, relation, name, position (1..n), type (exact text, character set included), nullable, default,
  format, title, uppercase, case_specific, compress (none; '' for nulls only; else the list of values),
  identity (ALWAYS | BY DEFAULT | none), checks (the conditions of its own CHECKs, without CHECK and the parentheses around
  them), comment.
-#}
{% macro dbee_dictionary_columns(databases) %}
    {%- set sql = dbee_dbt.dbee_dictionary_columns_sql('ColumnsV', databases) -%}
    {{ return(dbee_dbt.dbee_dictionary_column_rows(dbee_dbt.dbee_query(sql))) }}
{% endmacro %}


{#- Rows of ColumnsV, or of ColumnsJQV, as above. What follows from codes is worked out once for each distinct tuple. -#}
{% macro dbee_dictionary_column_rows(rows) %}
    {%- set known = {} -%}
    {%- set found = [] -%}
    {%- set append = found.append -%}
    {%- for row in rows -%}
        {%- set codes = (row['columntype'], row['columnlength'], row['chartype'], row['decimaltotaldigits'],
                         row['decimalfractionaldigits'], row['columnudtname'], row['nullable'], row['uppercaseflag'],
                         row['idcoltype']) -%}
        {%- if codes not in known -%}{%- do known.update({codes: dbee_dbt.dbee_column_traits(*codes)}) -%}{%- endif -%}
        {%- set traits = known[codes] -%}
        {%- do append({
            'database': row['databasename'],
            'relation': row['tablename'],
            'name': row['columnname'],
            'position': row['columnposition'],
            'type': traits['type'],
            'nullable': traits['nullable'],
            'default': row['defaultvalue'],
            'format': row['columnformat'],
            'title': row['columntitle'],
            'uppercase': traits['uppercase'],
            'case_specific': traits['case_specific'],
            'compress': (row['compressvaluelist'] or '') if row['compressible'] == 'C' else none,
            'identity': traits['identity'],
            'checks': dbee_dbt.dbee_column_checks(row['columnconstraint']) if row['columnconstraint'] else [],
            'comment': row['commentstring'] or none,
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- The conditions in a ColumnConstraint: CHECK ( a > 0 ), or several of them with AND in between. -#}
{% macro dbee_column_checks(text) %}
    {%- set checks = [] -%}
    {%- set bare = text | trim -%}
    {%- for part in dbee_dbt.dbee_split_outside(bare[5:] if bare[:5] | upper == 'CHECK' else bare, ' AND CHECK') -%}
        {%- do checks.append(dbee_dbt.dbee_without_parentheses(part)) -%}
    {%- endfor -%}
    {{ return(checks) }}
{% endmacro %}


{#- What the codes of a column say. Without a type code (a view's column) they say nothing. -#}
{% macro dbee_column_traits(code, length, chartype, digits, fraction, udt, nullable, uppercase, identity) %}
    {%- set known = code is not none and code != '' -%}
    {{ return({
        'type': dbee_dbt.dbee_type_text(code, length, chartype, digits, fraction, udt),
        'nullable': nullable != 'N' if known else none,
        'uppercase': uppercase in ('U', 'B'),
        'case_specific': {'N': false, 'U': false, 'C': true, 'B': true}.get(uppercase) if known else none,
        'identity': {'GA': 'ALWAYS', 'GD': 'BY DEFAULT'}.get(identity),
    }) }}
{% endmacro %}


{#- TablesV says which of them are tables (kinds T, O and Q) or views; ColumnsV alone also lists parameters. -#}
{% macro dbee_dictionary_columns_sql(view, databases, kinds=('T', 'O', 'Q', 'V')) %}
    {%- set codes = [] -%}
    {%- for kind in kinds -%}{%- do codes.append(dbee_dbt.dbee_literal(kind)) -%}{%- endfor -%}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT c.DatabaseName, c.TableName, c.ColumnName, c.ColumnFormat, c.ColumnTitle, c.DefaultValue,
    c.ColumnLength, c.DecimalTotalDigits, c.DecimalFractionalDigits, c.CharType, c.ColumnUDTName,
    c.CompressValueList, c.CommentString, c.ColumnConstraint,
    TRIM(c.ColumnType) AS ColumnType, TRIM(c.Nullable) AS Nullable, TRIM(c.UpperCaseFlag) AS UpperCaseFlag,
    TRIM(c.Compressible) AS Compressible, TRIM(c.IdColType) AS IdColType,
    ROW_NUMBER() OVER (PARTITION BY c.DatabaseName, c.TableName ORDER BY c.ColumnId) AS ColumnPosition
FROM {{ dbee_dbt.dbee_dictionary_view(view) }} AS c
INNER JOIN {{ dbee_dbt.dbee_dictionary_view('TablesV') }} AS t
    ON t.DatabaseName = c.DatabaseName AND t.TableName = c.TableName
WHERE {{ dbee_dbt.dbee_name_in('c.DatabaseName', databases) }}
    AND {{ dbee_dbt.dbee_name_in('t.DatabaseName', databases) }}
    AND t.TableKind IN ({{ codes | join(', ') }})
ORDER BY c.DatabaseName, c.TableName, c.ColumnId
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
