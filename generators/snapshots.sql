{#-
  Snapshot YAML: the snapshots of one database, each of a source, in the form that dbt has since 1.9.

  database: of the plan; relations: those that get a snapshot, see dbee_add_snapshots.
-#}
{% macro dbee_generate_snapshots(database, relations) -%}
version: 2

snapshots:
{%- for relation in relations %}
{%- set snapshot = relation['snapshot'] %}
  - name: {{ relation['snapshot_name'] }}
{%- if relation['description'] %}
    description: {{ relation['description'] }}
{%- endif %}
    relation: source('{{ database['source'] }}', '{{ relation['table'] }}')
    config:
      unique_key: {{ dbee_dbt.dbee_yaml_list(snapshot['unique_key']) if snapshot['unique_key'] | length > 1
        else dbee_dbt.dbee_yaml_text(snapshot['unique_key'][0]) }}
{%- if snapshot['updated_at'] %}
      strategy: timestamp
      updated_at: {{ dbee_dbt.dbee_yaml_text(snapshot['updated_at']) }}
{%- else %}
      strategy: check
      check_cols: all
{%- endif %}
{%- endfor %}
{% endmacro %}
