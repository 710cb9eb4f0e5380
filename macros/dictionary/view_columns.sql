{#-
  Columns of views with their types; rows as dbee_dictionary_columns returns them. The dictionary holds none, so:
  - with QVCI (`qvci` true, or dbt-teradata's own `vars: use_qvci: true`), one query on ColumnsJQV;
  - else one HELP COLUMN a view. Nothing is created in either case.
  A view that the database cannot resolve (what it reads was dropped or altered, or its owner lacks a right) has no rows.

  views: rows of dbee_dictionary_relations; one that is no view any more is never asked for types.
-#}
{% macro dbee_dictionary_view_columns(views, qvci=none) %}
    {%- set views = views | selectattr('kind', 'equalto', 'view') | list -%}
    {%- if not views -%}{{ return([]) }}{%- endif -%}
    {%- if (var('use_qvci', false) if qvci is none else qvci) -%}
        {{ return(dbee_dbt.dbee_view_columns_by_qvci(views)) }}
    {%- endif -%}
    {%- set statements = [] -%}
    {%- for view in views -%}{%- do statements.append(dbee_dbt.dbee_help_column_sql(view)) -%}{%- endfor -%}
    {%- set found = [] -%}
    {%- for view, helped in zip(views, dbee_dbt.dbee_queries_or_none(statements)) if helped is not none -%}
        {%- do found.extend(dbee_dbt.dbee_help_column_rows(view, helped)) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_view_columns_by_qvci(views) %}
    {%- set databases = [] -%}
    {%- set wanted = {} -%}
    {%- for view in views -%}
        {%- do wanted.update({(view['database'] | upper, view['name'] | upper): true}) -%}
        {%- if view['database'] not in databases -%}{%- do databases.append(view['database']) -%}{%- endif -%}
    {%- endfor -%}
    {%- set rows = dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_columns_sql('ColumnsJQV', databases, ['V'])) -%}
    {%- set found = [] -%}
    {%- for row in dbee_dbt.dbee_dictionary_column_rows(rows) -%}
        {%- if (row['database'] | upper, row['relation'] | upper) in wanted -%}{%- do found.append(row) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_help_column_sql(view) %}
    {%- set name = dbee_dbt.dbee_identifier(view['database']) ~ '.' ~ dbee_dbt.dbee_identifier(view['name']) -%}
    {{ return('HELP COLUMN ' ~ name ~ '.*') }}
{% endmacro %}


{#-
  The rows of HELP COLUMN as column rows. It shows names cut to 30 characters in the first column, whole ones in "Column
  Dictionary Name", and the name as title where there is no other. Its columns grew with the releases: taken by name.
-#}
{% macro dbee_help_column_rows(view, helped) %}
    {%- set rows = [] -%}
    {%- for row in helped -%}
        {%- set column = (row.get('column dictionary name') or row['column name']).rstrip(' ') -%}
        {%- do rows.append({
            'databasename': view['database'],
            'tablename': view['name'],
            'columnposition': loop.index,
            'columnname': column,
            'columntype': (row['type'] or '') | trim,
            'columnlength': row['max length'],
            'chartype': row.get('char type'),
            'decimaltotaldigits': row['decimal total digits'],
            'decimalfractionaldigits': row['decimal fractional digits'],
            'columnudtname': row.get('udt name'),
            'nullable': (row['nullable'] or '') | trim,
            'uppercaseflag': (row.get('uppercase') or '') | trim,
            'columnformat': (row['format'] or '') | trim or none,
            'columntitle': none if row.get('title') == column else row.get('title'),
            'defaultvalue': none,
            'compressible': none,
            'compressvaluelist': none,
            'idcoltype': none,
            'columnconstraint': none,
            'commentstring': none,
        }) -%}
    {%- endfor -%}
    {{ return(dbee_dbt.dbee_dictionary_column_rows(rows)) }}
{% endmacro %}


{#- Put into resolved rows the comments of the columns, which the dictionary holds and HELP COLUMN does not tell. -#}
{% macro dbee_keep_comments(resolved, columns) %}
    {%- set comments = {} -%}
    {%- for row in columns if row['comment'] -%}
        {%- do comments.update({(row['database'], row['relation'], row['name'] | upper): row['comment']}) -%}
    {%- endfor -%}
    {%- for row in resolved -%}
        {%- do row.update({'comment': comments.get((row['database'], row['relation'], row['name'] | upper))}) -%}
    {%- endfor -%}
{% endmacro %}
