{#-
  The models behind staging, by naming rules: `layers` of a relation's plan, a list of {rule, reads (the layer before, or
  none for staging)}. Each rule that means a table gives it a model; the first reads the staging model, each other the one
  before it. Such a model is a skeleton: it selects the columns, and what it is for is left to be written.
-#}
{% macro dbee_add_layers(relations, options, skipped) %}
    {%- for relation in relations if relation['modelled'] -%}
        {%- set layers = [] -%}
        {%- for rule in options['layers'] -%}
            {%- for pattern in rule['tables'] if dbee_dbt.dbee_table_matches(pattern, relation) -%}
                {%- if loop.first -%}
                    {%- set table = dbee_dbt.dbee_split_pattern(pattern)[-1] -%}
                    {%- set wish = dbee_dbt.dbee_slug(dbee_dbt.dbee_renamed(relation['name'], table, rule['name'])) -%}
                    {%- do layers.append({
                        'rule': rule, 'wish': dbee_dbt.dbee_cased(wish, options['case']),
                        'origin': relation['database'] ~ '.' ~ relation['name'] ~ ' ' ~ rule['name'],
                        'reads': layers[-1] if layers else none,
                    }) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if layers and not relation['columns'] -%}
            {%- do dbee_dbt.dbee_skip(skipped, 'model behind a view', 'its columns are not known') -%}
        {%- else -%}{%- do relation.update({'layers': layers}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- The files of the layers behind staging of one database: the models, and their YAML by folder. -#}
{% macro dbee_layer_files(database, files, nodes) %}
    {%- set folders = {} -%}
    {%- for relation in database['relations'] -%}
        {%- for layer in relation['layers'] -%}
            {%- set folder = layer['rule']['into'] ~ '/' ~ database['folder'] ~ '/' -%}
            {%- set path = folder ~ dbee_dbt.dbee_model_file(layer['name'], layer['governance']) -%}
            {%- do nodes.append({'kind': 'model', 'name': layer['name'], 'path': path}) -%}
            {%- do files.append({'path': path, 'text': dbee_dbt.dbee_generate_layer_model(database, relation, layer)}) -%}
            {%- do folders.setdefault(folder, []).append(
                dict(relation, model=layer['name'], governance=layer['governance'])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for folder, models in folders.items() -%}
        {%- do files.append({
            'path': folder ~ '_' ~ database['folder'] ~ '__models.yml', 'text': dbee_dbt.dbee_generate_models_yaml(models),
        }) -%}
    {%- endfor -%}
{% endmacro %}


{#- How dbt wants the file of a model called. -#}
{% macro dbee_model_file(name, governance) %}
    {{ return(name ~ ('_v' ~ governance['version'] if governance and governance['version'] else '') ~ '.sql') }}
{% endmacro %}
