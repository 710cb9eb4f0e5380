{#-
  The name of a dictionary view: DBC.TablesV, or DBC.TablesVX where `vars: dbee: {dictionary: VX}` says that only the X
  views may be read (they show what the user owns or may access; the rest is then not visible, not missing).
-#}
{% macro dbee_dictionary_view(name) %}
    {{ return('DBC.' ~ name ~ ('X' if dbee_dbt.dbee_dictionary_is_x() else '')) }}
{% endmacro %}


{#- What the project sets for us in `vars: dbee:`. -#}
{% macro dbee_settings() %}
    {%- set settings = var('dbee', none) or {} -%}
    {%- if settings is not mapping -%}
        {%- do exceptions.raise_compiler_error('vars: dbee: must be a dictionary') -%}
    {%- endif -%}
    {{ return(settings) }}
{% endmacro %}


{#- True where only the X views are read. -#}
{% macro dbee_dictionary_is_x() %}
    {%- set setting = (dbee_dbt.dbee_settings().get('dictionary') or 'V') | string | upper -%}
    {%- if setting not in ('V', 'VX') -%}
        {%- do exceptions.raise_compiler_error("vars: dbee: dictionary: must be V or VX, not " ~ setting) -%}
    {%- endif -%}
    {{ return(setting == 'VX') }}
{% endmacro %}


{#- JournalFlag as (before, after) in the words of CREATE TABLE. -#}
{% macro dbee_journals(flag) %}
    {%- set words = {'N': 'NO', 'S': 'SINGLE', 'D': 'DUAL', 'L': 'LOCAL'} -%}
    {%- set flag = flag or '' -%}
    {{ return((words.get(flag[:1]), words.get(flag[1:2]))) }}
{% endmacro %}


{#- TableKind as the kind of an object; unknown codes stay recognisable. -#}
{% macro dbee_object_kind(code) %}
    {%- set kinds = {
        'T': 'table', 'O': 'table', 'Q': 'table', 'V': 'view', 'M': 'macro', 'P': 'procedure', 'E': 'procedure',
        'F': 'function', 'A': 'function', 'B': 'function', 'R': 'function', 'S': 'function', 'L': 'function',
        'C': 'function', 'G': 'trigger', 'I': 'join index', 'N': 'hash index', 'J': 'journal', 'U': 'type',
        'H': 'method', 'X': 'authorization', 'K': 'foreign server', 'D': 'jar', 'Y': 'glop set', 'Z': 'file',
        '1': 'schema',
    } -%}
    {{ return(kinds.get(code, 'kind ' ~ code)) }}
{% endmacro %}
