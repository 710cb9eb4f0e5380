{#-
  The actual side, ready for matching: {(database, name): relation}, both folded. A relation is its row of
  dbee_dictionary_relations with `columns` ({folded name: column row}, in order), `primary_index`, `partitioning`
  (levels), `indexes` (secondary), `references` and `checks` beside it, and `made`: for which node dbt made it, '' where
  somebody else did, none where nobody tells.

  rows: {relations, columns, indexes, partitioning, references, checks, makers} as the dictionary macros return
    them; without makers nobody tells who made what.
  wanted: keys of the relations whose columns are needed; the others keep an empty `columns`.
-#}
{% macro dbee_world(rows, wanted) %}
    {%- set relations = {} -%}
    {%- set wanted = dict.fromkeys(wanted) -%}
    {%- set unmarked = none if rows.get('makers') is none else '' -%}
    {%- for row in rows['relations'] -%}
        {%- set key = dbee_dbt.dbee_key(row['database'], row['name']) -%}
        {#- Functions and the like have a name space of their own: a table or view of the same name is what dbt means. -#}
        {%- if key not in relations or row['kind'] in ('table', 'view') -%}
            {%- do relations.update({key: dict(
                row, columns={}, primary_index=none, partitioning=[], indexes=[], references=[], checks=[], made=unmarked
            )}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do dbee_dbt.dbee_place_columns(relations, rows['columns'], wanted) -%}
    {%- do dbee_dbt.dbee_place_indexes(relations, rows['indexes']) -%}
    {%- for row in rows['partitioning'] -%}
        {%- set key = dbee_dbt.dbee_key(row['database'], row['relation']) -%}
        {%- if key in relations -%}{%- do relations[key].update({'partitioning': row['levels']}) -%}{%- endif -%}
    {%- endfor -%}
    {%- for row in rows.get('makers') or [] -%}
        {%- set key = dbee_dbt.dbee_key(row['database'], row['name']) -%}
        {%- if key in relations -%}{%- do relations[key].update({'made': row['made']}) -%}{%- endif -%}
    {%- endfor -%}
    {%- for facet in ('references', 'checks') -%}
        {%- for row in rows.get(facet) or [] -%}
            {%- set key = dbee_dbt.dbee_key(row['database'], row['relation']) -%}
            {%- if key in relations -%}{%- do relations[key][facet].append(row) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(relations) }}
{% endmacro %}


{#-
  Put column rows below their relations; of two calls the later wins, so that the resolved columns of a view replace its
  bare names. Every column of every table passes here: filters do the work, which costs a tenth of what a loop does.
-#}
{% macro dbee_place_columns(relations, rows, wanted) %}
    {%- for name, named in rows | groupby('relation', case_sensitive=true) -%}
        {%- for database, columns in named | groupby('database', case_sensitive=true) -%}
            {%- set key = dbee_dbt.dbee_key(database, name) -%}
            {%- if key in wanted and key in relations -%}
                {%- set names = dbee_dbt.dbee_fold_all(columns | map(attribute='name') | list) -%}
                {%- do relations[key].update({'columns': dict(zip(names, columns))}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}


{#- The indexes of each table. A table that has no row for one has none; a row without a form says: not known. -#}
{% macro dbee_place_indexes(relations, rows) %}
    {%- for relation in relations.values() if relation['kind'] == 'table' -%}
        {%- do relation.update({'primary_index': {'form': 'no primary index', 'unique': false, 'columns': []}}) -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- set key = dbee_dbt.dbee_key(row['database'], row['relation']) -%}
        {%- if key not in relations -%}
        {%- elif row['form'] == 'secondary' -%}{%- do relations[key]['indexes'].append(row) -%}
        {%- else -%}{%- do relations[key].update({'primary_index': row}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
