{#-
The SQL of a model returns a column of another type than the model declares in `data_type`: another family, length,
precision, scale or character set.

A contract of dbt compares only the family, and only when the model is built; DECIMAL(18,4) where DECIMAL(18,2) is promised
passes it. The types of expressions are worked out as Teradata does (SQL Data Types and Literals, B035-1143), without a
database. Where a type cannot be told for certain (a function that is not known here, a view of which only the names of
columns are known, a setting of the session on which it rests), the column is *not compared*, and counted as `column.yields`.

Best practice: cast the expression to what is declared, or declare what it returns.

Options:

- `compare`: the aspects that count, `[family, length, precision, scale, charset]` by default.

Inside dbt nobody reads SQL, so only `dbee-dbt validate` applies this rule.
-#}
{% macro dbee_about__contract_type() %}
    {{ return({
        'severity': 'error',
        'scope': 'sql',
        'facets': [],
        'options': {'compare': ['family', 'length', 'precision', 'scale', 'charset']},
    }) }}
{% endmacro %}


{% macro dbee_rule__contract_type(subject, options) %}
    {%- set found = [] -%}
    {%- for each in subject.found if each.differs | select('in', options.compare) | list -%}
        {%- do found.append(each) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
