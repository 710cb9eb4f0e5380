{#-
  Source YAML: one source a database, with its tables and views, exact types, comments as descriptions, and the tests
  that follow from NOT NULL, PRIMARY KEY, UNIQUE and unique indexes. Columns that are unique only together stand in
  `meta.dbee.unique`; what the rules hold the table to, and dbt has no key for, in `meta.dbee.facets`.

  database: one of the plan's databases, see dbee_generation_plan.
-#}
{% macro dbee_generate_sources(database) -%}
version: 2

sources:
  - name: {{ dbee_dbt.dbee_yaml_text(database['source']) }}
    schema: {{ dbee_dbt.dbee_source_schema(database) }}
{%- if database['description'] %}
    description: {{ database['description'] }}
{%- endif %}
    tables:
{%- for relation in database['relations'] %}
      - name: {{ dbee_dbt.dbee_yaml_text(relation['table']) }}
{%- if relation['table'] != relation['name'] %}
        identifier: {{ dbee_dbt.dbee_yaml_text(dbee_dbt.dbee_dbt_name(relation['name'])) }}
{%- endif %}
{%- if relation['description'] %}
        description: {{ relation['description'] }}
{%- endif %}
{%- if relation['facets'] or relation['unique'] %}
        config:
          meta:
            dbee:
{%- endif %}
{%- if relation['facets'] %}
              facets:
{%- for facet, text in relation['facets'].items() %}
                {{ facet }}: {{ text }}
{%- endfor %}
{%- endif %}
{%- if relation['unique'] %}
              unique:
{%- for columns in relation['unique'] %}
                - {{ dbee_dbt.dbee_yaml_list(columns) }}
{%- endfor %}
{%- endif %}
        columns:
{%- for column in relation['columns'] %}
          - name: {{ column['name']['yaml'] }}
{%- if column['name']['quoted'] %}
            quote: true
{%- endif %}
{%- if column['type'] %}
            data_type: {{ column['type'] }}
{%- endif %}
{%- if column['comment'] %}
            description: {{ column['comment'] }}
{%- endif %}
{%- if column['required'] %}
            config: {meta: {dbee: {facets: {nullable: false}}}}
{%- endif %}
{%- if column['unique'] or column['not_null'] or column['tests'] %}
            data_tests:
{%- if column['unique'] %}
              - unique
{%- endif %}
{%- if column['not_null'] %}
              - not_null
{%- endif %}
{%- for test in column['tests'] %}
              - {{ test['name'] }}:
                  arguments:
{%- for argument, value in test['arguments'] %}
                    {{ argument }}: {{ value }}
{%- endfor %}
{%- endfor %}
{%- endif %}
{%- endfor %}
{%- endfor %}
{% endmacro %}
