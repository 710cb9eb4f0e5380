{#-
  What dbt holds a model to, {contract, group, access, version, constraints}, or none where nothing is asked for.

  settings: {contract, group, access, version}, of the options or of a layer's rule. materialized: how the model is built:
  a view has a contract for its columns and no constraints.
-#}
{% macro dbee_governance(relation, settings, materialized, tools) %}
    {%- if not (settings['contract'] or settings['group'] or settings['access'] or settings['version']) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set typed = relation['model_columns'] and not relation['model_columns'] | rejectattr('model_type') | list -%}
    {%- if settings['contract'] and not typed -%}
        {%- do dbee_dbt.dbee_skip(tools['skipped'], 'contract', 'the type of a column is not known') -%}
    {%- endif -%}
    {%- set contract = settings['contract'] and typed -%}
    {%- set constrained = contract and materialized == 'table' and relation['kind'] == 'table' -%}
    {{ return({
        'contract': contract, 'group': settings['group'], 'access': settings['access'], 'version': settings['version'],
        'constrained': constrained,
        'constraints': dbee_dbt.dbee_model_constraints(relation, tools) if constrained else [],
    }) }}
{% endmacro %}


{#-
  The constraints of a table that its model can have: keys that stand beside the primary index, and checks. A key that is
  the primary index is one in the model too, and Teradata takes no second index on the same columns.
-#}
{% macro dbee_model_constraints(relation, tools) %}
    {%- set columns = {} -%}
    {%- set retyped = dbee_dbt.dbee_retyped_columns(relation['columns']) -%}
    {%- for column in relation['columns'] -%}{%- do columns.update({column['name']['name'] | upper: column}) -%}{%- endfor -%}
    {%- set constraints = [] -%}
    {%- for index in relation['indexes'] if dbee_dbt.dbee_is_key_beside(index) -%}
        {%- set names = [] -%}
        {%- for name in index['columns'] -%}{%- do names.append(columns[name | upper]['alias']['sql']) -%}{%- endfor -%}
        {%- do constraints.append({
            'type': index['key'].replace(' ', '_'), 'what': 'columns', 'value': dbee_dbt.dbee_yaml_list(names),
        }) -%}
    {%- endfor -%}
    {%- set names = dbee_dbt.dbee_names_in_model(relation) -%}
    {%- for check in relation['checks'] -%}
        {%- if dbee_dbt.dbee_renamed_code(check, retyped) != check -%}
            {%- do dbee_dbt.dbee_skip(tools['skipped'], 'check constraint of a model', 'it rests on a column that is cast') -%}
        {%- else -%}
            {%- do constraints.append({
                'type': 'check', 'what': 'expression',
                'value': dbee_dbt.dbee_yaml_quoted(dbee_dbt.dbee_renamed_code(check, names)),
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(constraints) }}
{% endmacro %}


{% macro dbee_is_key_beside(index) %}
    {{ return(index['key'] and index['form'] == 'secondary' and index['columns'] | length > 0) }}
{% endmacro %}


{#- The plan of a relation for the table that is made of it: without the indexes that constraints bring. -#}
{% macro dbee_without_keys(relation, governance) %}
    {%- if not (governance and governance['constrained']) -%}{{ return(relation) }}{%- endif -%}
    {%- set indexes = [] -%}
    {%- for index in relation['indexes'] if not dbee_dbt.dbee_is_key_beside(index) -%}{%- do indexes.append(index) -%}{%- endfor -%}
    {{ return(dict(relation, indexes=indexes)) }}
{% endmacro %}


{#- What the staging models and the layers behind them are held to. The file of a converted view is called as it is. -#}
{% macro dbee_add_governance(relations, options, tools) %}
    {%- for relation in relations if relation['modelled'] -%}
        {%- set settings = dict(options, version=none) if relation['converted'] else options -%}
        {%- do relation.update({
            'governance': dbee_dbt.dbee_governance(relation, settings, options['materialized'], tools),
        }) -%}
        {%- for layer in relation['layers'] -%}
            {%- do layer.update({
                'governance': dbee_dbt.dbee_governance(relation, layer['rule'], layer['rule']['materialized'], tools),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
