{#-
  Rights of roles on these databases' tables and views; rows as dbee_dictionary_rights returns them. A role passes none on.
  There is no X view of them.
-#}
{% macro dbee_dictionary_role_rights(databases) %}
    {%- set sql = dbee_dbt.dbee_dictionary_role_rights_sql(databases) -%}
    {{ return(dbee_dbt.dbee_dictionary_rights_rows(dbee_dbt.dbee_query(sql))) }}
{% endmacro %}


{% macro dbee_dictionary_role_rights_rows(rows) %}
    {{ return(dbee_dbt.dbee_dictionary_rights_rows(rows)) }}
{% endmacro %}


{% macro dbee_dictionary_role_rights_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT r.RoleName AS Grantee, r.DatabaseName, r.TableName, TRIM(r.AccessRight) AS AccessRight, 'N' AS GrantAuthority
FROM DBC.AllRoleRightsV AS r
WHERE {{ dbee_dbt.dbee_name_in('r.DatabaseName', databases) }}
    AND r.AccessRight IN ('R', 'I', 'U', 'D')
    AND r.ColumnName = 'All' (NOT CASESPECIFIC)
ORDER BY r.DatabaseName, r.TableName, r.RoleName, r.AccessRight
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
