{#-
  Put grants that differ into the subject: {missing, extra}, each a list of `SELECT TO name`. wanted: the `grants` of a
  node's configuration, {privilege: names}. A right on the whole database counts for one that is declared; extra is only
  what was granted on the table or view itself, and not to who made it.
-#}
{% macro dbee_match_grants(subject, wanted, memory) %}
    {%- set unread = memory['unread'].get('rights') or memory['unread'].get('role_rights') -%}
    {%- if unread -%}{%- do subject['unknown'].update({'object.grants': unread}) -%}
    {%- elif memory['rights'] is none or memory['absent'] == 'not visible' -%}
        {%- do dbee_dbt.dbee_not_compared(memory, 'object.grants') -%}
    {%- else -%}
        {%- set codes = {'select': 'R', 'insert': 'I', 'update': 'U', 'delete': 'D'} -%}
        {%- set key = dbee_dbt.dbee_node_key(subject['node']) -%}
        {%- set own = memory['rights'].get(key) or {} -%}
        {%- set whole = memory['rights'].get((key[0], 'ALL')) or {} -%}
        {%- set declared, missing, extra = {}, [], [] -%}
        {%- for privilege, names in wanted.items() if privilege | lower in codes -%}
            {%- set grantees = [names] if names is string else names or [] -%}
            {%- for name in grantees -%}
                {%- set bare = name[5:] if name[:5] | lower in ('role:', 'user:') else name -%}
                {%- set right = (dbee_dbt.dbee_fold(bare), codes[privilege | lower]) -%}
                {%- do declared.update({right: true}) -%}
                {%- if right not in own and right not in whole -%}
                    {%- do missing.append(privilege | upper ~ ' TO ' ~ dbee_dbt.dbee_shown_name(bare)) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set maker = dbee_dbt.dbee_fold(subject['relation']['creator'] or '') -%}
        {%- set words = {'R': 'SELECT', 'I': 'INSERT', 'U': 'UPDATE', 'D': 'DELETE'} -%}
        {%- for right, row in own.items() if right not in declared and right[0] != maker -%}
            {%- do extra.append(words[right[1]] ~ ' TO ' ~ dbee_dbt.dbee_shown_name(row['grantee'])) -%}
        {%- endfor -%}
        {%- if missing or extra -%}
            {%- do subject['facets'].update({'object.grants': {'missing': missing, 'extra': extra}}) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}


{#- {(database, name): {(grantee, right): row}}, folded, name ALL for whole databases; none where nobody tells of rights. -#}
{% macro dbee_rights(rows) %}
    {%- if rows.get('rights') is none -%}{{ return(none) }}{%- endif -%}
    {%- set rights = {} -%}
    {%- for row in rows['rights'] + (rows.get('role_rights') or []) -%}
        {%- do rights.setdefault(dbee_dbt.dbee_key(row['database'], row['name']), {}).update({
            (dbee_dbt.dbee_fold(row['grantee']), row['right']): row,
        }) -%}
    {%- endfor -%}
    {{ return(rights) }}
{% endmacro %}
