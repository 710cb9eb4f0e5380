{#-
  Everything that is generated from a catalog, as text; nothing is written here. The command line and the run-operation
  both call this, and so they give the same bytes.

  rows: {databases, relations, columns, indexes, partitioning}, lists as dbee_dictionary_* return them, of what is meant; an
  index without a form says that nobody knows the primary index. Beside them `asked` is true where a database gave them,
  so that a view without types is one that it cannot resolve.
  options: {into, prefix, materialized, case}.

  Returns {files, nodes, summary}: files, a list of {path, text} with "/" in the path; nodes, the models and sources that
  they define, a list of {kind, name, path}; summary, {tables, views, columns,
  untyped (columns of views whose type is not known), untested (columns of sources that dbt cannot test), skipped (a
  list of {what, why, count})}.
-#}
{% macro dbee_generation(rows, options) %}
    {%- set plan = dbee_dbt.dbee_generation_plan(rows, options) -%}
    {%- set files, nodes = [], [] -%}
    {%- for database in plan['databases'] -%}
        {%- set folder = options['into'] ~ '/' ~ database['folder'] ~ '/' -%}
        {%- set stem = folder ~ '_' ~ database['folder'] -%}
        {%- for relation in database['relations'] -%}
            {%- do nodes.append({
                'kind': 'source', 'name': database['source'] ~ '.' ~ relation['table'], 'path': stem ~ '__sources.yml',
            }) -%}
        {%- endfor -%}
        {%- do files.append({'path': stem ~ '__sources.yml', 'text': dbee_dbt.dbee_generate_sources(database)}) -%}
        {%- set modelled = database['relations'] | selectattr('modelled') | list -%}
        {%- if modelled -%}
            {%- do files.append({
                'path': stem ~ '__models.yml', 'text': dbee_dbt.dbee_generate_models_yaml(modelled),
            }) -%}
        {%- endif -%}
        {%- for relation in modelled -%}
            {%- set path = folder ~ relation['model'] ~ '.sql' -%}
            {%- do nodes.append({'kind': 'model', 'name': relation['model'], 'path': path}) -%}
            {%- do files.append({
                'path': path, 'text': dbee_dbt.dbee_generate_staging_model(database, relation, options),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return({'files': files, 'nodes': nodes, 'summary': plan['summary']}) }}
{% endmacro %}


{#- What will be generated, database by database, with every name, text and test decided; the generators only write. -#}
{% macro dbee_generation_plan(rows, options) %}
    {%- set summary = {'tables': 0, 'views': 0, 'columns': 0, 'untyped': 0, 'untested': 0, 'skipped': []} -%}
    {%- set tools = {
        'reserved': dbee_dbt.dbee_reserved_words(), 'names': {}, 'types': {}, 'case': options['case'], 'summary': summary,
    } -%}
    {%- set columns = dbee_dbt.dbee_by_relation(rows['columns']) -%}
    {%- set indexes = dbee_dbt.dbee_by_relation(rows['indexes']) -%}
    {%- set partitioning = dbee_dbt.dbee_by_relation(rows['partitioning']) -%}
    {%- set planned = [] -%}
    {%- for row in dbee_dbt.dbee_generated_relations(rows, columns, summary) -%}
        {%- set address = (row['database'], row['name']) -%}
        {%- do planned.append(dbee_dbt.dbee_relation_plan(
            row, columns[address], indexes.get(address, []), partitioning.get(address, []), tools
        )) -%}
    {%- endfor -%}
    {%- do dbee_dbt.dbee_name_relations(planned, options) -%}
    {{ return({'databases': dbee_dbt.dbee_database_plans(rows['databases'], planned, options), 'summary': summary}) }}
{% endmacro %}


{#- Rows by (database, relation). -#}
{% macro dbee_by_relation(rows) %}
    {%- set found = {} -%}
    {%- for row in rows -%}
        {%- set address = (row['database'], row['relation']) -%}
        {%- if address in found -%}{%- do found[address].append(row) -%}
        {%- else -%}{%- do found.update({address: [row]}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#-
  The tables and views, sorted, `modelled` where they get a model. What gets none is counted in the summary; as long as its
  columns have names it is a source all the same, so that somebody owns it.
-#}
{% macro dbee_generated_relations(rows, columns, summary) %}
    {%- set counts = {} -%}
    {%- set found = [] -%}
    {%- for row in rows['relations'] | sort(attribute='database,name') -%}
        {%- set known = columns.get((row['database'], row['name']), []) -%}
        {%- set reason = dbee_dbt.dbee_not_generated(row, known, rows['asked']) -%}
        {%- if reason is not none -%}{%- do counts.update({reason: counts.get(reason, 0) + 1}) -%}{%- endif -%}
        {%- if known and row['kind'] in ('table', 'view') -%}
            {%- do found.append(dict(row, modelled=reason is none)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for reason in counts | sort -%}
        {%- do summary['skipped'].append({'what': reason[0], 'why': reason[1], 'count': counts[reason]}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- (what, why) of an object that gets no model, or none. -#}
{% macro dbee_not_generated(row, columns, asked) %}
    {%- if row['kind'] not in ('table', 'view') -%}{{ return((row['kind'], 'no model reads this kind')) }}{%- endif -%}
    {%- if row['on_commit'] -%}
        {{ return(('model of a global temporary table', 'each session sees only its own rows')) }}
    {%- endif -%}
    {%- if not columns -%}{{ return((row['kind'], 'its columns are not known')) }}{%- endif -%}
    {%- if asked and row['kind'] == 'view' and not columns | selectattr('type') | list -%}
        {{ return(('model of a view', 'the database cannot resolve its columns')) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}


{#- A table or view without the names that depend on all others. -#}
{% macro dbee_relation_plan(row, columns, indexes, partitioning, tools) %}
    {%- set unique = dbee_dbt.dbee_unique_columns(indexes) -%}
    {%- set summary = tools['summary'] -%}
    {%- set kind = row['kind'] ~ 's' -%}
    {%- set levels = partitioning[0]['levels'] if partitioning else [] -%}
    {%- set modelled = row['modelled'] -%}
    {%- set unique_alone = unique['single'] if modelled and row['kind'] == 'table' else {} -%}
    {%- if modelled -%}
        {%- do summary.update({kind: summary[kind] + 1, 'columns': summary['columns'] + columns | length}) -%}
    {%- endif -%}
    {{ return({
        'database': row['database'],
        'name': row['name'],
        'kind': row['kind'],
        'modelled': modelled,
        'description': dbee_dbt.dbee_yaml_description(row['comment']),
        'columns': dbee_dbt.dbee_column_plans(columns, unique_alone, row, tools),
        'unique': unique['composite'],
        'facets': dbee_dbt.dbee_generated_facets(row, indexes, levels, tools),
        'row': row,
        'indexes': indexes,
        'partitioning': levels,
        'reserved': tools['reserved'],
    }) }}
{% endmacro %}


{#-
  What dbt has no key for and the rules hold a table to, {facet: YAML text}: the same that a model declares in its config.
  Nothing where nobody knows it.
-#}
{% macro dbee_generated_facets(row, indexes, levels, tools) %}
    {%- set facets = {} -%}
    {%- if row['kind'] == 'table' -%}
        {%- if row['set_kind'] -%}{%- do facets.update({'set_kind': row['set_kind']}) -%}{%- endif -%}
        {%- set primary = indexes | rejectattr('form', 'equalto', 'secondary') | first
            | default({'form': 'no primary index'}) -%}
        {%- if primary['form'] is not none -%}
            {%- set text = dbee_dbt.dbee_primary_index_text(primary) -%}
            {%- do facets.update({'primary_index': dbee_dbt.dbee_yaml_text(text)}) -%}
        {%- endif -%}
        {%- if levels -%}
            {%- set texts = [] -%}
            {%- for level in levels -%}
                {%- do texts.append(dbee_dbt.dbee_partitioning_text(level, tools['reserved'])) -%}
            {%- endfor -%}
            {%- do facets.update({
                'partitioning': dbee_dbt.dbee_yaml_text(texts[0]) if texts | length == 1 else dbee_dbt.dbee_yaml_list(texts),
            }) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(facets) }}
{% endmacro %}


{#- The columns that are unique alone, folded, as keys; and the lists of columns that are unique together. -#}
{% macro dbee_unique_columns(indexes) %}
    {%- set single = {} -%}
    {%- set composite = [] -%}
    {%- for index in indexes if index['unique'] -%}
        {%- if index['columns'] | length == 1 -%}{%- do single.update({index['columns'][0] | upper: true}) -%}
        {%- elif index['columns'] not in composite -%}{%- do composite.append(index['columns']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'single': single, 'composite': composite | sort}) }}
{% endmacro %}


{#-
  Columns in declared order: {name, in the source; alias, in the model; renamed; type and comment, as YAML or none;
  unique and not_null, to be tested; required, where the table takes no null}. Names and types come again and again, so
  each is escaped once.

  unique: the columns that are unique alone, folded, as keys.

  owner: their table or view. A column of a view may be said not to be null, and nothing holds it to that.
-#}
{% macro dbee_column_plans(columns, unique, owner, tools) %}
    {%- set names = tools['names'] -%}
    {%- set types = tools['types'] -%}
    {%- set summary = tools['summary'] -%}
    {%- set taken = [] -%}
    {%- set planned = [] -%}
    {%- set append = planned.append -%}
    {%- set table = owner['kind'] == 'table' -%}
    {%- set yaml_description = dbee_dbt.dbee_yaml_description -%}
    {%- for column in columns | sort(attribute='position') -%}
        {%- set name = column['name'] -%}
        {%- if name not in names -%}{%- do names.update({name: dbee_dbt.dbee_name_plan(name, tools)}) -%}{%- endif -%}
        {%- set plan = names[name] -%}
        {%- set renamed = plan['alias'] is not none and plan['alias']['name'] not in taken -%}
        {%- if renamed -%}{%- do taken.append(plan['alias']['name']) -%}{%- endif -%}
        {%- set key = name | upper in unique -%}
        {%- set required = table and column['nullable'] is false -%}
        {%- set not_null = required and owner['modelled'] -%}
        {%- set type = column['type'] -%}
        {%- if type and type not in types -%}{%- do types.update({type: dbee_dbt.dbee_yaml_text(type)}) -%}{%- endif -%}
        {%- if not type -%}{%- do summary.update({'untyped': summary['untyped'] + 1}) -%}{%- endif -%}
        {%- if not plan['testable'] and (key or not_null) -%}
            {%- do summary.update({'untested': summary['untested'] + 1}) -%}
        {%- endif -%}
        {%- do append({
            'name': plan,
            'alias': plan['alias'] if renamed else plan,
            'renamed': renamed,
            'type': types[type] if type else none,
            'comment': yaml_description(column['comment']),
            'unique': key and plan['testable'],
            'not_null': not_null and plan['testable'],
            'required': required,
        }) -%}
    {%- endfor -%}
    {{ return(planned) }}
{% endmacro %}


{#-
  A column's name as it is written: {name, yaml, sql, template (SQL in a model), quoted, testable, alias (the same of its name in a model, or none
  where it is no other)}. A name that holds a quote or a brace cannot be put into a generic test, since dbt neither
  doubles quotes nor escapes braces there.
-#}
{% macro dbee_name_plan(name, tools) %}
    {%- set sql = dbee_dbt.dbee_sql_name(name, tools['reserved']) -%}
    {%- set cased = dbee_dbt.dbee_cased(name, tools['case']) -%}
    {{ return({
        'name': name,
        'yaml': dbee_dbt.dbee_yaml_text(name),
        'sql': sql,
        'template': dbee_dbt.dbee_template_text(sql),
        'quoted': sql != name,
        'testable': '"' not in name and '{' not in name,
        'alias': none if cased == name
            else dbee_dbt.dbee_name_plan(cased, {'reserved': tools['reserved'], 'case': 'keep'}),
    }) }}
{% endmacro %}


{#-
  Gives each relation the name of its model and its name in the source. Model names share one name space in a dbt
  project, names in a source one each. The longest name a model may have leaves room for the 12 characters that dbt
  appends while it replaces a table (Teradata's names have up to 128).
-#}
{% macro dbee_name_relations(relations, options) %}
    {%- set models = [] -%}
    {%- set tables = {} -%}
    {%- for relation in relations -%}
        {%- set database = relation['database'] -%}
        {%- set slug = dbee_dbt.dbee_slug(relation['name']) -%}
        {%- set exact = slug == relation['name'] -%}
        {%- set origin = database ~ '.' ~ relation['name'] -%}
        {%- set database_slug = dbee_dbt.dbee_slug(database) -%}
        {%- do models.append({
            'wish': options['prefix'] ~ dbee_dbt.dbee_cased(database_slug ~ '__' ~ slug, options['case']),
            'exact': exact and database_slug == database,
            'origin': origin,
        }) -%}
        {%- if database not in tables -%}{%- do tables.update({database: []}) -%}{%- endif -%}
        {%- do tables[database].append({'wish': slug, 'exact': exact, 'origin': origin}) -%}
    {%- endfor -%}
    {%- set model_names = dbee_dbt.dbee_distinct_names(models, 116) -%}
    {%- set table_names = [] -%}
    {%- for database in tables -%}
        {%- do table_names.extend(dbee_dbt.dbee_distinct_names(tables[database], 128)) -%}
    {%- endfor -%}
    {%- for relation in relations -%}
        {%- do relation.update({'model': model_names[loop.index0], 'table': table_names[loop.index0]}) -%}
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
