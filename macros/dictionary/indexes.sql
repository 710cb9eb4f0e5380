{#-
  Primary and secondary indexes of these databases' tables, with the keys that they implement. A table without a
  primary index has no row of number 1. Join and hash indexes are objects of their own and stand in `relations`.
  Rows: database, relation, number (1 primary, 4, 8, … secondary), name, form (primary index | primary amp | secondary),
  unique, columns (in order), key (primary key | unique | none), order_by ([VALUES | HASH, column] or none).
-#}
{% macro dbee_dictionary_indexes(databases) %}
    {{ return(dbee_dbt.dbee_dictionary_indexes_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_indexes_sql(databases)))) }}
{% endmacro %}


{#- Rows of the query below, as above. -#}
{% macro dbee_dictionary_indexes_rows(rows) %}
    {%- set found = {} -%}
    {%- for row in rows -%}
        {%- set number = row['indexnumber'] -%}
        {%- set code = row['indextype'] -%}
        {%- set index = (row['databasename'], row['tablename'], number) -%}
        {%- if index not in found -%}
            {%- do found.update({index: {
                'database': row['databasename'],
                'relation': row['tablename'],
                'number': number,
                'name': row['indexname'] or none,
                'form': 'secondary' if number != 1 else ('primary amp' if code == 'A' else 'primary index'),
                'unique': row['uniqueflag'] == 'Y',
                'columns': [],
                'key': {'K': 'primary key', 'U': 'unique'}.get(code),
                'order_by': none,
            }}) -%}
        {%- endif -%}
        {%- if code == 'I' -%}
            {%- do found[index].update({'order_by': ['VALUES', row['columnname']]}) -%}
        {%- else -%}
            {%- do found[index]['columns'].append(row['columnname']) -%}
            {%- if code in ('V', 'O', 'H') and not found[index]['order_by'] -%}
                {%- do found[index].update({'order_by': ['HASH' if code == 'H' else 'VALUES', row['columnname']]}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.values() | list) }}
{% endmacro %}


{#-
  I rows (the order column of a composite index) come last, so that they are not taken for the index's first row.
  J and N rows belong to join and hash indexes; M and D to statistics of old releases.
-#}
{% macro dbee_dictionary_indexes_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT i.DatabaseName, i.TableName, i.IndexNumber, i.IndexName, i.ColumnName, i.ColumnPosition,
    TRIM(i.IndexType) AS IndexType, TRIM(i.UniqueFlag) AS UniqueFlag
FROM {{ dbee_dbt.dbee_dictionary_view('IndicesV') }} AS i
WHERE {{ dbee_dbt.dbee_name_in('i.DatabaseName', databases) }}
    AND i.IndexType IN ('P', 'Q', 'A', 'S', 'K', 'U', 'V', 'H', 'O', 'I', 'G')
ORDER BY i.DatabaseName, i.TableName, i.IndexNumber, CASE WHEN i.IndexType = 'I' THEN 1 ELSE 0 END, i.ColumnPosition
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
