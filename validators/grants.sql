{#-
Somebody whom `grants` names may not use the table or view, or somebody may whom it does not name.

dbt grants what a model's `grants` say when it builds the model, and takes away what they do not. A grant by hand since then,
a REVOKE, or a table that was made again by somebody else leaves the two apart; so does a role in the configuration that
dbt-teradata sees only with `teradata_grants_extended`. SELECT, INSERT, UPDATE and DELETE count. A right on the whole
database is as good as one on the table; what was granted on the database, or comes to the one who made the table, is
never one too many. A node without `grants` declares nothing. Against a folder or a saved catalog, which hold no rights, and
through the X views, which show one's own, nothing is compared.

    models:
      - name: orders
        config:
          grants: {select: [REPORT_ROLE, BI_USER]}

Best practice: run the model again, or correct the configuration.
-#}
{% macro dbee_about__grants() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['object.grants'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__grants(subject, options) %}
    {%- set differs = subject.facets['object.grants'] -%}
    {%- set fix = 'Run it again: dbt run --select ' ~ subject.node.name ~ '; or correct its grants.' -%}
    {%- set found = [] -%}
    {%- for text in differs.missing -%}
        {%- do found.append({'expected': 'GRANT ' ~ text, 'actual': 'not granted', 'fix': fix}) -%}
    {%- endfor -%}
    {%- for text in differs.extra -%}
        {%- do found.append({'expected': 'no such grant', 'actual': 'GRANT ' ~ text, 'fix': fix}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
