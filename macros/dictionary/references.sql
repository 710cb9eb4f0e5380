{#-
  Foreign keys of these databases' tables, one row each.
  Rows: database, relation, name (or none), columns, parent_database, parent_relation, parent_columns (pairwise).
-#}
{% macro dbee_dictionary_references(databases) %}
    {{ return(dbee_dbt.dbee_dictionary_references_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_references_sql(databases)))) }}
{% endmacro %}


{#- Rows of the query below, as above. -#}
{% macro dbee_dictionary_references_rows(rows) %}
    {%- set found = {} -%}
    {%- for row in rows -%}
        {%- set reference = (row['childdb'], row['childtable'], row['indexid'], row['indexname']) -%}
        {%- if reference not in found -%}
            {%- do found.update({reference: {
                'database': row['childdb'],
                'relation': row['childtable'],
                'name': row['indexname'] or none,
                'columns': [],
                'parent_database': row['parentdb'],
                'parent_relation': row['parenttable'],
                'parent_columns': [],
            }}) -%}
        {%- endif -%}
        {%- do found[reference]['columns'].append(row['childkeycolumn']) -%}
        {%- do found[reference]['parent_columns'].append(row['parentkeycolumn']) -%}
    {%- endfor -%}
    {{ return(found.values() | list) }}
{% endmacro %}


{#- The view does not say in which order the columns of a key were written; they come by name. -#}
{% macro dbee_dictionary_references_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT r.ChildDB, r.ChildTable, r.IndexId, r.IndexName, r.ChildKeyColumn, r.ParentDB, r.ParentTable, r.ParentKeyColumn
FROM {{ dbee_dbt.dbee_dictionary_view('All_RI_ChildrenV') }} AS r
WHERE {{ dbee_dbt.dbee_name_in('r.ChildDB', databases) }}
ORDER BY r.ChildDB, r.ChildTable, r.IndexId, r.ChildKeyColumn
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
