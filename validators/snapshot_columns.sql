{#-
A snapshot's table lacks one of the columns that dbt keeps in it.

These are `dbt_scd_id`, `dbt_updated_at`, `dbt_valid_from` and `dbt_valid_to`, under the names that `snapshot_meta_column_names`
gives them, and `dbt_is_deleted` where `hard_deletes` is `new_record`. dbt does not add them to a table that is there: after
a change of these settings, or on a table that was made by hand, the next `dbt snapshot` fails.

Best practice: rename or add the column in the table. A full refresh would lose the history.
-#}
{% macro dbee_about__snapshot_columns() %}
    {{ return({'severity': 'error', 'scope': 'models', 'facets': ['snapshot.columns'], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__snapshot_columns(subject, options) %}
    {%- set found = [] -%}
    {%- for lost in subject.facets['snapshot.columns'] -%}
        {%- do found.append({
            'column': lost.column, 'expected': 'a column that dbt keeps', 'actual': lost.actual,
            'fix': 'Rename or add the column in the table, or correct the settings of the snapshot.',
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
