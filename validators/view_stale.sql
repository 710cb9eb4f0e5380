{#-
A `SELECT *` view does not match its base any more: `*` stands for other columns now than when the view was made.

Teradata resolves `*` once. A column that the base gets later is not in the view until somebody replaces it; then it comes
without a warning, for all who read the view with `*`. A view that could not be made again is found too: one whose base got
a column that makes a name in it ambiguous, or whose parts do not have the same number of columns any more.

A folder of DDL does not tell when its views were made, and nothing is found there; a saved catalog of a system tells. *Not
checked* is as for `view_broken`.

Best practice: name the columns in a view; replace those with `*` whenever their base changes.

Inside dbt nobody reads SQL, so only `dbee-dbt validate` applies this rule.
-#}
{% macro dbee_about__view_stale() %}
    {{ return({'severity': 'warn', 'scope': 'sql', 'facets': [], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__view_stale(subject, options) %}
    {{ return(subject.found) }}
{% endmacro %}
