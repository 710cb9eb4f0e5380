{#-
The comment in the database is not the description in the project.

Declared is the `description` of a node or column of which `persist_docs` says that dbt writes it into the database, or
`meta: dbee: facets: {comment: …}` of either. dbt writes it when it builds the model: a description that was changed since,
a view that somebody replaced by hand, or a comment written over, leaves the two apart. What dbt-teradata cuts off (255
characters, or `teradata_max_comment_length`) and blanks around the text do not count. An empty description declares
nothing.

    models:
      - name: orders
        description: One row an order.
        config: {persist_docs: {relation: true, columns: true}}

Best practice: run the model again; take over into the project what somebody wrote into the database.
-#}
{% macro dbee_about__comment() %}
    {{ return({
        'severity': 'warn', 'scope': 'nodes', 'facets': ['table.comment', 'column.comment'], 'options': {},
    }) }}
{% endmacro %}


{% macro dbee_rule__comment(subject, options) %}
    {%- set node = subject.node -%}
    {%- set fix = 'Set the comment, or correct the description.' if node.resource_type == 'source'
        else 'Run it again: dbt run --select ' ~ node.name ~ '; or correct the description.' -%}
    {{ return(dbee_dbt.dbee_facet_findings(subject, ['table.comment', 'column.comment'], fix)) }}
{% endmacro %}
