{#-
  Gives each relation the name of its model, of its snapshot, of its layers, and its name in the source. Models and
  snapshots share one name space in a dbt project, names in a source one each. The longest name a model may have leaves room for the 12 characters that dbt
  appends while it replaces a table (Teradata's names have up to 128).
-#}
{% macro dbee_name_relations(relations, options) %}
    {%- set models, snapshots = [], [] -%}
    {%- set tables = {} -%}
    {%- for relation in relations -%}
        {%- set database = relation['database'] -%}
        {%- set slug = dbee_dbt.dbee_slug(relation['name']) -%}
        {%- set exact = slug == relation['name'] -%}
        {%- set origin = database ~ '.' ~ relation['name'] -%}
        {%- set database_slug = dbee_dbt.dbee_slug(database) -%}
        {%- set cased = dbee_dbt.dbee_cased(database_slug ~ '__' ~ slug, options['case']) -%}
        {%- set wish = {'wish': options['prefix'] ~ cased, 'exact': exact and database_slug == database, 'origin': origin} -%}
        {%- do models.append(wish) -%}
        {%- if relation['snapshot'] -%}{%- do snapshots.append(dict(wish, wish='snap_' ~ cased)) -%}{%- endif -%}
        {%- if database not in tables -%}{%- do tables.update({database: []}) -%}{%- endif -%}
        {%- do tables[database].append({'wish': slug, 'exact': exact, 'origin': origin}) -%}
    {%- endfor -%}
    {%- set layers = relations | map(attribute='layers') | sum(start=[]) -%}
    {%- set wishes = models + snapshots -%}
    {%- for layer in layers -%}
        {%- do wishes.append({'wish': layer['wish'], 'exact': false, 'origin': layer['origin']}) -%}
    {%- endfor -%}
    {#- A version stands behind the name. -#}
    {%- set model_names = dbee_dbt.dbee_distinct_names(wishes, 116 - (6 if layers or options['version'] else 0)) -%}
    {%- set table_names = [] -%}
    {%- for database in tables -%}
        {%- do table_names.extend(dbee_dbt.dbee_distinct_names(tables[database], 128)) -%}
    {%- endfor -%}
    {%- for relation in relations -%}
        {%- do relation.update({'model': model_names[loop.index0], 'table': table_names[loop.index0]}) -%}
    {%- endfor -%}
    {%- for relation in relations | selectattr('snapshot') -%}
        {%- do relation.update({'snapshot_name': model_names[models | length + loop.index0]}) -%}
    {%- endfor -%}
    {%- for layer in layers -%}
        {%- do layer.update({'name': model_names[models | length + snapshots | length + loop.index0]}) -%}
    {%- endfor -%}
{% endmacro %}


{#- The databases with their relations, each with the name of its source and of its folder. -#}
{% macro dbee_database_plans(databases, relations, options) %}
    {%- set rows = {} -%}
    {%- for row in databases -%}{%- do rows.update({row['name'] | upper: row}) -%}{%- endfor -%}
    {%- set plans = [] -%}
    {%- set sources = [] -%}
    {%- set folders = [] -%}
    {%- for name, found in relations | groupby('database') -%}
        {%- set row = rows.get(name | upper, {}) -%}
        {%- set slug = dbee_dbt.dbee_slug(name) -%}
        {%- set folder = dbee_dbt.dbee_folder_name(dbee_dbt.dbee_cased(slug, options['case'])) -%}
        {%- do sources.append({'wish': slug, 'exact': slug == name, 'origin': name}) -%}
        {%- do folders.append({'wish': folder, 'exact': folder | lower == name | lower, 'origin': name}) -%}
        {%- do plans.append({
            'name': name, 'relations': found, 'row': row,
            'description': dbee_dbt.dbee_yaml_description(row.get('comment')),
        }) -%}
    {%- endfor -%}
    {%- set source_names = dbee_dbt.dbee_distinct_names(sources, 128) -%}
    {%- set folder_names = dbee_dbt.dbee_distinct_names(folders, 128) -%}
    {%- for plan in plans -%}
        {%- do plan.update({'source': source_names[loop.index0], 'folder': folder_names[loop.index0]}) -%}
    {%- endfor -%}
    {{ return(plans) }}
{% endmacro %}
