{#-
Two models, seeds or snapshots stand for one table or view.

dbt refuses two that are spelled alike, but Teradata compares names without case: `Orders` and `ORDERS` are one table there,
which each run builds from whichever model comes last. Ephemeral and disabled models stand for nothing, and several
sources may describe one table.

    models/orders.sql                      makes SALES.orders
    models/legacy/orders.sql  alias ORDERS makes it, too

Best practice: give one of them another `alias` or `schema`.
-#}
{% macro dbee_about__relation_shared() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['object.shared'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__relation_shared(subject, options) %}
    {{ return([{
        'expected': 'a table or view of its own',
        'actual': 'made by ' ~ subject.facets['object.shared'] | join(', ') ~ ' too',
        'fix': 'Give one of them another alias or schema.',
    }]) }}
{% endmacro %}
