{#-
  Partitioning of these databases' tables, one row a partitioned table.
  Rows: database, relation, levels (the partitioning expressions, outermost first; COLUMN for a column level).
-#}
{% macro dbee_dictionary_partitioning(databases) %}
    {{ return(dbee_dbt.dbee_dictionary_partitioning_rows(dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_partitioning_sql(databases)))) }}
{% endmacro %}


{#- Rows of the query below, as above. -#}
{% macro dbee_dictionary_partitioning_rows(rows) %}
    {%- set known = {} -%}
    {%- set found = [] -%}
    {%- for row in rows -%}
        {%- set text = row['constrainttext'] -%}
        {%- if text not in known -%}{%- do known.update({text: dbee_dbt.dbee_partitioning_levels(text)}) -%}{%- endif -%}
        {%- do found.append(
            {'database': row['databasename'], 'relation': row['tablename'], 'levels': known[text]}
        ) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_partitioning_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT p.DatabaseName, p.TableName, p.ConstraintText
FROM {{ dbee_dbt.dbee_dictionary_view('PartitioningConstraintsV') }} AS p
WHERE {{ dbee_dbt.dbee_name_in('p.DatabaseName', databases) }}
    AND p.ConstraintType = 'Q'
ORDER BY p.DatabaseName, p.TableName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}


{#-
  The expressions in a ConstraintText: CHECK (/*02*/ e1 IS NOT NULL AND e2 IS NOT NULL), or with a single level
  CHECK ((e) BETWEEN 1 AND 65535). A column level is written PARTITION#Ln = 1.
-#}
{% macro dbee_partitioning_levels(text) %}
    {%- set inner = dbee_dbt.dbee_without_comments(text) | trim -%}
    {%- if inner[:5] | upper == 'CHECK' -%}{%- set inner = dbee_dbt.dbee_without_parentheses(inner[5:]) -%}{%- endif -%}
    {%- set levels = [] -%}
    {%- for part in dbee_dbt.dbee_split_outside(inner, ' AND ') -%}
        {%- set part = part | trim -%}
        {%- if part.startswith('PARTITION#L') -%}{%- do levels.append('COLUMN') -%}
        {%- elif part.endswith(' IS NOT NULL') -%}{%- do levels.append(part[:-12]) -%}
        {%- elif part.endswith(' BETWEEN 1') -%}{%- do levels.append(part[:-10]) -%}
        {%- elif not part.isdigit() -%}{%- do levels.append(part) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set bare = [] -%}
    {%- for level in levels -%}{%- do bare.append(dbee_dbt.dbee_without_parentheses(level)) -%}{%- endfor -%}
    {{ return(bare) }}
{% endmacro %}
