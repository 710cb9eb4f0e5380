{#-
  True if the patterns mean this object: some pattern of `include` matches and none of `exclude` does. Patterns are
  DATABASE, DATABASE.NAME or kind:KIND with the globs * and ?, as --objects takes them; names compare without case.

  wanted: {include, exclude}, two lists as dbee_object_patterns returns them.
  name: none where the object is the database itself, which a pattern with a name never means.
-#}
{% macro dbee_object_wanted(wanted, database, name, kind) %}
    {%- set object = {'database': database, 'name': name, 'kind': kind} -%}
    {%- for pattern in wanted['exclude'] -%}
        {%- if dbee_dbt.dbee_pattern_matches(pattern, object) -%}{{ return(false) }}{%- endif -%}
    {%- endfor -%}
    {%- for pattern in wanted['include'] -%}
        {%- if dbee_dbt.dbee_pattern_matches(pattern, object) -%}{{ return(true) }}{%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}


{#- True if something in this database could be meant. -#}
{% macro dbee_database_wanted(wanted, database) %}
    {%- for pattern in wanted['include'] -%}
        {%- if dbee_dbt.dbee_database_matches(pattern['database'], database) -%}{{ return(true) }}{%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}


{#- Patterns, a text or a list of texts, taken apart: a list of {database, name, kind}; `none` where any will do. -#}
{% macro dbee_object_patterns(patterns) %}
    {%- set found = [] -%}
    {%- for pattern in ([patterns] if patterns is string else (patterns or [])) -%}
        {%- if pattern[:5] | lower == 'kind:' -%}
            {%- do found.append({'database': '*', 'name': none, 'kind': pattern[5:]}) -%}
        {%- else -%}
            {%- set parts = dbee_dbt.dbee_split_pattern(pattern) -%}
            {%- do found.append({
                'database': parts[0],
                'name': parts[1] if parts | length > 1 else none,
                'kind': none,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_pattern_matches(pattern, object) %}
    {%- if not dbee_dbt.dbee_database_matches(pattern['database'], object['database']) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if pattern['name'] is not none
            and (object['name'] is none or not dbee_dbt.dbee_matches(pattern['name'], object['name'])) -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(pattern['kind'] is none or dbee_dbt.dbee_matches(pattern['kind'], object['kind'])) }}
{% endmacro %}


{#- A system database is matched only by a pattern that spells it. -#}
{% macro dbee_database_matches(pattern, database) %}
    {%- if dbee_dbt.dbee_fold(database) in dbee_dbt.dbee_system_databases() -%}
        {{ return(dbee_dbt.dbee_fold(pattern) == dbee_dbt.dbee_fold(database)) }}
    {%- endif -%}
    {{ return(dbee_dbt.dbee_matches(pattern, database)) }}
{% endmacro %}


{#- DATABASE or DATABASE.NAME split at the first dot outside double quotes; a quote opens at the start of a part only. -#}
{% macro dbee_split_pattern(pattern) %}
    {%- set parts = [''] -%}
    {%- set state = namespace(quoted=false, start=true, skip=false) -%}
    {%- for char in pattern -%}
        {%- set next = pattern[loop.index:loop.index + 1] -%}
        {%- if state.skip -%}{%- set state.skip = false -%}
        {%- elif char == '"' and state.quoted and next == '"' -%}
            {%- do parts.append(parts.pop() ~ '"') -%}{%- set state.skip = true -%}
        {%- elif char == '"' and (state.quoted or state.start) -%}{%- set state.quoted = not state.quoted -%}
        {%- elif char == '.' and not state.quoted and parts | length == 1 -%}{%- do parts.append('') -%}
        {%- else -%}{%- do parts.append(parts.pop() ~ char) -%}
        {%- endif -%}
        {%- set state.start = char == '.' and not state.quoted and parts | length == 2 and parts[1] == '' -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
