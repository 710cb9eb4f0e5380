{#-
A model, seed or snapshot stands for a table or view that dbt did not make: its next run replaces what somebody else owns.

It is one that the project itself declares as a source; or one whose last DDL came from somebody else, or from another dbt
project. dbt puts a comment with its name and the node's in front of what it sends, and the dictionary keeps the text of
the last DDL on each object. So a table that dbt made and somebody altered by hand is reported too: the next full refresh
loses the change. Where no object of the project bears the comment (`query-comment` is switched off, nothing was built
yet), and against a folder or a saved catalog, which keep no such text, only sources are looked at. Python models leave no
comment, and are left alone.

Best practice: give the model another `alias` or `schema`; or, if it is meant to take over, run it once.
-#}
{% macro dbee_about__model_shadows_object() %}
    {{ return({'severity': 'warn', 'scope': 'models', 'facets': ['object.shadows'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__model_shadows_object(subject, options) %}
    {{ return([{
        'expected': 'made by dbt for ' ~ subject.node.unique_id,
        'actual': subject.facets['object.shadows'],
        'fix': 'Give the model another alias or schema, or run it to take over.',
    }]) }}
{% endmacro %}
