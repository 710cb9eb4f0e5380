{#-
  Names of what is generated. Each is made of ASCII letters, digits and underscores only, so that it can be a file, a
  dbt node and a bare name in SQL on every system; no two of them are equal, whatever the case.
-#}

{#- The name with every other character as an underscore. -#}
{% macro dbee_slug(name) %}
    {%- if name.isascii() and name.replace('_', 'a').isalnum() -%}{{ return(name) }}{%- endif -%}
    {%- set letters = [] -%}
    {%- for letter in name -%}
        {%- do letters.append(letter if letter.isascii() and letter.isalnum() else '_') -%}
    {%- endfor -%}
    {{ return(letters | join) }}
{% endmacro %}


{#- A name in the case that was asked for: keep, lower or upper. A character that would become two stays. -#}
{% macro dbee_cased(name, case) %}
    {%- if case == 'keep' -%}{{ return(name) }}{%- endif -%}
    {%- if name.isascii() -%}{{ return(name | lower if case == 'lower' else name | upper) }}{%- endif -%}
    {%- set letters = [] -%}
    {%- for letter in name -%}
        {%- set cased = letter | lower if case == 'lower' else letter | upper -%}
        {%- do letters.append(cased if cased | length == 1 else letter) -%}
    {%- endfor -%}
    {{ return(letters | join) }}
{% endmacro %}


{#-
  Distinct names for things that would like certain names.

  wishes: a list of {wish, exact, origin}: the name wished for; true if it is the thing's own name, unaltered; a text
    that tells the thing from all others.
  longest: the greatest length in characters.

  Returns a list of names in the same order. Where several wish for the same name, only one whose own name it is keeps
  it; the others get a suffix made from their origin, and from nothing else, so that the same thing gets the same name
  in every run.
-#}
{% macro dbee_distinct_names(wishes, longest) %}
    {%- set wished = {} -%}
    {%- set owned = {} -%}
    {%- for entry in wishes -%}
        {%- set key = entry['wish'] | lower -%}
        {%- do wished.update({key: wished.get(key, 0) + 1}) -%}
        {%- if entry['exact'] -%}{%- do owned.update({key: owned.get(key, 0) + 1}) -%}{%- endif -%}
    {%- endfor -%}
    {%- set names = [] -%}
    {%- for entry in wishes -%}
        {%- set key = entry['wish'] | lower -%}
        {%- set free = wished[key] == 1 or (entry['exact'] and owned[key] == 1) -%}
        {%- if free and entry['wish'] | length <= longest -%}
            {%- do names.append(entry['wish']) -%}
        {%- else -%}
            {%- do names.append(entry['wish'][:longest - 9] ~ '_' ~ local_md5(entry['origin'])[:8]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}


{#- A name for a folder: Windows knows some names as devices. -#}
{% macro dbee_folder_name(name) %}
    {%- set device = name | lower in ('con', 'prn', 'aux', 'nul') or (
        name | length == 4 and name[:3] | lower in ('com', 'lpt') and name[3:].isdigit()
    ) -%}
    {{ return(name ~ '_' if device else name) }}
{% endmacro %}
