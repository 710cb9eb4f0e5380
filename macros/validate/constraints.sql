{#-
  Put the constraints that a node or its columns declare, and that the table does not have, into the subject: a list of
  {type, column, expected, actual} under `constraint.exists`. NOT NULL is a matter of nullability; a view has no constraints.
-#}
{% macro dbee_match_constraints(subject, memory) %}
    {%- if subject['relation']['kind'] == 'table' -%}
        {%- set lost = [] -%}
        {%- for constraint in dbee_dbt.dbee_declared_constraints(subject) -%}
            {%- set source = {'foreign_key': 'references', 'check': 'checks'}.get(constraint['type'], 'indexes') -%}
            {%- if source in memory['unread'] -%}
                {%- do subject['unknown'].update({'constraint.exists': memory['unread'][source]}) -%}
            {%- else -%}
                {%- set verdict = dbee_dbt.dbee_constraint_verdict(subject, constraint, memory) -%}
                {%- if verdict -%}{%- do lost.append(dict(verdict, column=constraint['column'], type=constraint['type'])) -%}{%- endif -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if lost -%}{%- do subject['facets'].update({'constraint.exists': lost}) -%}{%- endif -%}
    {%- endif -%}
{% endmacro %}


{#- The constraints of a node and of its columns that a table could bear; those of a column name it. -#}
{% macro dbee_declared_constraints(subject) %}
    {%- set known = ('primary_key', 'unique', 'foreign_key', 'check') -%}
    {%- set found = [] -%}
    {%- for constraint in subject['node'].get('constraints') or [] if constraint['type'] in known -%}
        {%- do found.append(dict(constraint, column=none, columns=dbee_dbt.dbee_unquoted(constraint['columns'] or []))) -%}
    {%- endfor -%}
    {%- for column in subject['constrained'] -%}
        {%- for constraint in column['constraints'] if constraint['type'] in known -%}
            {%- do found.append(dict(constraint, column=column['name'], columns=[column['name']])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- none where the table has the constraint, else {expected, actual}. -#}
{% macro dbee_constraint_verdict(subject, constraint, memory) %}
    {%- set relation = subject['relation'] -%}
    {%- if constraint['type'] == 'check' -%}{{ return(dbee_dbt.dbee_check_verdict(relation, constraint, memory)) }}{%- endif -%}
    {%- if constraint['type'] == 'foreign_key' -%}
        {{ return(dbee_dbt.dbee_reference_verdict(subject, constraint, memory)) }}
    {%- endif -%}
    {%- set wanted = dbee_dbt.dbee_fold_all(constraint['columns']) | sort -%}
    {%- set words = 'PRIMARY KEY' if constraint['type'] == 'primary_key' else 'UNIQUE' -%}
    {%- set others = [] -%}
    {%- for index in [relation['primary_index']] + relation['indexes'] if index['unique'] -%}
        {%- if constraint['type'] == 'unique' or index['key'] == 'primary key' -%}
            {%- if dbee_dbt.dbee_fold_all(index['columns']) | sort == wanted -%}{{ return(none) }}{%- endif -%}
            {%- do others.append(words ~ ' ' ~ dbee_dbt.dbee_name_list(index['columns'])) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({
        'expected': words ~ ' ' ~ dbee_dbt.dbee_name_list(constraint['columns']),
        'actual': others | join(', ') if others and constraint['type'] == 'primary_key' else 'no such constraint',
    }) }}
{% endmacro %}


{#- A condition is there if the table, or a column of it, has one of the same words. -#}
{% macro dbee_check_verdict(relation, constraint, memory) %}
    {%- set wanted = dbee_dbt.dbee_condition_key(constraint['expression'] or '', memory) -%}
    {%- set conditions = relation['checks'] | map(attribute='expression') | list -%}
    {%- for column in relation['columns'].values() if column['checks'] -%}
        {%- do conditions.extend(column['checks']) -%}
    {%- endfor -%}
    {%- for condition in conditions if dbee_dbt.dbee_condition_key(condition, memory) == wanted -%}
        {{ return(none) }}
    {%- endfor -%}
    {{ return({
        'expected': 'CHECK (' ~ dbee_dbt.dbee_without_parentheses(constraint['expression'] or '') ~ ')',
        'actual': 'no such constraint',
    }) }}
{% endmacro %}


{#- The form in which two conditions compare; worked out once for each text. -#}
{% macro dbee_condition_key(text, memory) %}
    {%- if text not in memory['checks'] -%}
        {%- set bare = text | trim -%}
        {%- set bare = dbee_dbt.dbee_without_parentheses(bare[5:] if bare[:5] | upper == 'CHECK' else bare) -%}
        {%- do memory['checks'].update({text: dbee_dbt.dbee_code_key(
            dbee_dbt.dbee_partitioning_text(bare, dbee_dbt.dbee_reserved_words())
        )}) -%}
    {%- endif -%}
    {{ return(memory['checks'][text]) }}
{% endmacro %}


{#- A reference is there if a foreign key leads from these columns to that table, and to those columns where they are named. -#}
{% macro dbee_reference_verdict(subject, constraint, memory) %}
    {%- set wanted = dbee_dbt.dbee_reference_wanted(subject['node'], constraint, memory) -%}
    {%- set head = 'FOREIGN KEY ' ~ dbee_dbt.dbee_name_list(constraint['columns']) ~ ' REFERENCES ' -%}
    {%- set others = [] -%}
    {%- for row in subject['relation']['references']
            if dbee_dbt.dbee_fold_all(row['columns']) | sort == dbee_dbt.dbee_fold_all(constraint['columns']) | sort -%}
        {%- set at = dbee_dbt.dbee_key(row['parent_database'] or wanted['database'], row['parent_relation']) -%}
        {%- set parents = dbee_dbt.dbee_fold_all(row['parent_columns']) | sort -%}
        {%- if at == dbee_dbt.dbee_key(wanted['database'], wanted['name'])
                and (not wanted['columns'] or parents == dbee_dbt.dbee_fold_all(wanted['columns']) | sort) -%}
            {{ return(none) }}
        {%- endif -%}
        {%- do others.append(head ~ dbee_dbt.dbee_shown(row['parent_database'] or wanted['database'], row['parent_relation'])
            ~ ' ' ~ dbee_dbt.dbee_name_list(row['parent_columns'])) -%}
    {%- endfor -%}
    {{ return({
        'expected': head ~ dbee_dbt.dbee_shown(wanted['database'], wanted['name'])
            ~ (' ' ~ dbee_dbt.dbee_name_list(wanted['columns']) if wanted['columns'] else ''),
        'actual': others | join(', ') or 'no such constraint',
    }) }}
{% endmacro %}


{#-
  {database, name, columns} of the table that a foreign key leads to: `to` and `to_columns`, or `expression`, a name with
  columns in parentheses. Before dbt has compiled it `to` is still ref(…) or source(…).
-#}
{% macro dbee_reference_wanted(node, constraint, memory) %}
    {%- set text = (constraint['to'] or constraint['expression'] or '') | trim -%}
    {%- set columns = constraint['to_columns'] or dbee_dbt.dbee_names_behind(dbee_dbt.dbee_index_tokens(text)) -%}
    {%- if text[:4] == 'ref(' or text[:7] == 'source(' -%}
        {%- set name = text.replace('"', "'").split("'")[-2] -%}
        {%- for other in memory['nodes'] if other['name'] == name and (other['resource_type'] == 'source') == (text[:1] == 's') -%}
            {{ return({
                'database': dbee_dbt.dbee_node_database(other), 'name': dbee_dbt.dbee_node_name(other),
                'columns': constraint['to_columns'] or [],
            }) }}
        {%- endfor -%}
    {%- endif -%}
    {%- set names = [] -%}
    {%- set tokens = dbee_dbt.dbee_index_tokens(text) -%}
    {%- for token in tokens[:tokens.index('(') if '(' in tokens else none] if token != 'REFERENCES' -%}
        {%- do names.extend([token[1:]] if token[0] == '"' else token.split('.') | select | list) -%}
    {%- endfor -%}
    {{ return({
        'database': names[-2] if names | length > 1 else dbee_dbt.dbee_node_database(node), 'name': names[-1] or '',
        'columns': columns,
    }) }}
{% endmacro %}
