{#-
  The rules by name: [{name, call, severity, options, facets, scope, overrides}]. A rule is a dbt macro dbee_rule__NAME
  with dbee_about__NAME beside it. Ours stand in validators/, a project's own in its macro folder; one of the project
  with the name of ours takes its place (`overrides`), as dbt macros do.

  configured: what `vars: dbee: rules:` says, {NAME: {severity, …options}}.
-#}
{% macro dbee_rules(configured) %}
    {%- set place = 'vars: dbee: rules:' -%}
    {%- set names = dbee_dbt.dbee_rule_names() -%}
    {%- do dbee_dbt.dbee_check_rule_names(configured, names, place) -%}
    {%- set rules = [] -%}
    {%- for name in names -%}
        {%- set about = dbee_dbt.dbee_about(name) -%}
        {%- set rule = {
            'name': name,
            'call': dbee_dbt.dbee_macro('dbee_rule__' ~ name),
            'severity': about.get('severity', 'error'),
            'options': about.get('options') or {},
            'facets': about.get('facets') or [],
            'scope': about.get('scope', 'nodes'),
            'overrides': dbee_dbt.dbee_is_overridden('dbee_rule__' ~ name),
        } -%}
        {%- do rules.append(dbee_dbt.dbee_configured_rule(rule, configured.get(name) or {}, place)) -%}
    {%- endfor -%}
    {{ return(rules) }}
{% endmacro %}


{#- Sorted, ours and the project's. In dbt a macro of the project stands in the context beside the package `dbee_dbt`. -#}
{% macro dbee_rule_names() %}
    {%- set names = {} -%}
    {%- for macros in [dbee_dbt.dbee_project_macros(), context['dbee_dbt']] -%}
        {%- for name in macros if name.startswith('dbee_rule__') -%}{%- do names.update({name[11:]: true}) -%}{%- endfor -%}
    {%- endfor -%}
    {{ return(names | sort) }}
{% endmacro %}


{#- The macros of the user's project by name. The bridge has them in the context; dbt also under the project's name. -#}
{% macro dbee_project_macros() %}
    {{ return(context.get(project_name, {}) if project_name is defined else context) }}
{% endmacro %}


{#- A macro by name: the project's, else ours; none where neither has it. -#}
{% macro dbee_macro(name) %}
    {{ return(dbee_dbt.dbee_project_macros().get(name) or context['dbee_dbt'].get(name)) }}
{% endmacro %}


{% macro dbee_is_overridden(name) %}
    {%- set ours, used = context['dbee_dbt'].get(name), dbee_dbt.dbee_macro(name) -%}
    {%- if ours is none -%}{{ return(false) }}{%- endif -%}
    {{ return(ours.macro.unique_id != used.macro.unique_id if used.macro is defined else ours is not sameas used) }}
{% endmacro %}


{#- What a rule says of itself. -#}
{% macro dbee_about(name) %}
    {%- set macro = dbee_dbt.dbee_macro('dbee_about__' ~ name) -%}
    {%- if not macro -%}
        {%- do exceptions.raise_compiler_error('the rule ' ~ name ~ ' has no macro dbee_about__' ~ name) -%}
    {%- endif -%}
    {%- set about = macro() -%}
    {%- set scopes = ('models', 'sources', 'nodes', 'objects', 'waivers', 'sql') -%}
    {%- if about is not mapping or about.get('scope', 'nodes') not in scopes -%}
        {%- do exceptions.raise_compiler_error('dbee_about__' ~ name ~ ' must return a dictionary whose scope is '
            ~ 'models, sources, nodes, objects or sql') -%}
    {%- endif -%}
    {%- set known = dbee_dbt.dbee_rule_facets() -%}
    {%- for facet in about.get('facets') or [] if facet not in known -%}
        {%- do exceptions.raise_compiler_error('dbee_about__' ~ name ~ ': there is no facet ' ~ facet ~ '; there are: '
            ~ known | join(', ')) -%}
    {%- endfor -%}
    {{ return(about) }}
{% endmacro %}


{#- The rule with what a user configured for it. Anything that is not known is an error: a typing error must not switch off a check. -#}
{% macro dbee_configured_rule(rule, configured, place) %}
    {%- if not configured -%}{{ return(rule) }}{%- endif -%}
    {%- if configured is not mapping -%}
        {%- do exceptions.raise_compiler_error(place ~ ' ' ~ rule['name'] ~ ': must be a dictionary') -%}
    {%- endif -%}
    {%- set options = dict(rule['options']) -%}
    {%- for name, value in configured.items() if name != 'severity' -%}
        {%- if name not in options -%}
            {%- do exceptions.raise_compiler_error(place ~ ' ' ~ rule['name'] ~ ': has no option ' ~ name
                ~ '; it has: ' ~ (['severity'] + options.keys() | list) | join(', ')) -%}
        {%- endif -%}
        {%- do options.update({name: value}) -%}
    {%- endfor -%}
    {%- set severity = dbee_dbt.dbee_severity(configured.get('severity', rule['severity']), rule['name'], place) -%}
    {{ return(dict(rule, severity=severity, options=options)) }}
{% endmacro %}


{#- `off` without quotes is the boolean false in YAML as dbt reads it. -#}
{% macro dbee_severity(written, rule, place) %}
    {%- set severity = 'off' if written is false else written | string | lower -%}
    {%- if severity not in ('error', 'warn', 'info', 'off') -%}
        {%- do exceptions.raise_compiler_error(place ~ ' ' ~ rule ~ ': severity must be error, warn, info or off, not '
            ~ written) -%}
    {%- endif -%}
    {{ return(severity) }}
{% endmacro %}


{% macro dbee_check_rule_names(configured, names, place) %}
    {%- if configured is not mapping -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a dictionary of rules') -%}
    {%- endif -%}
    {%- for name in configured if name not in names -%}
        {%- do exceptions.raise_compiler_error(place ~ ' there is no rule ' ~ name ~ '; there are: ' ~ names | join(', ')) -%}
    {%- endfor -%}
{% endmacro %}


{#-
  The nodes and columns that have any `meta: dbee:`, [{described, name, at}]: at says which node (`subject`, its unique id)
  and `column` that is. Every column of every node passes here, once for all that is configured there.
-#}
{% macro dbee_described(subjects) %}
    {%- set found = [] -%}
    {%- for node in subjects -%}
        {%- if node['config'].get('meta') or node.get('meta') -%}
            {%- if dbee_dbt.dbee_meta(node) -%}
                {%- do found.append({
                    'described': node, 'name': node['unique_id'], 'at': {'subject': node['unique_id']},
                }) -%}
            {%- endif -%}
        {%- endif -%}
        {%- for column in node['columns'].values() if column['meta'] or column['config']['meta'] -%}
            {%- if dbee_dbt.dbee_meta(column) -%}
                {%- do found.append({
                    'described': column, 'name': node['unique_id'] ~ '.' ~ column['name'],
                    'at': {'subject': node['unique_id'], 'column': column['name']},
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#-
  What nodes and columns configure for rules: a typing error there must not switch off a check either, also where the rule
  finds nothing. A column sets severities only: a rule is called once for all columns of a node, with one set of options.
-#}
{% macro dbee_check_configured(described, rules) %}
    {%- set named = {} -%}
    {%- for rule in rules -%}{%- do named.update({rule['name']: rule}) -%}{%- endfor -%}
    {%- for place in described -%}
        {%- set configured = dbee_dbt.dbee_meta(place['described']).get('rules') or {} -%}
        {%- if configured -%}
            {%- set told = 'meta of ' ~ place['name'] ~ ':' -%}
            {%- do dbee_dbt.dbee_check_rule_names(configured, named.keys() | list, told) -%}
            {%- for name, wanted in configured.items() -%}
                {%- set rule = dict(named[name], options={}) if 'column' in place['at'] else named[name] -%}
                {%- do dbee_dbt.dbee_configured_rule(rule, wanted, told) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
