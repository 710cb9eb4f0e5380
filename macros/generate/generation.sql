{#-
  Everything that is generated from a catalog, as text; nothing is written here. The command line and the run-operation
  both call this, and so they give the same bytes.

  rows: {databases, relations, columns, indexes, partitioning}, lists as dbee_dictionary_* return them, of what is meant.
  options: {into, prefix, materialized, case}.

  Returns {files, summary}: files, a list of {path, text} with "/" in the path; summary, {tables, views, columns,
  untyped (columns of views whose type is not known), untested (columns of sources that dbt cannot test), skipped (a
  list of {what, why, count})}.
-#}
{% macro dbee_generation(rows, options) %}
    {%- set plan = dbee_generation_plan(rows, options) -%}
    {%- set files = [] -%}
    {%- for database in plan['databases'] -%}
        {%- set folder = options['into'] ~ '/' ~ database['folder'] ~ '/' -%}
        {%- set stem = folder ~ '_' ~ database['folder'] -%}
        {%- do files.append({'path': stem ~ '__sources.yml', 'text': dbee_generate_sources(database)}) -%}
        {%- do files.append({'path': stem ~ '__models.yml', 'text': dbee_generate_models_yaml(database)}) -%}
        {%- for relation in database['relations'] -%}
            {%- do files.append({
                'path': folder ~ relation['model'] ~ '.sql',
                'text': dbee_generate_staging_model(database, relation, options),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return({'files': files, 'summary': plan['summary']}) }}
{% endmacro %}


{#- What will be generated, database by database, with every name, text and test decided; the generators only write. -#}
{% macro dbee_generation_plan(rows, options) %}
    {%- set summary = {'tables': 0, 'views': 0, 'columns': 0, 'untyped': 0, 'untested': 0, 'skipped': []} -%}
    {%- set tools = {'reserved': dbee_reserved_words(), 'yaml': {}, 'case': options['case'], 'summary': summary} -%}
    {%- set columns = dbee_by_relation(rows['columns']) -%}
    {%- set indexes = dbee_by_relation(rows['indexes']) -%}
    {%- set partitioning = dbee_by_relation(rows['partitioning']) -%}
    {%- set planned = [] -%}
    {%- for row in dbee_generated_relations(rows['relations'], columns, summary) -%}
        {%- set address = (row['database'], row['name']) -%}
        {%- do planned.append(dbee_relation_plan(
            row, columns[address], indexes.get(address, []), partitioning.get(address, []), tools
        )) -%}
    {%- endfor -%}
    {%- do dbee_name_relations(planned, options) -%}
    {{ return({'databases': dbee_database_plans(rows['databases'], planned, options), 'summary': summary}) }}
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


{#- The tables and views that a model can read, sorted; all else is counted in the summary. -#}
{% macro dbee_generated_relations(relations, columns, summary) %}
    {%- set counts = {} -%}
    {%- set found = [] -%}
    {%- for row in relations | sort(attribute='database,name') -%}
        {%- set reason = dbee_not_generated(row, (row['database'], row['name']) in columns) -%}
        {%- if reason is none -%}{%- do found.append(row) -%}
        {%- else -%}{%- do counts.update({reason: counts.get(reason, 0) + 1}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for reason in counts | sort -%}
        {%- do summary['skipped'].append({'what': reason[0], 'why': reason[1], 'count': counts[reason]}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- (what, why) of an object that gets no model, or none. -#}
{% macro dbee_not_generated(row, has_columns) %}
    {%- if row['kind'] not in ('table', 'view') -%}{{ return((row['kind'], 'no model reads this kind')) }}{%- endif -%}
    {%- if row['on_commit'] -%}
        {{ return(('global temporary table', 'each session sees only its own rows')) }}
    {%- endif -%}
    {%- if not has_columns -%}{{ return((row['kind'], 'its columns are not known')) }}{%- endif -%}
    {{ return(none) }}
{% endmacro %}


{#- A table or view without the names that depend on all others. -#}
{% macro dbee_relation_plan(row, columns, indexes, partitioning, tools) %}
    {%- set unique = dbee_unique_columns(indexes) -%}
    {%- set planned = dbee_column_plans(columns, unique['single'], tools) -%}
    {%- set kind = row['kind'] ~ 's' -%}
    {%- do tools['summary'].update({kind: tools['summary'][kind] + 1}) -%}
    {{ return({
        'database': row['database'],
        'name': row['name'],
        'kind': row['kind'],
        'description': dbee_description(row['comment']),
        'columns': planned,
        'unique': unique['composite'],
        'row': row,
        'indexes': indexes,
        'partitioning': partitioning[0]['levels'] if partitioning else [],
        'reserved': tools['reserved'],
    }) }}
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
    {{ return({'single': single, 'composite': composite}) }}
{% endmacro %}


{#-
  Columns in declared order. `alias` is the model's name of a column: the column's own, in the case asked for. Texts that
  come again and again (types, names) are escaped once.
-#}
{% macro dbee_column_plans(columns, unique, tools) %}
    {%- set yaml = tools['yaml'] -%}
    {%- set planned = [] -%}
    {%- set taken = {} -%}
    {%- for column in columns | sort(attribute='position') -%}
        {%- set name = column['name'] -%}
        {%- set type = column['type'] -%}
        {%- set cased = name if tools['case'] == 'keep' else dbee_cased(name, tools['case']) -%}
        {%- set alias = name if cased in taken else cased -%}
        {%- do taken.update({alias: true}) -%}
        {%- for text in (name, alias, type) if text is not none and text not in yaml -%}
            {%- do yaml.update({text: {
                'text': dbee_yaml_text(text), 'sql': dbee_sql_name(text, tools['reserved']), 'quoted': '"' in text or '{' in text
            }}) -%}
        {%- endfor -%}
        {%- set is_unique = name | upper in unique -%}
        {%- do planned.append({
            'name': name,
            'text': yaml[name]['text'],
            'sql': yaml[name]['sql'],
            'alias': alias,
            'alias_text': yaml[alias]['text'],
            'alias_sql': yaml[alias]['sql'],
            'type': yaml[type]['text'] if type else none,
            'description': column['comment'] and dbee_yaml_quoted(dbee_description(column['comment'])),
            'unique': is_unique,
            'not_null': column['nullable'] is false,
            'testable': not yaml[name]['quoted'],
        }) -%}
        {%- if not type -%}{%- do tools['summary'].update({'untyped': tools['summary']['untyped'] + 1}) -%}{%- endif -%}
        {%- if yaml[name]['quoted'] and (is_unique or column['nullable'] is false) -%}
            {%- do tools['summary'].update({'untested': tools['summary']['untested'] + 1}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do tools['summary'].update({'columns': tools['summary']['columns'] + planned | length}) -%}
    {{ return(planned) }}
{% endmacro %}
