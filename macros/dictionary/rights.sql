{#-
  Rights of users and databases on these databases' tables and views, as a whole or one by one, without those on columns.
  Rows: grantee, database, name (All: the whole database), right (R select, I insert, U update, D delete),
  grantable (true with GRANT OPTION).
-#}
{% macro dbee_dictionary_rights(databases) %}
    {{ return(dbee_dbt.dbee_dictionary_rights_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_rights_sql(databases)))) }}
{% endmacro %}


{#- Rows of the query below, or of that in role_rights.sql, as above. -#}
{% macro dbee_dictionary_rights_rows(rows) %}
    {%- set found = [] -%}
    {%- for row in rows -%}
        {%- do found.append({
            'grantee': row['grantee'],
            'database': row['databasename'],
            'name': row['tablename'],
            'right': row['accessright'],
            'grantable': row['grantauthority'] == 'Y',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_rights_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT r.UserName AS Grantee, r.DatabaseName, r.TableName,
    TRIM(r.AccessRight) AS AccessRight, TRIM(r.GrantAuthority) AS GrantAuthority
FROM {{ dbee_dbt.dbee_dictionary_view('AllRightsV') }} AS r
WHERE {{ dbee_dbt.dbee_name_in('r.DatabaseName', databases) }}
    AND r.AccessRight IN ('R', 'I', 'U', 'D')
    AND r.ColumnName = 'All' (NOT CASESPECIFIC)
ORDER BY r.DatabaseName, r.TableName, r.UserName, r.AccessRight
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
