{#-
  What is kept while all nodes are checked: {types, wanted, indexes, partitioning, checks}, each worked out once;
  `not_compared`, how often a facet rests on something that nobody knows; how many columns were looked at; and of the
  actual side which databases exist, why what could not be read, and what to say of something that is not there; and
  `graph`, what is wrong with nodes as they stand to each other (dbee_graph).

  project, rows: as dbee_findings takes them. keys: {unique id: key} of every node that stands for a table or view;
  relations: as dbee_world returns them.
-#}
{% macro dbee_memory(project, rows, keys, relations) %}
    {{ return({
        'types': {}, 'wanted': {}, 'indexes': {}, 'partitioning': {}, 'checks': {}, 'columns': 0,
        'not_compared': dict(project.get('not_compared') or {}), 'nodes': project['nodes'],
        'graph': dbee_dbt.dbee_graph(project, keys, relations),
        'databases': dbee_dbt.dbee_existing_databases(rows), 'asked': rows['asked'],
        'keys': keys, 'owners': dbee_dbt.dbee_owner_of(rows),
        'asks_for_rights': dbee_dbt.dbee_asks_for_rights(project['settings']),
        'rights': dbee_dbt.dbee_rights(rows), 'statistics': dbee_dbt.dbee_collected(rows),
        'unread': rows.get('unread') or {},
        'outside': rows.get('outside') or {},
        'absent': 'not visible' if rows['partial'] else 'missing',
    }) }}
{% endmacro %}


{#- {folded name: true} of the databases that exist as far as anybody knows. -#}
{% macro dbee_existing_databases(rows) %}
    {%- set names = {} -%}
    {%- for row in rows['databases'] -%}{%- do names.update({row['name']: true}) -%}{%- endfor -%}
    {%- for row in rows['relations'] if row['database'] not in names -%}
        {%- do names.update({row['database']: true}) -%}
    {%- endfor -%}
    {{ return(dict.fromkeys(dbee_dbt.dbee_fold_all(names | list), true)) }}
{% endmacro %}
