{#-
  Model YAML: the models of one database and layer with the comments, types and keys of what they read. Constraints that
  the database itself enforces are tested at the source; a model tests only that its key is one.

  relations: those of one of the plan's databases that get a model, see dbee_generation_plan; `model` is its name,
  `governance` what dbt holds it to.
-#}
{% macro dbee_generate_models_yaml(relations) -%}
version: 2

models:
{%- for relation in relations %}
  - name: {{ relation['model'] }}
{%- if relation['description'] %}
    description: {{ relation['description'] }}
{%- endif %}
{%- set governance = relation['governance'] %}
{%- if governance %}
{%- if governance['version'] %}
    latest_version: {{ governance['version'] }}
{%- endif %}
{%- if governance['contract'] or governance['group'] or governance['access'] %}
    config:
{%- if governance['contract'] %}
      contract:
        enforced: true
{%- endif %}
{%- if governance['group'] %}
      group: {{ governance['group']['name'] }}
{%- endif %}
{%- if governance['access'] %}
      access: {{ governance['access'] }}
{%- endif %}
{%- endif %}
{%- if governance['constraints'] %}
    constraints:
{%- for constraint in governance['constraints'] %}
      - type: {{ constraint['type'] }}
        {{ constraint['what'] }}: {{ constraint['value'] }}
{%- endfor %}
{%- endif %}
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
{%- if governance and governance['constrained'] and column['required'] %}
        constraints:
          - type: not_null
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
{%- if governance and governance['version'] %}
    versions:
      - v: {{ governance['version'] }}
{%- endif %}
{%- endfor %}
{% endmacro %}
