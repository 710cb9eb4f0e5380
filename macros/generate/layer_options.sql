{#-
  Rules of the layers behind staging: false, true for those of dbt's own style, or a list of {tables, name, into,
  materialized, contract, group, access, version}.
-#}
{% macro dbee_checked_layers(value, place) %}
    {%- if value is boolean -%}{{ return(dbee_dbt.dbee_usual_layers() if value else []) }}{%- endif -%}
    {%- if value is string or value is mapping or value is not iterable -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be true, false or a list of rules') -%}
    {%- endif -%}
    {%- set rules = [] -%}
    {%- for rule in value -%}
        {%- set at = place ~ '[' ~ loop.index ~ ']:' -%}
        {%- do dbee_dbt.dbee_checked_keys(
            rule, ['tables', 'name', 'into', 'materialized', 'contract', 'group', 'access', 'version'], at) -%}
        {%- if not rule.get('tables') or rule.get('name') is not string -%}
            {%- do exceptions.raise_compiler_error(at ~ " needs tables and name, as {tables: 'DIM_*', name: 'dim_*'}") -%}
        {%- endif -%}
        {%- set tables = dbee_dbt.dbee_checked_texts(rule['tables'], at ~ ' tables') -%}
        {%- for pattern in tables -%}
            {%- do dbee_dbt.dbee_check_rename(dbee_dbt.dbee_split_pattern(pattern)[-1], rule['name'], at) -%}
        {%- endfor -%}
        {%- do dbee_dbt.dbee_checked_word(rule['name'].replace('*', ''), at ~ ' name') -%}
        {%- set checked = dbee_dbt.dbee_layer(tables, rule['name']) -%}
        {%- for key in ('into', 'materialized', 'contract', 'group', 'access', 'version') if rule.get(key) is not none -%}
            {%- do checked.update({key: dbee_dbt.dbee_checked_option(key, rule[key], at ~ ' ' ~ key)}) -%}
        {%- endfor -%}
        {%- do rules.append(checked) -%}
    {%- endfor -%}
    {{ return(rules) }}
{% endmacro %}


{#- A rule with what it is when nothing else is said. -#}
{% macro dbee_layer(tables, name) %}
    {%- set between = name[:4] == 'int_' -%}
    {{ return({
        'tables': tables, 'name': name, 'into': 'models/intermediate' if between else 'models/marts',
        'materialized': 'view' if between else 'table', 'contract': false, 'group': none, 'access': none, 'version': none,
    }) }}
{% endmacro %}


{#- Names of tables in a warehouse that say what they are. -#}
{% macro dbee_usual_layers() %}
    {%- set rules = [] -%}
    {%- for before in ('DIM_', 'D_') -%}{%- do rules.append(dbee_dbt.dbee_layer([before ~ '*'], 'dim_*')) -%}{%- endfor -%}
    {%- for before in ('FACT_', 'FCT_', 'F_') -%}{%- do rules.append(dbee_dbt.dbee_layer([before ~ '*'], 'fct_*')) -%}{%- endfor -%}
    {{ return(rules) }}
{% endmacro %}


{#- A group's name, or {name, owner}: with its owner it is written too. -#}
{% macro dbee_checked_group(value, place) %}
    {%- set group = {'name': value} if value is string else dbee_dbt.dbee_checked_keys(value, ['name', 'owner'], place) -%}
    {%- if not group.get('name') -%}{%- do exceptions.raise_compiler_error(place ~ ' has no name') -%}{%- endif -%}
    {%- if group.get('owner') is not none -%}{%- do dbee_dbt.dbee_check_text(group['owner'], place ~ ' owner') -%}{%- endif -%}
    {{ return({'name': dbee_dbt.dbee_checked_word(group['name'], place ~ ' name'), 'owner': group.get('owner')}) }}
{% endmacro %}


{% macro dbee_checked_version(value, place) %}
    {%- if value is boolean or value is not integer or value < 1 or value > 9999 -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a number from 1, not ' ~ value) -%}
    {%- endif -%}
    {{ return(value) }}
{% endmacro %}
