{#-
A table lacks a primary key, UNIQUE, foreign key or CHECK constraint that its node declares.

Declared are the `constraints:` of a model or column. dbt applies them when it creates a table under an enforced contract,
and never again: one that was added to the YAML of an incremental model, or to a model without a contract, is a promise
that nobody keeps, and rows that break it come in without a word. A UNIQUE constraint is kept by any unique index on the
same columns. A CHECK is there if its words are, in any spacing and case. Names of constraints do not count, nor does the
order of their columns; NOT NULL is a matter of nullability. A view bears no constraints, and is left alone.

    models:
      - name: orders
        config: {contract: {enforced: true}}
        constraints:
          - {type: primary_key, columns: [order_id]}
        columns:
          - name: quantity
            data_type: integer
            constraints: [{type: check, expression: quantity > 0}]

Best practice: rebuild the table under an enforced contract, or add the constraint with ALTER TABLE.

Options:

- `types`: the kinds that count, `[primary_key, unique, foreign_key, check]` by default.
-#}
{% macro dbee_about__constraint_missing() %}
    {{ return({
        'severity': 'error',
        'scope': 'nodes',
        'facets': ['constraint.exists'],
        'options': {'types': ['primary_key', 'unique', 'foreign_key', 'check']},
    }) }}
{% endmacro %}


{% macro dbee_rule__constraint_missing(subject, options) %}
    {%- set found = [] -%}
    {%- for lost in subject.facets['constraint.exists'] if lost.type in options.types -%}
        {%- do found.append({
            'column': lost.column, 'expected': lost.expected, 'actual': lost.actual,
            'fix': 'Rebuild the table under an enforced contract, add the constraint, or take it out of the YAML.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
