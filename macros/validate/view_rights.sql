{#- Put what a view reads in other databases, and its own may not pass on, into the subject: a list of names. -#}
{% macro dbee_match_view_rights(subject, memory) %}
    {%- set key = dbee_dbt.dbee_node_key(subject['node']) -%}
    {%- set lost = [] -%}
    {%- for parent in dbee_dbt.dbee_read_by(subject['node'], memory) if memory['keys'][parent][0] != key[0] -%}
        {%- set read = memory['keys'][parent] -%}
        {%- set right = (key[0], 'R') -%}
        {%- if memory['unread'].get('rights') -%}
            {%- do subject['unknown'].update({'view.rights': memory['unread']['rights']}) -%}
        {%- elif memory['rights'] is none or memory['absent'] == 'not visible' -%}
            {%- do dbee_dbt.dbee_not_compared(memory, 'view.rights') -%}
        {%- elif key[0] not in dbee_dbt.dbee_owners(read[0], memory) -%}
            {%- set own = memory['rights'].get(read, {}).get(right) or {} -%}
            {%- set whole = memory['rights'].get((read[0], 'ALL'), {}).get(right) or {} -%}
            {%- if not own.get('grantable') and not whole.get('grantable') -%}
                {%- do lost.append(dbee_dbt.dbee_shown(*read)) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if lost -%}{%- do subject['facets'].update({'view.rights': lost | unique | list}) -%}{%- endif -%}
{% endmacro %}


{#- Unique ids of the tables and views that a model reads; those of an ephemeral model are its reader's. -#}
{% macro dbee_read_by(node, memory) %}
    {%- set read, open = [], node['depends_on']['nodes'] | list -%}
    {%- for id in open -%}
        {%- if id in memory['keys'] -%}{%- do read.append(id) -%}
        {%- else -%}
            {%- for other in memory['nodes'] if other['unique_id'] == id and other['resource_type'] == 'model' -%}
                {%- do open.extend(other['depends_on']['nodes'] | reject('in', open) | list) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(read) }}
{% endmacro %}


{#- {folded name: true} of the databases that own a database, directly or not. -#}
{% macro dbee_owners(database, memory) %}
    {%- set owners = {} -%}
    {%- set open = [database] -%}
    {%- for name in open -%}
        {%- set owner = memory['owners'].get(name) -%}
        {%- if owner and owner not in owners -%}
            {%- do owners.update({owner: true}) -%}
            {%- do open.append(owner) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(owners) }}
{% endmacro %}


{#- {database: owner}, folded. -#}
{% macro dbee_owner_of(rows) %}
    {%- set owners = {} -%}
    {%- for row in rows['databases'] if row['owner'] -%}
        {%- do owners.update({dbee_dbt.dbee_fold(row['name']): dbee_dbt.dbee_fold(row['owner'])}) -%}
    {%- endfor -%}
    {{ return(owners) }}
{% endmacro %}


{#- True where the project asks for the rule. -#}
{% macro dbee_asks_for_rights(settings) %}
    {%- set configured = (settings.get('rules') or {}).get('privilege_missing') -%}
    {{ return(configured is mapping and configured.get('severity') not in (none, false, 'off')) }}
{% endmacro %}
