{#-
A column that is declared NOT NULL takes nulls, or the other way round.

Declared is a `not_null` or `primary_key` constraint of the column or of the model, or `meta: dbee: facets: {nullable: …}`
of the column. A `not_null` data test declares nothing: it looks at the rows of today. dbt applies constraints only to
tables under an enforced contract, so a constraint on anything else is a promise that nobody keeps; that is what this
rule finds.

Best practice: enforce the contract and rebuild the table, or take the constraint away.
-#}
{% macro dbee_about__nullability() %}
    {{ return({'severity': 'error', 'scope': 'nodes', 'facets': ['column.nullable'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__nullability(subject, options) %}
    {%- set words = {'yes': 'NULL', 'no': 'NOT NULL'} -%}
    {%- set found = [] -%}
    {%- for pair in subject.pairs -%}
        {%- set differs = pair.facets['column.nullable'] -%}
        {%- do found.append({
            'column': pair.name,
            'expected': words[differs.expected],
            'actual': words[differs.actual],
            'fix': 'Rebuild the table under an enforced contract, or correct what is declared.'
                if subject.node.resource_type != 'source' else 'Alter the table, or correct what is declared.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
