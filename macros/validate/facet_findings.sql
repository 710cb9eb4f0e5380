{#-
  The findings of a rule that only says which facets differ: one for each of these facets of the table or view, and of
  each column. fix: what to do, where it is not the usual.
-#}
{% macro dbee_facet_findings(subject, facets, fix=none) %}
    {%- set found = [] -%}
    {%- for facet, differs in subject.facets.items() if facet in facets -%}
        {%- do found.append(dbee_dbt.dbee_facet_finding(none, facet, differs, fix)) -%}
    {%- endfor -%}
    {%- for pair in subject.pairs -%}
        {%- for facet, differs in pair.facets.items() if facet in facets -%}
            {%- do found.append(dbee_dbt.dbee_facet_finding(pair.name, facet, differs, fix)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_facet_finding(column, facet, differs, fix) %}
    {%- set name = facet.split('.')[1].replace('_', ' ') -%}
    {{ return({
        'column': column,
        'expected': name ~ ' ' ~ ('none' if differs.expected is none else differs.expected),
        'actual': name ~ ' ' ~ ('none' if differs.actual is none else differs.actual),
        'fix': fix or 'Alter the table, or correct what meta: dbee: facets: declares.',
    }) }}
{% endmacro %}


{#- What to do about a table that is not as declared: dbt makes a model anew, and never a source. -#}
{% macro dbee_rebuild_or(subject, otherwise) %}
    {%- set node = subject.node -%}
    {{ return(('Alter the table' if node.resource_type == 'source'
        else 'Rebuild it: dbt run --full-refresh --select ' ~ node.name) ~ '; or ' ~ otherwise) }}
{% endmacro %}
