{#-
  Everything that is generated from a catalog, as text; nothing is written here. The command line and the run-operation
  both call this, and so they give the same bytes.

  rows: {databases, relations, columns, indexes, partitioning, references, checks}, lists as dbee_dictionary_* return them,
  of what is meant; an index without a form says that nobody knows the primary index. Beside them `asked` is true where a
  database gave them, so that a view without types is one that it cannot resolve. A view with `converted` gets its model's
  text elsewhere: it is no source, and its file is empty here.
  options: as dbee_generation_options returns them.

  Returns {files, nodes, names, summary}: files, a list of {path, text} with "/" in the path; nodes, the models and sources
  that they define, a list of {kind, name, path}; names, where rows hold `named`, what each table and view is called, a
  list of {database, name, source, table, model, path (of its model), converted, settings (of a table)}; summary, {tables,
  views, columns, untyped (columns of views whose type is not known), untested (columns of sources that dbt cannot test), unrenamed
  (columns that keep their name, since another has the one they would get), skipped (a list of {what, why, count})}.
-#}
{% macro dbee_generation(rows, options) %}
    {%- set plan = dbee_dbt.dbee_generation_plan(rows, options) -%}
    {%- set files, nodes, names = [], [], [] -%}
    {%- for database in plan['databases'] -%}
        {%- set folder = options['into'] ~ '/' ~ database['folder'] ~ '/' -%}
        {%- for relation in (database['relations'] if rows.get('named') else []) -%}
            {%- do names.append({
                'database': database['name'], 'name': relation['name'], 'source': database['source'],
                'table': relation['table'], 'model': relation['model'], 'path': folder ~ relation['model'] ~ '.sql',
                'converted': relation['converted'], 'settings': dbee_dbt.dbee_table_settings(database, relation),
            }) -%}
        {%- endfor -%}
        {%- do dbee_dbt.dbee_source_files(database, folder ~ '_' ~ database['folder'], files, nodes) -%}
        {%- for relation in database['relations'] if relation['modelled'] -%}
            {%- set path = folder ~ dbee_dbt.dbee_model_file(relation['model'], relation['governance']) -%}
            {%- do nodes.append({'kind': 'model', 'name': relation['model'], 'path': path}) -%}
            {%- do files.append({
                'path': path,
                'text': '' if relation['converted']
                    else dbee_dbt.dbee_generate_staging_model(database, relation, options),
            }) -%}
        {%- endfor -%}
        {%- if options['layers'] -%}{%- do dbee_dbt.dbee_layer_files(database, files, nodes) -%}{%- endif -%}
    {%- endfor -%}
    {%- set groups = dbee_dbt.dbee_owned_groups(options) -%}
    {%- if groups and files -%}
        {%- do files.append({'path': options['into'] ~ '/_groups.yml', 'text': dbee_dbt.dbee_generate_groups(groups)}) -%}
    {%- endif -%}
    {{ return({'files': files, 'nodes': nodes, 'names': names, 'summary': plan['summary']}) }}
{% endmacro %}


{#- The groups whose owners are said, each once. -#}
{% macro dbee_owned_groups(options) %}
    {%- set groups = {} -%}
    {%- for place in [options] + options['layers'] | list if place['group'] and place['group']['owner'] -%}
        {%- do groups.update({place['group']['name']: place['group']}) -%}
    {%- endfor -%}
    {{ return(groups.values() | list) }}
{% endmacro %}


{#- The YAML files of a database: its source, the snapshots of it, the staging models. stem: what their paths begin with. -#}
{% macro dbee_source_files(database, stem, files, nodes) %}
    {%- set path = stem ~ '__sources.yml' -%}
    {%- set read = database['relations'] | rejectattr('converted') | list -%}
    {%- for relation in read -%}
        {%- do nodes.append({'kind': 'source', 'name': database['source'] ~ '.' ~ relation['table'], 'path': path}) -%}
    {%- endfor -%}
    {%- if read -%}
        {%- do files.append({
            'path': path, 'text': dbee_dbt.dbee_generate_sources(dict(database, relations=read)),
        }) -%}
    {%- endif -%}
    {%- set snapshots = database['relations'] | selectattr('snapshot') | list -%}
    {%- if snapshots -%}
        {%- set path = stem ~ '__snapshots.yml' -%}
        {%- for relation in snapshots -%}
            {%- do nodes.append({'kind': 'snapshot', 'name': relation['snapshot_name'], 'path': path}) -%}
        {%- endfor -%}
        {%- do files.append({'path': path, 'text': dbee_dbt.dbee_generate_snapshots(database, snapshots)}) -%}
    {%- endif -%}
    {%- set modelled = database['relations'] | selectattr('modelled') | list -%}
    {%- if modelled -%}
        {%- do files.append({'path': stem ~ '__models.yml', 'text': dbee_dbt.dbee_generate_models_yaml(modelled)}) -%}
    {%- endif -%}
    {%- set tested = modelled | selectattr('unit_rows') | list -%}
    {%- if tested -%}
        {%- do files.append({
            'path': stem ~ '__unit_tests.yml', 'text': dbee_dbt.dbee_generate_unit_tests(database, tested),
        }) -%}
    {%- endif -%}
{% endmacro %}


{#- What will be generated, database by database, with every name, text and test decided; the generators only write. -#}
{% macro dbee_generation_plan(rows, options) %}
    {%- set summary = {
        'tables': 0, 'views': 0, 'columns': 0, 'untyped': 0, 'untested': 0, 'unrenamed': 0, 'skipped': [],
    } -%}
    {%- set tools = {
        'reserved': dbee_dbt.dbee_reserved_words(), 'traits': {}, 'options': options, 'summary': summary, 'skipped': {},
        'renaming': options['case'] != 'keep' or options['columns'] | length > 0,
    } -%}
    {#- The model of a converted view has the columns that its own text gives. -#}
    {%- set as_written = dict(tools, traits={}, renaming=false, options=dict(options, columns=[], case='keep')) -%}
    {%- set columns = dbee_dbt.dbee_by_relation(rows['columns']) -%}
    {%- set parts = {
        'indexes': dbee_dbt.dbee_by_relation(rows['indexes']), 'checks': dbee_dbt.dbee_by_relation(rows['checks']),
        'partitioning': dbee_dbt.dbee_by_relation(rows['partitioning']),
    } -%}
    {%- set planned = [] -%}
    {%- for row in dbee_dbt.dbee_generated_relations(rows, columns, tools['skipped']) -%}
        {%- set address = (row['database'], row['name']) -%}
        {%- do planned.append(dbee_dbt.dbee_relation_plan(
            row, columns.get(address, []), parts, as_written if row['converted'] else tools
        )) -%}
    {%- endfor -%}
    {%- do dbee_dbt.dbee_add_what_is_asked(planned, tools) -%}
    {%- do dbee_dbt.dbee_name_relations(planned, options) -%}
    {%- set databases = dbee_dbt.dbee_database_plans(rows['databases'], planned, options) -%}
    {%- do dbee_dbt.dbee_add_constraint_tests(databases, rows, options, tools['skipped']) -%}
    {%- for what, why in tools['skipped'] | sort -%}
        {%- do summary['skipped'].append({'what': what, 'why': why, 'count': tools['skipped'][(what, why)]}) -%}
    {%- endfor -%}
    {{ return({'databases': databases, 'summary': summary}) }}
{% endmacro %}


{#- What the options ask for beside sources and staging models. -#}
{% macro dbee_add_what_is_asked(relations, tools) %}
    {%- set options = tools['options'] -%}
    {%- if options['snapshots'] -%}{%- do dbee_dbt.dbee_add_snapshots(relations, options, tools['skipped']) -%}{%- endif -%}
    {%- if options['surrogate_keys'] -%}
        {%- for relation in relations if relation['modelled'] and relation['kind'] == 'table' and not relation['unique_alone'] -%}
            {%- do dbee_dbt.dbee_add_surrogate_key(relation, tools) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if options['layers'] -%}{%- do dbee_dbt.dbee_add_layers(relations, options, tools['skipped']) -%}{%- endif -%}
    {%- if options['layers'] or options['contract'] or options['group'] or options['access'] or options['version'] -%}
        {%- do dbee_dbt.dbee_add_governance(relations, options, tools) -%}
    {%- endif -%}
    {%- if options['unit_tests'] -%}
        {%- for relation in relations if relation['modelled'] and not relation['converted'] -%}
            {%- do relation.update({'unit_rows': dbee_dbt.dbee_unit_rows(relation)}) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- Rows by (database, relation), in their order. All columns pass here: filters do the work, at a tenth of a loop's cost. -#}
{% macro dbee_by_relation(rows) %}
    {%- set found = {} -%}
    {%- for name, named in rows | groupby('relation', case_sensitive=true) -%}
        {%- for database, group in named | groupby('database', case_sensitive=true) -%}
            {%- do found.update({(database, name): group}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#-
  The tables and views, sorted, `modelled` where they get a model. What gets none is counted; as long as its
  columns have names it is a source all the same, so that somebody owns it.
-#}
{% macro dbee_generated_relations(rows, columns, skipped) %}
    {%- set found = [] -%}
    {%- for row in rows['relations'] | sort(attribute='database,name') -%}
        {%- set known = columns.get((row['database'], row['name']), []) -%}
        {%- set converted = row.get('converted', false) -%}
        {%- set reason = none if converted else dbee_dbt.dbee_not_generated(row, known, rows['asked']) -%}
        {%- if reason is not none -%}{%- do dbee_dbt.dbee_skip(skipped, *reason) -%}{%- endif -%}
        {%- if converted or (known and row['kind'] in ('table', 'view')) -%}
            {%- do found.append(dict(row, modelled=reason is none, converted=converted)) -%}
        {%- endif -%}
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
{% macro dbee_relation_plan(row, columns, parts, tools) %}
    {%- set address = (row['database'], row['name']) -%}
    {%- set indexes = parts['indexes'].get(address, []) -%}
    {%- set partitioning = parts['partitioning'].get(address) -%}
    {%- set levels = partitioning[0]['levels'] if partitioning else [] -%}
    {%- set unique = dbee_dbt.dbee_unique_columns(indexes) -%}
    {%- set summary = tools['summary'] -%}
    {%- set kind = row['kind'] ~ 's' -%}
    {%- set modelled = row['modelled'] -%}
    {%- set tested = modelled and row['kind'] == 'table' and 'unique' in tools['options']['tests'] -%}
    {%- if modelled -%}
        {%- do summary.update({kind: summary[kind] + 1, 'columns': summary['columns'] + columns | length}) -%}
    {%- endif -%}
    {%- set checks = parts['checks'].get(address, []) | map(attribute='expression') | list -%}
    {%- set plans = dbee_dbt.dbee_column_plans(columns, unique['single'] if tested else {}, row, checks, tools) -%}
    {{ return({
        'database': row['database'],
        'name': row['name'],
        'kind': row['kind'],
        'modelled': modelled,
        'converted': row['converted'],
        'snapshot': none,
        'layers': [],
        'governance': none,
        'unit_rows': none,
        'description': dbee_dbt.dbee_yaml_description(row['comment']),
        'columns': plans,
        'model_columns': plans,
        'unique': unique['composite'],
        'unique_alone': unique['single'],
        'facets': dbee_dbt.dbee_generated_facets(row, indexes, levels, tools),
        'row': row,
        'indexes': indexes,
        'partitioning': dbee_dbt.dbee_model_partitioning(levels, plans, tools) if levels and tools['renaming'] else levels,
        'checks': checks,
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
            {%- set text = dbee_dbt.dbee_primary_index_text(primary, tools['reserved']) -%}
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
