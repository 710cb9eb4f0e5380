{#-
  Tests that follow from the constraints of tables and tell of more than one column's own rows: `relationships` from
  foreign keys, `accepted_values` from CHECK (column IN (…)). They stand at the source, whose constraints they are. What
  gives no test is counted with its reason.

  databases: the plan's, named. rows: those of the catalog. options: {tests, …}.
-#}
{% macro dbee_add_constraint_tests(databases, rows, options, skipped) %}
    {%- set relations = {} -%}
    {%- for database in databases -%}
        {%- for relation in database['relations'] -%}
            {%- do relations.update({
                (relation['database'] | upper, relation['name'] | upper): dict(relation, source=database['source']),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for key in (rows['references'] if 'relationships' in options['tests'] else []) -%}
        {%- set child = relations.get((key['database'] | upper, key['relation'] | upper)) -%}
        {%- if child -%}
            {%- do dbee_dbt.dbee_add_relationship(key, child, relations, skipped) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if 'accepted_values' in options['tests'] -%}
        {%- for relation in relations.values() if relation['checks'] -%}
            {%- do dbee_dbt.dbee_add_accepted_values(relation, relation['checks'], skipped) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}


{#- dbt's relationships test takes one column on either side. -#}
{% macro dbee_add_relationship(key, child, relations, skipped) %}
    {%- set parent = relations.get((key['parent_database'] | upper, key['parent_relation'] | upper)) -%}
    {%- if not parent -%}
        {%- do dbee_dbt.dbee_skip(skipped, 'relationships test', 'what its foreign key refers to is not among the sources') -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set column = dbee_dbt.dbee_column_of(child, key['columns']) -%}
    {%- set field = dbee_dbt.dbee_column_of(parent, key['parent_columns'] or dbee_dbt.dbee_primary_key(parent)) -%}
    {%- if key['columns'] | length > 1 -%}
        {%- do dbee_dbt.dbee_skip(skipped, 'relationships test', 'its foreign key has several columns') -%}
    {%- elif not column or not field -%}
        {%- do dbee_dbt.dbee_skip(skipped, 'relationships test', 'the columns of its foreign key are not known') -%}
    {%- elif not column['name']['testable'] or not field['name']['testable'] -%}
        {%- do dbee_dbt.dbee_skip(skipped, 'relationships test', 'dbt cannot test a name with a quote or a brace') -%}
    {%- else -%}
        {%- do column['tests'].append({'name': 'relationships', 'arguments': [
            ('to', dbee_dbt.dbee_yaml_quoted("source('" ~ parent['source'] ~ "', '" ~ parent['table'] ~ "')")),
            ('field', dbee_dbt.dbee_yaml_text(field['name']['sql'])),
        ]}) -%}
    {%- endif -%}
{% endmacro %}


{% macro dbee_skip(skipped, what, why) %}
    {%- do skipped.update({(what, why): skipped.get((what, why), 0) + 1}) -%}
{% endmacro %}


{#- The column of a relation's plan that these names mean, if it is one and is there. -#}
{% macro dbee_column_of(relation, names) %}
    {%- for column in relation['columns'] if names | length == 1 and column['name']['name'] | upper == names[0] | upper -%}
        {{ return(column) }}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}


{% macro dbee_primary_key(relation) %}
    {%- for index in relation['indexes'] if index['key'] == 'primary key' -%}{{ return(index['columns']) }}{%- endfor -%}
    {{ return([]) }}
{% endmacro %}


{#- A check that says anything but `column IN (literals)` gives no test, and is no omission: it is not listed. -#}
{% macro dbee_add_accepted_values(relation, checks, skipped) %}
    {%- for check in checks if ' IN' in (check | upper) or '"IN' in (check | upper) -%}
        {%- set accepted = dbee_dbt.dbee_accepted_values(check, relation['columns']) -%}
        {%- if accepted is none -%}
            {%- do dbee_dbt.dbee_skip(skipped, 'accepted_values test', 'its check says more than which values a column takes') -%}
        {%- elif not accepted['column']['name']['testable'] -%}
            {%- do dbee_dbt.dbee_skip(skipped, 'accepted_values test', 'dbt cannot test a name with a quote or a brace') -%}
        {%- else -%}
            {%- do accepted['column']['tests'].append({'name': 'accepted_values', 'arguments': accepted['arguments']}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#-
  What a condition says, if it says `column IN (literal, …)` and nothing else: {column, arguments of the test}; else none.
  The literals are of one kind, and it is the column's: strings, numbers or dates.
-#}
{% macro dbee_accepted_values(condition, columns) %}
    {%- set head, opened, rest = condition.partition('(') -%}
    {%- set left = head.rstrip() -%}
    {%- set name = left[:-2].strip() -%}
    {%- set bare = name[1:-1].replace('""', '') if name[:1] == '"' and name[-1:] == '"' and name | length > 2 else name -%}
    {%- if left[-2:] | upper != 'IN' or left[-3:-2] not in (' ', '\t', '\n', '\r', '"') or '"' in bare
            or (bare == name and not bare.replace('#', 'a').replace('$', 'a').isidentifier())
            or rest.rstrip()[-1:] != ')' -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set name = name[1:-1].replace('""', '"') if bare != name else name -%}
    {%- set literals = [] -%}
    {%- for text in dbee_dbt.dbee_split_outside(rest.rstrip()[:-1], ',') -%}
        {%- do literals.append(dbee_dbt.dbee_accepted_literal(text | trim)) -%}
    {%- endfor -%}
    {%- set kinds = literals | map(attribute='kind') | unique | list -%}
    {%- for column in columns if column['name']['name'] | upper == name | upper -%}
        {%- if kinds | length == 1 and kinds[0] and kinds[0] == dbee_dbt.dbee_literal_kind(column['type']) -%}
            {%- set values = ('values', '[' ~ literals | map(attribute='yaml') | unique(case_sensitive=true) | join(', ') ~ ']') -%}
            {{ return({
                'column': column, 'arguments': [values] if kinds[0] == 'text' else [values, ('quote', 'false')],
            }) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}


{#- Which literals a column of this type takes: text, number or date. -#}
{% macro dbee_literal_kind(type) %}
    {%- set family = (type or '').replace('"', '').partition('(')[0].split() | first | default('') -%}
    {{ return({
        'CHAR': 'text', 'VARCHAR': 'text', 'DATE': 'date', 'BYTEINT': 'number', 'SMALLINT': 'number', 'INTEGER': 'number',
        'BIGINT': 'number', 'DECIMAL': 'number', 'NUMBER': 'number',
    }.get(family)) }}
{% endmacro %}


{#-
  One literal: {kind, yaml (as a value of the test)}; kind is none where it is no literal that is known. dbt puts a text
  between quotes and doubles none in it, so those stay doubled; what looks like a call to it is kept from looking so.
-#}
{% macro dbee_accepted_literal(text) %}
    {%- set inner = text[1:-1] -%}
    {%- if text | length > 1 and text[0] == "'" and text[-1] == "'" and "'" not in inner.replace("''", '') -%}
        {{ return({'kind': 'text', 'yaml': dbee_dbt.dbee_yaml_quoted(inner).replace('(', "{{ '(' }}")}) }}
    {%- endif -%}
    {%- set digits = (text[1:] if text[:1] in ('-', '+') else text).replace('.', '', 1) -%}
    {%- if digits.isascii() and digits.isdigit() -%}
        {%- set whole = text == digits and digits | length < 16 and (digits[0] != '0' or digits == '0') -%}
        {{ return({'kind': 'number', 'yaml': text if whole else dbee_dbt.dbee_yaml_quoted(text)}) }}
    {%- endif -%}
    {%- set day = text[4:].strip() if text[:4] | upper == 'DATE' else '' -%}
    {%- if day | length == 12 and day[0] == "'" and day[-1] == "'" and day[1:-1].replace('-', '').isdigit() -%}
        {{ return({'kind': 'date', 'yaml': dbee_dbt.dbee_yaml_quoted('DATE ' ~ day)}) }}
    {%- endif -%}
    {{ return({'kind': none, 'yaml': none}) }}
{% endmacro %}
