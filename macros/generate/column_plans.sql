{#-
  Columns in declared order: {name, in the source; alias, in the model; …, see dbee_column_names; comment, as YAML or
  none; unique and not_null, to be tested; tests, the others; required, where the table takes no null}. Columns of one
  name and type come again and again, so what follows from these is worked out once.

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


{#-
  What follows from a column's name and type: {name, alias, renamed, type (in the source) and model_type, as YAML;
  source_type and result_type, as text; expression (SQL of the model, as a template)}.
-#}
{% macro dbee_column_names(name, type, tools) %}
    {%- set plan = dbee_dbt.dbee_name_plan(name, tools) -%}
    {%- set rules = dbee_dbt.dbee_column_rules(name, type, tools['options']['columns']) -%}
    {%- set alias = dbee_dbt.dbee_cased(rules['rename'] or name, tools['options']['case']) -%}
    {%- set renamed = alias != name and alias | length <= 128 -%}
    {%- set expression = plan['template'] -%}
    {%- set result = type -%}
    {%- if rules['trim'] and type and type.split('(')[0] in ('CHAR', 'VARCHAR') -%}
        {%- set expression = 'trim(trailing from ' ~ expression ~ ')' -%}
        {%- set result = 'VARCHAR(' ~ type.partition('(')[2] -%}
    {%- endif -%}
    {%- if rules['cast'] and rules['cast']['type'] != result -%}
        {%- set expression = 'cast(' ~ expression ~ ' as ' ~ rules['cast']['sql'] ~ ')' -%}
        {%- set result = rules['cast']['type'] -%}
    {%- endif -%}
    {{ return({
        'name': plan,
        'alias': dbee_dbt.dbee_name_plan(alias, tools) if renamed else plan,
        'renamed': renamed,
        'computed': expression != plan['template'],
        'expression': expression,
        'type': dbee_dbt.dbee_yaml_text(type) if type else none,
        'model_type': dbee_dbt.dbee_yaml_text(result) if result else none,
        'source_type': type,
        'result_type': result,
    }) }}
{% endmacro %}


{#- What the rules say of a column, {rename, trim, cast}: of each, what the first rule says that fits and says it. -#}
{% macro dbee_column_rules(name, type, rules) %}
    {%- set said = {'rename': none, 'trim': none, 'cast': none} -%}
    {%- for rule in rules if dbee_dbt.dbee_matches(rule['name'], name)
            and (rule['type'] is none or type and dbee_dbt.dbee_matches(rule['type'], type)) -%}
        {%- if said['rename'] is none and rule['rename'] is not none -%}
            {%- do said.update({'rename': dbee_dbt.dbee_renamed(name, rule['name'], rule['rename'])}) -%}
        {%- endif -%}
        {%- for key in ('trim', 'cast') if said[key] is none -%}{%- do said.update({key: rule[key]}) -%}{%- endfor -%}
    {%- endfor -%}
    {{ return(said) }}
{% endmacro %}


{#- The template with what the * of the pattern stands for in the name. -#}
{% macro dbee_renamed(name, pattern, template) %}
    {%- set before, star, behind = pattern.partition('*') -%}
    {{ return(template.replace('*', name[before | length:name | length - behind | length])) }}
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
  another, or is another's own; so whether it is renamed does not depend on the order of the columns. One that only
  changes its case always does.
-#}
{% macro dbee_settle_names(columns, summary) %}
    {%- set taken = {} -%}
    {%- set moved = [] -%}
    {%- for column in columns -%}
        {%- set own, wish = column['name']['name'] | upper, column['alias']['name'] | upper -%}
        {%- do taken.update({own: taken.get(own, 0) + 1}) -%}
        {%- if wish != own -%}
            {%- do taken.update({wish: taken.get(wish, 0) + 1}) -%}
            {%- do moved.append((column, wish)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column, wish in moved if taken[wish] > 1 -%}
        {%- do column.update({'alias': column['name'], 'renamed': false}) -%}
        {%- do summary.update({'unrenamed': summary['unrenamed'] + 1}) -%}
    {%- endfor -%}
{% endmacro %}
