{#-
  How models are generated: what is given for this run, else what `vars: dbee: generate:` says, else this. docs/generate.md
  describes each. The Python side holds the same defaults in project/generate.py; a test holds the two equal.
-#}
{% macro dbee_generation_defaults() %}
    {{ return({
        'into': 'models/staging',
        'prefix': 'stg_',
        'materialized': 'view',
        'case': 'keep',
        'tests': ['unique', 'not_null', 'relationships', 'accepted_values'],
        'columns': [],
        'surrogate_keys': false,
        'snapshots': none,
        'layers': [],
        'contract': false,
        'group': none,
        'access': none,
        'version': none,
        'unit_tests': false,
    }) }}
{% endmacro %}


{#- The options in full, checked. given, more: {option: value} of this run; a value of none stands for not given. -#}
{% macro dbee_generation_options(given, more=none) %}
    {%- set options = dbee_dbt.dbee_generation_defaults() -%}
    {%- do dbee_dbt.dbee_take_options(options, dbee_dbt.dbee_settings().get('generate'), 'vars: dbee: generate:') -%}
    {%- do dbee_dbt.dbee_take_options(options, more, 'dbee_generate_models: options:') -%}
    {%- do dbee_dbt.dbee_take_options(options, given, 'generate-models:') -%}
    {{ return(options) }}
{% endmacro %}


{% macro dbee_take_options(options, written, place) %}
    {%- if written is not none and written is not mapping -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a dictionary') -%}
    {%- endif -%}
    {%- for name, value in (written or {}).items() if value is not none -%}
        {%- if name not in options -%}
            {%- do exceptions.raise_compiler_error(
                place ~ ' there is no option ' ~ name ~ '; there are: ' ~ options | join(', ')) -%}
        {%- endif -%}
        {%- set checked = dbee_dbt.dbee_checked_option(name, value, place ~ ' ' ~ name) -%}
        {#- Of rules the first that fits counts: those of this run come before those of the project. -#}
        {%- do options.update({name: checked + options[name] if name == 'columns' else checked}) -%}
    {%- endfor -%}
{% endmacro %}


{#- The value of one option in its one form. place: how a message names it. -#}
{% macro dbee_checked_option(name, value, place) %}
    {%- if name == 'into' -%}{{ return(dbee_dbt.dbee_checked_folder(value, place)) }}{%- endif -%}
    {%- if name == 'prefix' -%}{{ return(dbee_dbt.dbee_checked_word(value, place)) }}{%- endif -%}
    {%- if name == 'tests' -%}
        {{ return(dbee_dbt.dbee_checked_choices(value, dbee_dbt.dbee_generation_defaults()['tests'], place)) }}
    {%- endif -%}
    {%- if name == 'columns' -%}{{ return(dbee_dbt.dbee_checked_column_rules(value, place)) }}{%- endif -%}
    {%- if name == 'snapshots' -%}{{ return(dbee_dbt.dbee_checked_snapshots(value, place)) }}{%- endif -%}
    {%- if name == 'layers' -%}{{ return(dbee_dbt.dbee_checked_layers(value, place)) }}{%- endif -%}
    {%- if name == 'group' -%}{{ return(dbee_dbt.dbee_checked_group(value, place)) }}{%- endif -%}
    {%- if name == 'version' -%}{{ return(dbee_dbt.dbee_checked_version(value, place)) }}{%- endif -%}
    {%- if name in ('surrogate_keys', 'contract', 'unit_tests') -%}{{ return(dbee_dbt.dbee_checked_flag(value, place)) }}{%- endif -%}
    {%- set choices = {
        'materialized': ['view', 'table'], 'case': ['keep', 'lower', 'upper'], 'access': ['private', 'protected', 'public'],
    } -%}
    {{ return(dbee_dbt.dbee_checked_choices([value], choices[name], place)[0]) }}
{% endmacro %}


{% macro dbee_checked_flag(value, place) %}
    {%- if value is not boolean -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be true or false, not ' ~ value) -%}
    {%- endif -%}
    {{ return(value) }}
{% endmacro %}


{#- A dictionary that has no keys but these. -#}
{% macro dbee_checked_keys(value, keys, place) %}
    {%- if value is not mapping -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a dictionary of: ' ~ keys | join(', ')) -%}
    {%- endif -%}
    {%- for key in value if key not in keys -%}
        {%- do exceptions.raise_compiler_error(place ~ ' there is no ' ~ key ~ '; there are: ' ~ keys | join(', ')) -%}
    {%- endfor -%}
    {{ return(value) }}
{% endmacro %}


{#- A list of texts, none of them empty. -#}
{% macro dbee_checked_texts(values, place) %}
    {%- do dbee_dbt.dbee_check_texts(values, place) -%}
    {%- set texts = [values] if values is string else values | list -%}
    {%- for text in texts if not text | trim -%}
        {%- do exceptions.raise_compiler_error(place ~ ' holds an empty text') -%}
    {%- endfor -%}
    {{ return(texts) }}
{% endmacro %}


{% macro dbee_checked_choices(values, choices, place) %}
    {%- if values is string or values is mapping or values is not iterable -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be a list of: ' ~ choices | join(', ')) -%}
    {%- endif -%}
    {%- for value in values if value not in choices -%}
        {%- do exceptions.raise_compiler_error(place ~ ' must be ' ~ choices | join(' or ') ~ ', not ' ~ value) -%}
    {%- endfor -%}
    {{ return(values | list) }}
{% endmacro %}


{#- What becomes part of a file's and a model's name. -#}
{% macro dbee_checked_word(text, place) %}
    {%- do dbee_dbt.dbee_check_text(text, place) -%}
    {%- if dbee_dbt.dbee_slug(text) != text -%}
        {%- do exceptions.raise_compiler_error(place ~ ' may hold letters, digits and underscores only, not ' ~ text) -%}
    {%- endif -%}
    {{ return(text) }}
{% endmacro %}


{#- A folder inside the project, with "/" and no slash at its end. -#}
{% macro dbee_checked_folder(text, place) %}
    {%- do dbee_dbt.dbee_check_text(text, place) -%}
    {%- set folder = text.replace('\\', '/').rstrip('/') -%}
    {%- if not folder or folder[0] == '/' or ':' in folder or '..' in folder.split('/') or not folder.isprintable() -%}
        {%- do exceptions.raise_compiler_error(place ~ ' names no folder in the project, as models/staging would') -%}
    {%- endif -%}
    {{ return(folder) }}
{% endmacro %}
