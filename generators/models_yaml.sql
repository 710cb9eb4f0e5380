{#-
  Model YAML: the staging models of one database with the comments, types and keys of what they read. Constraints that
  the database itself enforces are tested at the source; a model tests only that its key is one.

  relations: those of one of the plan's databases that get a model, see dbee_generation_plan.
-#}
{% macro dbee_generate_models_yaml(relations) -%}
version: 2

models:
{%- for relation in relations %}
  - name: {{ relation['model'] }}
{%- if relation['description'] %}
    description: {{ relation['description'] }}
{%- endif %}
{%- if relation['columns'] %}
    columns:
{%- endif %}
{%- for column in relation['model_columns'] %}
      - name: {{ column['alias']['yaml'] }}
{%- if column['alias']['quoted'] %}
        quote: true
{%- endif %}
{%- if column['model_type'] %}
        data_type: {{ column['model_type'] }}
{%- endif %}
{%- if column['comment'] %}
        description: {{ column['comment'] }}
{%- endif %}
{%- if column['unique'] %}
        data_tests:
{%- if column['unique'] %}
          - unique
{%- endif %}
{%- if column['not_null'] %}
          - not_null
{%- endif %}
{%- endif %}
{%- endfor %}
{%- endfor %}
{% endmacro %}
