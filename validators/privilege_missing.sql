{#-
The database of a view may not pass on what the view reads in another database: whoever is not its owner gets error 5315.

Teradata asks the database that a view lies in, not its creator, for SELECT WITH GRANT OPTION on every table and view of another
database that it reads. dbt knows what a model reads (`ref` and `source`, also through ephemeral models); the dictionary
knows the rights. A right on the whole database will do, and an owner, direct or not, needs none. Rights of roles cannot
be passed on. Against a folder or a saved catalog, and through the X views, nothing is compared.

The rule is off unless it is asked for, since a project whose views only their owner reads can do without:

    vars:
      dbee:
        rules:
          privilege_missing: {severity: error}

Best practice: GRANT SELECT ON the database that is read TO the views' database WITH GRANT OPTION.
-#}
{% macro dbee_about__privilege_missing() %}
    {{ return({'severity': 'off', 'scope': 'models', 'facets': ['view.rights'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__privilege_missing(subject, options) %}
    {%- set view = dbee_dbt.dbee_shown_name(dbee_dbt.dbee_node_database(subject.node)) -%}
    {%- set found = [] -%}
    {%- for object in subject.facets['view.rights'] -%}
        {%- do found.append({
            'expected': 'SELECT WITH GRANT OPTION on ' ~ object ~ ' for ' ~ view,
            'actual': 'not granted',
            'fix': 'GRANT SELECT ON ' ~ object ~ ' TO ' ~ view ~ ' WITH GRANT OPTION',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
