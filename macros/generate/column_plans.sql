{#-
  Columns in declared order: {name, in the source; alias, in the model; renamed; type and comment, as YAML or none;
  unique and not_null, to be tested; tests, the others; required, where the table takes no null}. Columns of one name and
  type come again and again, so what follows from these is worked out once.

  unique: the columns that are unique alone, folded, as keys.
  owner: their table or view. A column of a view may be said not to be null, and nothing holds it to that.
  checks: takes the conditions of the columns.
-#}
{% macro dbee_column_plans(columns, unique, owner, checks, tools) %}
    {%- set traits = tools['traits'] -%}
    {%- set summary = tools['summary'] -%}
    {%- set planned = [] -%}
    {%- set append = planned.append -%}
    {%- set table = owner['kind'] == 'table' -%}
    {%- set testing = owner['modelled'] and 'not_null' in tools['options']['tests'] -%}
    {%- set plain = dbee_dbt.dbee_plain_yaml(columns | map(attribute='comment')) -%}
    {%- set yaml_description = dbee_dbt.dbee_yaml_description -%}
    {%- for column in columns -%}
        {%- set name, type, comment = column['name'], column['type'], column['comment'] -%}
        {%- if (name, type) not in traits -%}
            {%- do traits.update({(name, type): dbee_dbt.dbee_column_names(name, type, tools)}) -%}
        {%- endif -%}
        {%- set plan = traits[(name, type)] -%}
        {%- set key = unique and name | upper in unique -%}
        {%- set required = table and column['nullable'] is false -%}
        {%- if column['checks'] -%}{%- do checks.extend(column['checks']) -%}{%- endif -%}
        {%- if not type -%}{%- do summary.update({'untyped': summary['untyped'] + 1}) -%}{%- endif -%}
        {%- if not plan['name']['testable'] and (key or required and testing) -%}
            {%- do summary.update({'untested': summary['untested'] + 1}) -%}
        {%- endif -%}
        {%- set text = comment | trim if comment and plain else '' -%}
        {%- do append(dict(
            plan,
            comment='"' ~ text ~ '"' if text else (yaml_description(comment) if comment and not plain else none),
            unique=key and plan['name']['testable'],
            not_null=required and testing and plan['name']['testable'],
            tests=[],
            required=required,
        )) -%}
    {%- endfor -%}
    {%- if tools['renaming'] -%}{%- do dbee_dbt.dbee_settle_names(planned, summary) -%}{%- endif -%}
    {{ return(planned) }}
{% endmacro %}


{#- What follows from a column's name and type. -#}
{% macro dbee_column_names(name, type, tools) %}
    {%- set plan = dbee_dbt.dbee_name_plan(name, tools) -%}
    {%- set cased = dbee_dbt.dbee_cased(name, tools['options']['case']) -%}
    {{ return({
        'name': plan,
        'alias': plan if cased == name else dbee_dbt.dbee_name_plan(cased, tools),
        'renamed': cased != name,
        'type': dbee_dbt.dbee_yaml_text(type) if type else none,
    }) }}
{% endmacro %}


{#- A column's name as it is written: {name, yaml, sql, template (SQL in a model), quoted, testable}. A name that holds a
    quote or a brace cannot be put into a generic test, since dbt neither doubles quotes nor escapes braces there. -#}
{% macro dbee_name_plan(name, tools) %}
    {%- set sql = dbee_dbt.dbee_sql_name(name, tools['reserved']) -%}
    {{ return({
        'name': name,
        'yaml': dbee_dbt.dbee_yaml_text(name),
        'sql': sql,
        'template': dbee_dbt.dbee_template_text(sql),
        'quoted': sql != name,
        'testable': '"' not in name and '{' not in name,
    }) }}
{% endmacro %}


{#-
  No two columns of a model have one name. A column keeps its own where the name that it would get is wished for by
  another, or is another's own; so whether it is renamed does not depend on the order of the columns.
-#}
{% macro dbee_settle_names(columns, summary) %}
    {%- set wished = {} -%}
    {%- for column in columns if column['renamed'] -%}
        {%- set key = column['alias']['name'] | upper -%}
        {%- do wished.update({key: wished.get(key, 0) + 1}) -%}
    {%- endfor -%}
    {%- for column in columns if wished -%}
        {%- set own, key = column['name']['name'] | upper, column['alias']['name'] | upper -%}
        {%- if own in wished and not (column['renamed'] and own == key) -%}
            {%- do wished.update({own: wished[own] + 1}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in columns if column['renamed'] and wished[column['alias']['name'] | upper] > 1 -%}
        {%- do column.update({'alias': column['name'], 'renamed': false}) -%}
        {%- do summary.update({'unrenamed': summary['unrenamed'] + 1}) -%}
    {%- endfor -%}
{% endmacro %}
