{#-
An option or property of a table or column that dbt has no key for differs from what `meta` declares of it.

It stands under `meta: dbee: facets:`. This rule looks at `fallback`, `before_journal`, `after_journal`, `map`, `queue` and
`on_commit` of a node, and at `format`, `title` and `uppercase` of a column. What else may stand there has a rule of its
own: `set_kind`, `primary_index`, `partitioning`, `indexes`, `statistics`, `temporal`, `comment` and `kind` of a node; `nullable`, `default`,
`identity`, `compress`, `case_specific` and `comment` of a column. A name that is none of these is reported as not
checked: a declaration that nobody reads must not look like a check.

    sources:
      - name: sales
        tables:
          - name: orders
            config: {meta: {dbee: {facets: {fallback: true, before_journal: DUAL}}}}

Best practice: declare what the table must keep when it is rebuilt, and alter the table where it differs.
-#}
{% macro dbee_about__declared_facet() %}
    {{ return({
        'severity': 'error',
        'scope': 'nodes',
        'facets': [
            'table.queue', 'table.on_commit', 'option.fallback', 'option.before_journal', 'option.after_journal',
            'option.map', 'column.format', 'column.title', 'column.uppercase', 'facet.unknown',
        ],
        'options': {},
    }) }}
{% endmacro %}


{% macro dbee_rule__declared_facet(subject, options) %}
    {{ return(dbee_dbt.dbee_facet_findings(subject, dbee_dbt.dbee_about('declared_facet').facets)) }}
{% endmacro %}
