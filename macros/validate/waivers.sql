{#-
  Waivers: findings that are known and do not fail until a day. They stand in `vars: dbee: waivers:` of the project, or in
  `meta: dbee: waivers:` of a node or a column, where both ways of running see them.

  Returns [{rule, node, column, object, reason, owner, expires, subject, expired, place}] of those that may concern what
  is checked: node, column and object are patterns or none; subject is the unique id of the node that it stands at, or
  none; place says where it stands, for people.

  project: as for dbee_findings; its `today` (YYYY-MM-DD) is the only clock. described: of dbee_described.
-#}
{% macro dbee_waivers(project, described, rules) %}
    {%- set waivers, names = [], rules | map(attribute='name') | list -%}
    {%- set written = project['settings'].get('waivers') or [] -%}
    {%- do waivers.extend(dbee_dbt.dbee_waivers_of(written, 'vars: dbee: waivers', {}, names, project['today'])) -%}
    {%- for place in described -%}
        {%- set written = dbee_dbt.dbee_meta(place['described']).get('waivers') -%}
        {%- if written -%}
            {%- set named = 'meta: dbee: waivers of ' ~ place['name'] -%}
            {%- do waivers.extend(dbee_dbt.dbee_waivers_of(written, named, place['at'], names, project['today'])) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(waivers) }}
{% endmacro %}


{#- The waivers of one place. fixed: what the place says itself, {subject, column}. -#}
{% macro dbee_waivers_of(written, place, fixed, names, today) %}
    {%- if written is string or written is mapping or written is not iterable -%}
        {%- do exceptions.raise_compiler_error(place ~ ': must be a list of waivers') -%}
    {%- endif -%}
    {%- set waivers = [] -%}
    {%- for waiver in written -%}
        {%- do waivers.append(dbee_dbt.dbee_waiver(waiver, place ~ '[' ~ loop.index0 ~ ']', fixed, names, today)) -%}
    {%- endfor -%}
    {{ return(waivers) }}
{% endmacro %}


{#- One waiver, checked: what is missing or not known is an error, since a waiver that says less would waive more. -#}
{% macro dbee_waiver(written, place, fixed, names, today) %}
    {%- if written is not mapping -%}
        {%- do exceptions.raise_compiler_error(place ~ ': must be a dictionary') -%}
    {%- endif -%}
    {%- set narrow = [] if 'column' in fixed else ['column'] if fixed else ['node', 'object', 'column'] -%}
    {%- set known = ['rule', 'reason', 'owner', 'expires'] + narrow -%}
    {%- for key in written if key not in known -%}
        {%- do exceptions.raise_compiler_error(place ~ ': a waiver here has no ' ~ key ~ '; it has: ' ~ known | join(', ')) -%}
    {%- endfor -%}
    {%- for key in ['rule', 'reason', 'owner'] + (narrow | select('in', written) | list)
            if written.get(key) is not string or not written[key] | trim -%}
        {%- do exceptions.raise_compiler_error(place ~ ': ' ~ key ~ (
            ' must be a text' if written.get(key) else ' is missing')) -%}
    {%- endfor -%}
    {%- if not fixed and not written.get('node') and not written.get('object') -%}
        {%- do exceptions.raise_compiler_error(place ~ ': says no node or object') -%}
    {%- endif -%}
    {%- do dbee_dbt.dbee_check_waived_rule(written['rule'], place, names) -%}
    {%- set expires = dbee_dbt.dbee_waiver_date(written.get('expires'), place) -%}
    {{ return({
        'rule': written['rule'], 'node': written.get('node'), 'object': written.get('object'),
        'column': written.get('column'), 'reason': written['reason'] | trim, 'owner': written['owner'] | trim,
        'expires': expires, 'expired': expires < today, 'place': place, 'subject': fixed.get('subject'),
        'at': fixed.get('column'),
    }) }}
{% endmacro %}


{% macro dbee_check_waived_rule(name, place, names) %}
    {%- if name not in names -%}
        {%- do exceptions.raise_compiler_error(place ~ ': there is no rule ' ~ name ~ '; there are: ' ~ names | join(', ')) -%}
    {%- elif name in ('waiver_expired', 'waiver_unused') -%}
        {%- do exceptions.raise_compiler_error(place ~ ': ' ~ name ~ ' cannot be waived; set its severity') -%}
    {%- endif -%}
{% endmacro %}


{#- The day, YYYY-MM-DD, through which a waiver holds. YAML reads one without quotes as a date. -#}
{% macro dbee_waiver_date(written, place) %}
    {%- if written is none -%}{%- do exceptions.raise_compiler_error(place ~ ': expires is missing') -%}{%- endif -%}
    {%- set text = written | string | trim -%}
    {%- set parts = text.split('-') -%}
    {%- set lengths = parts | map('length') | list -%}
    {%- set digits = parts | join -%}
    {%- if lengths == [4, 2, 2] and digits.isascii() and digits.isdigit() -%}
        {%- set year, month, day = parts[0] | int, parts[1] | int, parts[2] | int -%}
        {%- set leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
        {%- set days = [0, 31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] -%}
        {%- if year and 1 <= month <= 12 and 1 <= day <= days[month] -%}{{ return(text) }}{%- endif -%}
    {%- endif -%}
    {%- do exceptions.raise_compiler_error(place ~ ': expires must be a day such as 2027-01-31, not ' ~ written) -%}
{% endmacro %}


{#-
  Put `waived`, {reason, owner, expires}, into each finding that a waiver names and that has not expired.

  Returns the places of the waivers that name a finding, {place: true}, of expired ones too.
-#}
{% macro dbee_waive(findings, waivers) %}
    {%- set by_rule, naming, met, used = dbee_dbt.dbee_waivers_by_rule(waivers), {}, {}, {} -%}
    {%- for finding in findings if finding['rule'] in by_rule -%}
        {%- set key = (finding['rule'], finding['node'], finding['object']) -%}
        {%- if key not in naming -%}
            {%- do naming.update({key: dbee_dbt.dbee_waivers_naming(by_rule[finding['rule']], finding, met)}) -%}
        {%- endif -%}
        {%- for waiver in naming[key] if dbee_dbt.dbee_names_column(waiver, finding['column'], met) -%}
            {%- do used.update({waiver['place']: true}) -%}
            {%- if not waiver['expired'] and not finding['waived'] -%}
                {%- do finding.update({'waived': {
                    'reason': waiver['reason'], 'owner': waiver['owner'], 'expires': waiver['expires'],
                }}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(used) }}
{% endmacro %}


{#-
  {rule: {exact: {name: waivers}, globs: {prefix: waivers}, lengths: {length: true}}}: a waiver that names one node or object
  is looked up, and so is a pattern, by what stands before its first * or ?, folded; lengths are those of such prefixes.
-#}
{% macro dbee_waivers_by_rule(waivers) %}
    {%- set by_rule = {} -%}
    {%- for waiver in waivers -%}
        {%- set kept = by_rule.setdefault(waiver['rule'], {'exact': {}, 'globs': {}, 'lengths': {}}) -%}
        {%- set pattern = dbee_dbt.dbee_fold(waiver['node'] or waiver['object'] or '') -%}
        {%- set prefix = pattern.split('*')[0].split('?')[0] -%}
        {%- if waiver['subject'] -%}{%- do kept['exact'].setdefault(waiver['subject'], []).append(waiver) -%}
        {%- elif prefix == pattern -%}{%- do kept['exact'].setdefault(pattern, []).append(waiver) -%}
        {%- else -%}
            {%- do kept['globs'].setdefault(prefix, []).append(waiver) -%}
            {%- do kept['lengths'].update({prefix | length: true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(by_rule) }}
{% endmacro %}


{#- Of the waivers of a rule those that name a finding's node or object, whatever column they name. -#}
{% macro dbee_waivers_naming(kept, finding, met) %}
    {%- set node, object = finding['node'] or '', dbee_dbt.dbee_fold(finding['object']) -%}
    {%- set id = dbee_dbt.dbee_fold(node) -%}
    {%- set short = id.split('.', 2)[2] or id -%}
    {%- set candidates, naming = [], [] -%}
    {%- for name in dict.fromkeys([node, id, short, object]) if name in kept['exact'] -%}
        {%- do candidates.extend(kept['exact'][name]) -%}
    {%- endfor -%}
    {%- for length in kept['lengths'] -%}
        {%- for prefix in dict.fromkeys([short[:length], object[:length], id[:length]]) if prefix in kept['globs'] -%}
            {%- do candidates.extend(kept['globs'][prefix]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for waiver in candidates if dbee_dbt.dbee_names_node(waiver, finding, met) -%}{%- do naming.append(waiver) -%}{%- endfor -%}
    {{ return(naming) }}
{% endmacro %}


{#- A node is named by its unique id or the end of it (`stg_orders`, `sales.orders`), an object as reports show it. -#}
{% macro dbee_names_node(waiver, finding, met) %}
    {%- set node = finding['node'] -%}
    {%- if waiver['subject'] -%}{{ return(waiver['subject'] == node) }}{%- endif -%}
    {%- if waiver['node'] and not (node and (dbee_dbt.dbee_meets(waiver['node'], node, met)
            or dbee_dbt.dbee_meets(waiver['node'], node.split('.', 2)[2], met))) -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(not waiver['object'] or dbee_dbt.dbee_meets(waiver['object'], finding['object'], met)) }}
{% endmacro %}


{% macro dbee_names_column(waiver, column, met) %}
    {%- if waiver['at'] -%}{{ return(dbee_dbt.dbee_fold(waiver['at']) == dbee_dbt.dbee_fold(column or '')) }}{%- endif -%}
    {{ return(not waiver['column'] or (column is not none and dbee_dbt.dbee_meets(waiver['column'], column, met))) }}
{% endmacro %}


{#- dbee_matches, each pair worked out once: many findings name the same few nodes, objects and columns. -#}
{% macro dbee_meets(pattern, name, met) %}
    {%- if (pattern, name) not in met -%}
        {%- do met.update({(pattern, name): dbee_dbt.dbee_matches(pattern, name)}) -%}
    {%- endif -%}
    {{ return(met[(pattern, name)]) }}
{% endmacro %}


{#-
  What the waivers themselves give rise to: rules of the scope `waivers`, each called once with a subject {waiver, used}.
  A waiver of the project is judged where everything is checked, or where it names a finding: a selection says nothing of
  the others.
-#}
{% macro dbee_judge_waivers(waivers, used, project, rules) %}
    {%- set nodes, found = {}, [] -%}
    {%- if waivers -%}
        {%- for node in project['nodes'] -%}{%- do nodes.update({node['unique_id']: node}) -%}{%- endfor -%}
    {%- endif -%}
    {%- for waiver in waivers if waiver['subject'] or waiver['place'] in used or project['selected'] is none -%}
        {%- set node = nodes.get(waiver['subject']) -%}
        {%- for rule in rules if rule['scope'] == 'waivers' -%}
            {%- set subject = {'node': node, 'relation': none, 'waiver': waiver, 'used': waiver['place'] in used} -%}
            {%- do found.extend(dbee_dbt.dbee_judge_waiver(rule, subject)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_judge_waiver(rule, subject) %}
    {%- set node, found = subject['node'], [] -%}
    {%- set rule = dbee_dbt.dbee_rule_for(rule, node) -%}
    {%- if rule['severity'] == 'off' -%}{{ return(found) }}{%- endif -%}
    {%- set call = rule['call'] -%}
    {%- for partial in call(subject, rule['options']) -%}
        {%- set place = {} if node else {'object': subject['waiver']['place']} -%}
        {%- set finding = dbee_dbt.dbee_finding(rule, subject, dict(partial, column=subject['waiver']['at'], **place)) -%}
        {%- if finding['severity'] != 'off' -%}{%- do found.append(finding) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
