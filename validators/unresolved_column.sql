{#-
The SQL of a model names a column or a table that is not there, or a column that more than one of its sources has.

The model fails when it is next built, and all that reads it is not built then. Names are looked up in the catalog and in
what the models upstream return, as their SQL says it and not as they were last built. Ephemeral models, snapshots and
macros are followed; both forms of an incremental model are read. What lies outside of the catalog's scope is taken to be
there. A model that cannot be read is *not checked*: one in Python, one whose Jinja asks the database (compile the project
first), or SQL that is not known here.

Best practice: correct the model's SQL, or restore what it names; then compile the project again.

Inside dbt nobody reads SQL, so only `dbee-dbt validate` applies this rule.
-#}
{% macro dbee_about__unresolved_column() %}
    {{ return({'severity': 'error', 'scope': 'sql', 'facets': [], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__unresolved_column(subject, options) %}
    {{ return(subject.found) }}
{% endmacro %}
