{#-
  Unit-test skeletons of the staging models of one database: a row goes in, and the same values have to come out under the
  names of the model. What a model makes anew (a key, a cast) is left to be written.

  database: of the plan; relations: those whose columns have values here, see dbee_unit_rows.
-#}
{% macro dbee_generate_unit_tests(database, relations) -%}
version: 2

unit_tests:
{%- for relation in relations %}
  - name: {{ relation['model'] }}_takes_over_its_source
    model: {{ relation['model'] }}
    description: A skeleton. Give it the rows that matter, and what has to become of them.
    given:
      - input: source('{{ database['source'] }}', '{{ relation['table'] }}')
        rows:
          - {{ relation['unit_rows']['given'] }}
    expect:
      rows:
        - {{ relation['unit_rows']['expect'] }}
{%- endfor %}
{% endmacro %}
