{#-
  What a rule is given: a node, the table or view it stands for, and how the two differ.

  Returns {node, relation, missing, extra, pairs, facets, unknown}:
  - node: as manifest.json holds it; relation: its row with `columns` and `primary_index`, or none where there is none;
  - missing: declared columns that are not there; extra: actual column rows that the node does not declare (nothing is
    extra where it declares no column at all);
  - pairs: {name, declared, actual, facets} of the columns in which at least one facet differs;
  - facets: {facet: {expected, actual}} of the relation as a whole, those that differ;
  - unknown: {facet: reason} of what could not be checked.

  memory: {types, indexes, not_compared}, kept over all nodes: what was worked out once, and how often a facet rests on
  something that nobody knows.
-#}
{% macro dbee_subject(node, relation, memory) %}
    {%- set subject = {
        'node': node, 'relation': relation, 'missing': [], 'extra': [], 'pairs': [], 'facets': {}, 'unknown': {},
    } -%}
    {%- if relation is none -%}
        {%- do subject['facets'].update({'object.exists': {'expected': 'exists', 'actual': 'missing'}}) -%}
    {%- else -%}
        {%- do dbee_match_relation(subject, dbee_declared(node, memory), memory) -%}
        {%- if node['columns'] and relation['columns'] -%}{%- do dbee_match_columns(subject, memory) -%}
        {%- elif node['columns'] and 'object.kind' not in subject['facets'] -%}
            {%- set reason = 'the columns of the ' ~ relation['kind'] ~ ' could not be read' -%}
            {%- for facet in ('exists', 'declared', 'type', 'charset', 'nullable') -%}
                {%- do subject['unknown'].update({'column.' ~ facet: reason}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(subject) }}
{% endmacro %}


{#- Put the facets of the relation as a whole that differ into the subject. -#}
{% macro dbee_match_relation(subject, declared, memory) %}
    {%- set relation, differs = subject['relation'], subject['facets'] -%}
    {%- for facet, wanted in declared.items() -%}
        {%- if facet == 'object.kind' -%}
            {%- if relation['kind'] not in wanted.split(' or ') -%}
                {%- do differs.update({facet: {'expected': wanted, 'actual': relation['kind']}}) -%}
            {%- endif -%}
        {%- elif facet == 'table.column_order' -%}{%- do dbee_match_order(subject, wanted) -%}
        {%- elif facet.startswith('facet.') -%}{%- do dbee_unknown_facet(subject, facet) -%}
        {%- elif facet == 'table.primary_index' and relation['kind'] == 'table' -%}
            {%- do dbee_match_index(subject, wanted, memory) -%}
        {%- elif relation['kind'] == 'table' or facet == 'table.comment' -%}
            {%- set found = relation[facet.split('.')[1]] -%}
            {%- if found != wanted -%}{%- do dbee_match_value(differs, facet, wanted, found, memory) -%}{%- endif -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- Columns that are on both sides must follow each other in the same order. -#}
{% macro dbee_match_order(subject, names) %}
    {%- set actual = subject['relation']['columns'] -%}
    {%- set wanted = [] -%}
    {%- for name in names if dbee_fold(name) in actual -%}{%- do wanted.append(dbee_fold(name)) -%}{%- endfor -%}
    {%- set found = [] -%}
    {%- for name in actual if name in wanted -%}{%- do found.append(name) -%}{%- endfor -%}
    {%- if wanted != found -%}
        {%- do subject['facets'].update({'table.column_order': {'expected': wanted, 'actual': found}}) -%}
    {%- endif -%}
{% endmacro %}


{% macro dbee_match_index(subject, wanted, memory) %}
    {%- set found = subject['relation']['primary_index'] -%}
    {%- if found['form'] is none -%}
        {%- do dbee_not_compared(memory, 'table.primary_index') -%}
    {%- elif dbee_primary_index_key(found) != dbee_primary_index_key(wanted) -%}
        {%- do subject['facets'].update({'table.primary_index': {
            'expected': dbee_primary_index_text(wanted), 'actual': dbee_primary_index_text(found),
        }}) -%}
    {%- endif -%}
{% endmacro %}


{#-
  Compare one declared value with the actual one. What a user wrote as text (comment, title, default) compares exactly,
  words of the language without case. None means `not there`, except of facets that always have some value: there it
  means that nobody knows it.
-#}
{% macro dbee_match_value(differs, facet, wanted, found, memory) %}
    {%- set exact = facet.split('.')[1] in ('comment', 'title', 'default', 'format') -%}
    {%- set expected, actual = dbee_value_text(wanted, exact), dbee_value_text(found, exact) -%}
    {%- set always = facet in (
        'table.set_kind', 'option.fallback', 'option.before_journal', 'option.after_journal', 'option.map',
        'column.nullable', 'column.case_specific') -%}
    {%- if found is none and always -%}{%- do dbee_not_compared(memory, facet) -%}
    {%- elif expected != actual -%}{%- do differs.update({facet: {'expected': expected, 'actual': actual}}) -%}
    {%- endif -%}
{% endmacro %}


{#- A value as text; none stays none. Lists compare in any order, as COMPRESS does. -#}
{% macro dbee_value_text(value, exact) %}
    {%- if value is none or value == [] -%}{{ return(none) }}{%- endif -%}
    {%- if value is boolean -%}{{ return('yes' if value else 'no') }}{%- endif -%}
    {%- if value is string or value is number -%}
        {{ return(value | string if exact else (value | string | upper).split() | join(' ')) }}
    {%- endif -%}
    {{ return(value | map('string') | sort | join(', ')) }}
{% endmacro %}


{% macro dbee_not_compared(memory, facet) %}
    {%- do memory['not_compared'].update({facet: memory['not_compared'].get(facet, 0) + 1}) -%}
{% endmacro %}


{#- A name in `meta: dbee: facets:` that stands for nothing must not pass for a check. -#}
{% macro dbee_unknown_facet(subject, facet) %}
    {%- do subject['unknown'].update({'facet.unknown': 'there is no facet ' ~ facet[6:] ~ ' to declare here'}) -%}
{% endmacro %}
