{#-
The column in a source's `loaded_at_field` does not exist, or is no TIMESTAMP.

`dbt source freshness` takes its greatest value and fails on anything else, a DATE too. An expression is not looked into: a cast
is the usual way out where there is only a date.

    sources:
      - name: sales
        tables:
          - name: orders
            config:
              loaded_at_field: cast(load_date as timestamp(0))
              freshness: {warn_after: {count: 1, period: day}}

Best practice: name a TIMESTAMP column, or cast.
-#}
{% macro dbee_about__freshness_column() %}
    {{ return({'severity': 'error', 'scope': 'sources', 'facets': ['source.loaded_at'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__freshness_column(subject, options) %}
    {%- set differs = subject.facets['source.loaded_at'] -%}
    {{ return([{
        'expected': 'loaded_at_field ' ~ differs.column ~ ': a TIMESTAMP column',
        'actual': differs.actual,
        'fix': 'Name a TIMESTAMP column, or write a cast to timestamp(0).',
    }]) }}
{% endmacro %}
