{#-
A column has another type than its node declares in `data_type`: another family, length, precision, scale or character
set.

dbt's contracts compare only the family, so that DECIMAL(18,4) cut to DECIMAL(18,0), or VARCHAR(200) UNICODE made
VARCHAR(20) LATIN, pass them. Spellings do not matter (`int` is INTEGER, `numeric(9)` is DECIMAL(9,0), `timestamp` is
TIMESTAMP(6)). A character set is compared only where the declaration names one. Lengths of CLOB, BLOB, JSON and XML are
compared only where they are declared.

Best practice: rebuild the model so that the table follows the declaration, or correct the declaration.

Options:

- `compare`: the aspects that count, `[family, length, precision, scale, charset]` by default.
-#}
{% macro dbee_about__column_type() %}
    {{ return({
        'severity': 'error',
        'scope': 'nodes',
        'facets': ['column.type', 'column.charset'],
        'options': {'compare': ['family', 'length', 'precision', 'scale', 'charset']},
    }) }}
{% endmacro %}


{% macro dbee_rule__column_type(subject, options) %}
    {%- set found = [] -%}
    {%- for pair in subject.pairs -%}
        {%- set differs = pair.facets['column.type'] or pair.facets['column.charset'] -%}
        {%- if differs.differs | select('in', options.compare) | list -%}
            {%- if subject.node.resource_type == 'source' -%}
                {%- set fix = 'Declare data_type: ' ~ differs.actual ~ '; or alter the table.' -%}
            {%- else -%}
                {%- set fix = 'Rebuild it: dbt run --full-refresh --select ' ~ subject.node.name
                    ~ '; or declare data_type: ' ~ differs.actual ~ '.' -%}
            {%- endif -%}
            {%- do found.append({
                'column': pair.name, 'expected': differs.expected, 'actual': differs.actual, 'fix': fix,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
