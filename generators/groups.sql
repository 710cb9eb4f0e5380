{#-
  The groups that the models are in, as far as the options name their owners; others are the project's.

  groups: a list of {name, owner}.
-#}
{% macro dbee_generate_groups(groups) -%}
version: 2

groups:
{%- for group in groups %}
  - name: {{ group['name'] }}
    owner:
      name: {{ dbee_dbt.dbee_yaml_quoted(group['owner']) }}
{%- endfor %}
{% endmacro %}
