{#-
A property that dbt has no key for differs from what the node or column declares of it in `meta`.

It stands under `meta: dbee: facets:`. Of a node: `partitioning` (what stands behind PARTITION BY, or a list of its levels,
or `none`), `comment`, `fallback`, `before_journal`, `after_journal`, `map`, `queue`, `on_commit` (and `set_kind`,
`primary_index`, `kind`, which have rules of their own). Of a column: `default`, `format`, `title`, `uppercase`,
`case_specific`, `compress`, `identity`, `comment` (and `nullable`). A name that is none of these is reported as not
checked: a declaration that nobody reads must not look like a check.

    columns:
      - name: STATUS
        config: {meta: {dbee: {facets: {compress: ["'NEW'", "'PAID'"], case_specific: false}}}}

Best practice: declare what the table must keep when it is rebuilt, and alter the table where it differs.
-#}
{% macro dbee_about__declared_facet() %}
    {{ return({
        'severity': 'error',
        'scope': 'nodes',
        'facets': [
            'table.partitioning', 'table.queue', 'table.on_commit', 'table.comment', 'option.fallback',
            'option.before_journal', 'option.after_journal', 'option.map', 'column.default', 'column.format', 'column.title',
            'column.uppercase', 'column.case_specific', 'column.compress', 'column.identity', 'column.comment',
            'facet.unknown',
        ],
        'options': {},
    }) }}
{% endmacro %}


{% macro dbee_rule__declared_facet(subject, options) %}
    {%- set mine = dbee_dbt.dbee_about('declared_facet').facets -%}
    {%- set found = [] -%}
    {%- for facet, differs in subject.facets.items() if facet in mine -%}
        {%- do found.append(dbee_dbt.dbee_declared_facet_finding(none, facet, differs)) -%}
    {%- endfor -%}
    {%- for pair in subject.pairs -%}
        {%- for facet, differs in pair.facets.items() if facet in mine -%}
            {%- do found.append(dbee_dbt.dbee_declared_facet_finding(pair.name, facet, differs)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_declared_facet_finding(column, facet, differs) %}
    {%- set name = facet.split('.')[1].replace('_', ' ') -%}
    {{ return({
        'column': column,
        'expected': name ~ ' ' ~ ('none' if differs.expected is none else differs.expected),
        'actual': name ~ ' ' ~ ('none' if differs.actual is none else differs.actual),
        'fix': 'Alter the table, or correct what meta: dbee: facets: declares.',
    }) }}
{% endmacro %}
