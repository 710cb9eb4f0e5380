{#-
  Check nodes against the relations of a system or catalog.

  project: {nodes, selected, settings, today}. nodes: every node, source and exposure of the project as manifest.json
    holds them; selected: unique ids, or none for all; settings: what `vars: dbee:` says; today: the day, YYYY-MM-DD, by
    which waivers expire. Beside them `found` is what the command line found in the SQL of models (dbee_judge_sql),
    `not_compared` what it could not tell there, counted by facet; both are absent inside dbt.
  rows: {databases, relations, columns, indexes, partitioning, references, checks} as the dictionary macros return them.
    Beside them `asked` is true where a database gave them, `partial` where it shows only what the user may access, so
    that what is not there may only be hidden, `unread`, {facet: reason} of what could not be read, and `outside`,
    {(database, name): reason} of what a catalog does not tell of, names folded.
  fail_on: error or warn, the lowest severity that fails.

  Returns {schema_version, checked, findings, counts, not_compared, overridden, elsewhere, failed}. A finding is {rule, severity,
  status, node, object, column, expected, actual, fix, downstream, waived}; its status is `failed`, or `not checked` where
  something kept the rule from being applied; `waived` is {reason, owner, expires} of the waiver that names it, or none.
  `not_compared` counts, by facet, what rests on something that nobody
  knows: neither equal nor different.
-#}
{% macro dbee_findings(project, rows, fail_on='error') %}
    {%- set rules = dbee_dbt.dbee_rules(project['settings'].get('rules') or {}) -%}
    {%- set subjects = dbee_dbt.dbee_subject_nodes(project) -%}
    {%- set described = dbee_dbt.dbee_described(subjects) -%}
    {%- do dbee_dbt.dbee_check_configured(described, rules) -%}
    {%- set waivers = dbee_dbt.dbee_waivers(project, described, rules) -%}
    {%- set keys = {} -%}
    {%- for node in dbee_dbt.dbee_subject_nodes(dict(project, selected=none)) -%}
        {%- do keys.update({node['unique_id']: dbee_dbt.dbee_node_key(node)}) -%}
    {%- endfor -%}
    {%- set relations = dbee_dbt.dbee_world(rows, keys.values() | list) -%}
    {%- set memory = dbee_dbt.dbee_memory(project, rows, keys, relations) -%}
    {%- set found = [] -%}
    {%- for node in subjects -%}
        {%- set subject = dbee_dbt.dbee_subject(node, relations.get(keys[node['unique_id']]), memory) -%}
        {%- do found.extend(dbee_dbt.dbee_judge(subject, rules)) -%}
        {%- do memory.update({'columns': memory['columns'] + node['columns'] | length}) -%}
    {%- endfor -%}
    {%- if project['selected'] is none -%}
        {%- do found.extend(dbee_dbt.dbee_judge_objects(project['nodes'], keys, relations, rules)) -%}
    {%- endif -%}
    {%- do found.extend(dbee_dbt.dbee_judge_sql(project, rules)) -%}
    {%- set used = dbee_dbt.dbee_waive(found, waivers) -%}
    {%- do found.extend(dbee_dbt.dbee_judge_waivers(waivers, used, project, rules)) -%}
    {%- do dbee_dbt.dbee_add_downstream(found, project['nodes']) -%}
    {%- do memory.update({'elsewhere': dbee_dbt.dbee_rules_elsewhere(project, rules)}) -%}
    {{ return(dbee_dbt.dbee_result(found, rules, subjects | length, memory, fail_on)) }}
{% endmacro %}


{#- The selected nodes that stand for a table or view. -#}
{% macro dbee_subject_nodes(project) %}
    {%- set selected = project['selected'] -%}
    {%- set subjects = [] -%}
    {%- for node in project['nodes'] -%}
        {%- if node['resource_type'] in ('model', 'seed', 'snapshot', 'source')
                and node['config'].get('materialized') != 'ephemeral'
                and (selected is none or node['unique_id'] in selected) -%}
            {%- do subjects.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(subjects) }}
{% endmacro %}


{#- The key of the table or view that a node stands for. dbt calls the database `schema`. -#}
{% macro dbee_node_key(node) %}
    {{ return(dbee_dbt.dbee_key(dbee_dbt.dbee_node_database(node), dbee_dbt.dbee_node_name(node))) }}
{% endmacro %}


{% macro dbee_node_name(node) %}
    {{ return(dbee_dbt.dbee_undoubled(node.get('identifier') or node.get('alias') or node['name'])) }}
{% endmacro %}


{% macro dbee_node_database(node) %}
    {{ return(dbee_dbt.dbee_undoubled(node['schema'])) }}
{% endmacro %}


{#- The findings of every rule that concerns a subject. Where nothing differs, only rules that name no facets are called. -#}
{% macro dbee_judge(subject, rules) %}
    {%- set differs = subject['facets'].keys() | list -%}
    {%- if subject['missing'] -%}{%- do differs.append('column.exists') -%}{%- endif -%}
    {%- if subject['extra'] -%}{%- do differs.append('column.declared') -%}{%- endif -%}
    {%- for pair in subject['pairs'] -%}{%- do differs.extend(pair['facets']) -%}{%- endfor -%}
    {%- set concerned = differs + subject['unknown'].keys() | list -%}
    {%- set scopes = ('sources', 'nodes') if subject['node']['resource_type'] == 'source' else ('models', 'nodes') -%}
    {%- set found = [] -%}
    {%- for rule in rules if (not rule['facets'] or concerned) and rule['scope'] in scopes -%}
        {%- if not rule['facets'] -%}
            {%- if subject['relation'] is not none -%}
                {%- do found.extend(dbee_dbt.dbee_apply(rule, subject, true)) -%}
            {%- endif -%}
        {%- elif rule['facets'] | select('in', concerned) | list -%}
            {%- do found.extend(dbee_dbt.dbee_apply(rule, subject, differs)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- One rule on one subject. differs: the facets that differ; a rule that names no facets is called in any case. -#}
{% macro dbee_apply(rule, subject, differs) %}
    {%- set rule = dbee_dbt.dbee_rule_for(rule, subject['node']) -%}
    {%- set found = [] -%}
    {%- if rule['severity'] == 'off' -%}{{ return(found) }}{%- endif -%}
    {%- set unknown = rule['facets'] | select('in', subject['unknown']) | list -%}
    {%- if unknown -%}
        {%- do found.append(dbee_dbt.dbee_finding(rule, subject, dbee_dbt.dbee_not_checked(subject, unknown[0]))) -%}
    {%- endif -%}
    {%- if not rule['facets'] or rule['facets'] | select('in', differs) | list -%}
        {%- set call = rule['call'] -%}
        {%- for partial in call(dbee_dbt.dbee_subject_for(rule, subject), rule['options']) -%}
            {%- set finding = dbee_dbt.dbee_finding(rule, subject, partial) -%}
            {%- if finding['severity'] != 'off' -%}{%- do found.append(finding) -%}{%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}


{#- The rule as a node configures it in `meta: dbee: rules:`; a rule of the project where there is no node. -#}
{% macro dbee_rule_for(rule, node) %}
    {%- if not node -%}{{ return(rule) }}{%- endif -%}
    {%- set configured = (dbee_dbt.dbee_meta(node).get('rules') or {}).get(rule['name']) -%}
    {{ return(dbee_dbt.dbee_configured_rule(rule, configured, 'meta of ' ~ node['unique_id'] ~ ':')) }}
{% endmacro %}


{#- The subject with those pairs only in which a facet of the rule differs. -#}
{% macro dbee_subject_for(rule, subject) %}
    {%- set pairs = [] -%}
    {%- for pair in subject['pairs'] if pair['facets'].keys() | select('in', rule['facets']) | list -%}
        {%- do pairs.append(pair) -%}
    {%- endfor -%}
    {{ return(dict(subject, pairs=pairs)) }}
{% endmacro %}


{% macro dbee_not_checked(subject, facet) %}
    {%- set relation = subject['relation'] -%}
    {%- if facet == 'facet.unknown' -%}
        {%- set fix = 'Declare one of the facets that docs/rules.md lists.' -%}
    {%- elif subject['unknown'][facet].startswith('DBC.') -%}
        {%- set fix = 'Have SELECT on it granted to the user that checks.' -%}
    {%- elif subject['asked'] -%}
        {%- set fix = 'See what the database says to: SELECT * FROM '
            ~ dbee_dbt.dbee_shown(relation['database'], relation['name']) ~ ' SAMPLE 0.' -%}
    {%- else -%}
        {%- set fix = 'Check it against a system (td:), which can tell.' -%}
    {%- endif -%}
    {{ return({'status': 'not checked', 'actual': subject['unknown'][facet], 'fix': fix}) }}
{% endmacro %}


{#-
  A whole finding from what a rule returned: {column, expected, actual, fix}, each of which may be absent. What the command
  line found in a file of SQL knows its place there: {file, line, character}.
-#}
{% macro dbee_finding(rule, subject, partial) %}
    {%- set node, relation = subject['node'], subject['relation'] -%}
    {%- set column = partial.get('column') -%}
    {%- set severity = dbee_dbt.dbee_column_severity(rule, node, column) if column and node else rule['severity'] -%}
    {%- set place = {} -%}
    {%- for key in ('file', 'line', 'character') if key in partial -%}{%- do place.update({key: partial[key]}) -%}{%- endfor -%}
    {{ return(dict({
        'rule': rule['name'],
        'severity': severity,
        'status': partial.get('status', 'failed'),
        'node': node['unique_id'] if node else none,
        'object': partial.get('object') or (
            dbee_dbt.dbee_shown(dbee_dbt.dbee_node_database(node), dbee_dbt.dbee_node_name(node)) if node
            else dbee_dbt.dbee_shown(relation['database'], relation['name'])),
        'column': column,
        'expected': partial.get('expected'),
        'actual': partial.get('actual'),
        'fix': partial.get('fix'),
        'downstream': [],
        'waived': none,
    }, **place)) }}
{% endmacro %}


{#- A column may set its own severity for a rule: `meta: dbee: rules: {RULE: {severity: …}}`. -#}
{% macro dbee_column_severity(rule, node, column) %}
    {%- set declared = (node.get('columns') or {}).get(column) -%}
    {%- set configured = (dbee_dbt.dbee_meta(declared).get('rules') or {}).get(rule['name']) if declared else none -%}
    {%- if not configured -%}{{ return(rule['severity']) }}{%- endif -%}
    {%- set place = 'meta of ' ~ node['unique_id'] ~ '.' ~ column ~ ':' -%}
    {{ return(dbee_dbt.dbee_configured_rule(dict(rule, options={}), configured, place)['severity']) }}
{% endmacro %}


{#- What lies in a database of the project and is no node's. Databases that the project does not name are none of ours. -#}
{% macro dbee_judge_objects(nodes, keys, relations, rules) %}
    {%- set known, databases, packages = {}, {}, {} -%}
    {%- for key in keys.values() -%}{%- do databases.update({key[0]: true}) -%}{%- endfor -%}
    {%- for node in nodes if node.get('schema') -%}
        {%- do known.update({keys.get(node['unique_id']) or dbee_dbt.dbee_node_key(node): true}) -%}
        {%- do packages.update({node['package_name']: true}) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for key, relation in relations.items() if key not in known and key[0] in databases -%}
        {%- set left = dbee_dbt.dbee_left_over(relation, packages, keys) -%}
        {%- set facets = {'object.left': left} if left else {
            'object.owned': {'expected': 'a model or source', 'actual': 'none'},
        } -%}
        {%- set subject = {
            'node': none, 'relation': relation, 'missing': [], 'extra': [], 'pairs': [], 'unknown': {}, 'absent': none,
            'facets': facets,
        } -%}
        {%- for rule in rules if rule['scope'] == 'objects' -%}
            {%- do found.extend(dbee_dbt.dbee_apply(rule, subject, facets.keys() | list)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#-
  What a table or view that no node stands for is left over from; none where that cannot be told. keys: of the nodes that
  there are; packages: theirs.
-#}
{% macro dbee_left_over(relation, packages, keys) %}
    {%- if relation['kind'] in ('table', 'view') -%}
        {%- set name, maker = relation['name'] | lower, relation['made'] or '' -%}
        {%- if name.endswith(('__dbt_tmp', '__dbt_backup', '__dbt_new_data')) or '_tmp_viw_tbl_' in name -%}
            {{ return('a run that broke off') }}
        {%- elif maker.count('.') > 1 and maker.split('.')[1] in packages -%}
            {{ return(maker ~ (', which stands for ' ~ dbee_dbt.dbee_shown(*keys[maker]) ~ ' now' if maker in keys else '')) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
