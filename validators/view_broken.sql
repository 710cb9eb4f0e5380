{#-
A view names a column or a table that is not there any more: its base lost it since the view was made.

Whoever uses the view is answered 3810, 5628 or 3807, and each model that reads it fails; making or changing the base warned
nobody. The text of the view that the database has is read, for sources and for models alike, and the views below it down to
tables. A `*` counts as the columns for which it stood when the view was made. What lies in databases that are none of the
project's is taken to be there. *Not checked* is the view of a source whose text is not known (nobody may see it, or the
last statement on the view was no CREATE or REPLACE) or not read, and one that names tables without their database and seems
broken: the database does not keep which one was meant. Of a model such a view is only counted, as `view.text`: dbt renames
the views that it makes, and the database then keeps the RENAME; what the model's SQL names, `unresolved_column` checks.

Best practice: replace the views over a table in the change that drops or renames its column; `dbee-dbt impact` says which.

Inside dbt nobody reads SQL, so only `dbee-dbt validate` applies this rule.
-#}
{% macro dbee_about__view_broken() %}
    {{ return({'severity': 'error', 'scope': 'sql', 'facets': [], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__view_broken(subject, options) %}
    {{ return(subject.found) }}
{% endmacro %}
