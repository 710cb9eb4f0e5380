{#-
  Check the project against the database of the target:

      dbt run-operation dbee_validate
      dbt run-operation dbee_validate --args '{select: "tag:finance stg_orders", fail_on: warn}'

  Prints the findings and one line `DBEE {…}` with the same as JSON, and fails if a finding is as severe as fail_on
  (error or warn), or if something could not be checked. docs/validate.md.
-#}
{% macro dbee_validate(select=none, fail_on='error') %}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- set nodes = dbee_dbt.dbee_graph_nodes() -%}
    {%- do dbee_dbt.dbee_tell(nodes, dbee_dbt.dbee_select(select, nodes), fail_on) -%}
{% endmacro %}


{#-
  Check what a run of dbt built, and nothing else, at its end; in dbt_project.yml:

      on-run-end: "{% do dbee_dbt.dbee_validate_run(selected_resources) %}"

  selected_resources: unique ids, as dbt gives them to this hook alone. Where none of them stands for a table or view (`dbt
  test`), there is nothing to check. Fails the run as dbee_validate fails.
-#}
{% macro dbee_validate_run(selected_resources, fail_on='error') %}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- do dbee_dbt.dbee_check_texts(selected_resources, 'dbee_validate_run: selected_resources') -%}
    {%- set nodes = dbee_dbt.dbee_graph_nodes() -%}
    {%- set selected = dict.fromkeys(selected_resources, true) -%}
    {%- if dbee_dbt.dbee_subject_nodes({'nodes': nodes, 'selected': selected}) -%}
        {%- do dbee_dbt.dbee_tell(nodes, selected, fail_on) -%}
    {%- else -%}
        {%- do print('dbee_validate: nothing that ran stands for a table or view') -%}
    {%- endif -%}
{% endmacro %}


{% macro dbee_graph_nodes() %}
    {{ return(graph.nodes.values() | list + graph.sources.values() | list + graph.exposures.values() | list) }}
{% endmacro %}


{#- Check nodes, print what is found, and fail where the verdict says so. -#}
{% macro dbee_tell(nodes, selected, fail_on) %}
    {%- if fail_on not in ('error', 'warn') -%}
        {%- do exceptions.raise_compiler_error('dbee_validate: fail_on must be error or warn, not ' ~ fail_on) -%}
    {%- endif -%}
    {%- set today = run_started_at.strftime('%Y-%m-%d') -%}
    {%- set result = dbee_dbt.dbee_validation(nodes, selected, fail_on, today) -%}
    {%- for line in dbee_dbt.dbee_validation_lines(result) -%}{%- do print(line) -%}{%- endfor -%}
    {%- do print('DBEE ' ~ tojson(result)) -%}
    {%- if result.failed -%}
        {%- do exceptions.raise_compiler_error('dbee_validate: ' ~ dbee_dbt.dbee_verdict(result)) -%}
    {%- endif -%}
{% endmacro %}


{#-
  Check nodes against the database; the answer of dbee_findings.

  nodes: every node, source and exposure of the project. selected: unique ids, or none for all. today: YYYY-MM-DD.
-#}
{% macro dbee_validation(nodes, selected, fail_on, today=none) %}
    {%- set project = {
        'nodes': nodes, 'selected': selected, 'settings': dbee_dbt.dbee_settings(), 'today': today,
    } -%}
    {%- set subjects = dbee_dbt.dbee_subject_nodes(project) -%}
    {%- if not subjects -%}
        {%- do exceptions.raise_compiler_error('dbee_validate: no model, seed, snapshot or source is there to check') -%}
    {%- endif -%}
    {%- set every = dbee_dbt.dbee_databases_of(dbee_dbt.dbee_subject_nodes(dict(project, selected=none))) -%}
    {%- set rows = dbee_dbt.dbee_rows_for(dbee_dbt.dbee_databases_of(subjects), subjects, every) -%}
    {{ return(dbee_dbt.dbee_findings(project, rows, fail_on)) }}
{% endmacro %}
