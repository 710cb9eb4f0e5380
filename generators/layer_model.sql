{#-
  A model behind staging: a skeleton that selects every column of the model before it. As a table it lies as the table
  that it comes from.

  database, relation: of the plan; layer: of the relation, see dbee_add_layers.
-#}
{% macro dbee_generate_layer_model(database, relation, layer) -%}
{{ dbee_dbt.dbee_generate_config(
    database, dbee_dbt.dbee_without_keys(relation, layer['governance']), layer['rule']['materialized']) }}

select
{%- for column in relation['model_columns'] %}
    {{ column['alias']['template'] }}
    {%- if not loop.last %},{% endif %}
{%- endfor %}
from {{ '{{' }} ref({{ dbee_dbt.dbee_jinja_string(layer['reads']['name'] if layer['reads'] else relation['model']) }}) {{ '}}' }}
{% endmacro %}
