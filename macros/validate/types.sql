{#-
  What a type text says, in one form for every spelling: `int` and INTEGER, `varchar(10)` and VARCHAR(10). Written
  without regular expressions, since it runs outside dbt too. Call it once per distinct text.

  Returns {text, family, length, precision, scale, charset}: `text` is the type without its character set, as SHOW
  TABLE prints it; what a family does not have, or what was not written and has no fixed default, is none.
-#}
{% macro dbee_type(written) %}
    {%- set words = dbee_dbt.dbee_type_words(written) -%}
    {%- set charset = namespace(name=none) -%}
    {%- set rest = [] -%}
    {%- for word in words -%}
        {%- if loop.index0 > 1 and words[loop.index0 - 2] in ('CHARACTER', 'CHAR') and words[loop.index0 - 1] == 'SET' -%}
            {%- set charset.name = word -%}
        {%- elif not (word == 'SET' or word in ('CHARACTER', 'CHAR') and words[loop.index] == 'SET') -%}
            {%- do rest.append(word) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if rest[0] == 'PERIOD' and rest | length > 2 -%}{{ return(dbee_dbt.dbee_type_period(rest)) }}{%- endif -%}
    {%- if rest[0] == 'INTERVAL' -%}{{ return(dbee_dbt.dbee_type_interval(rest)) }}{%- endif -%}
    {{ return(dbee_dbt.dbee_type_plain(rest, charset.name)) }}
{% endmacro %}


{#- The type's words in upper case, parentheses and commas on their own; column attributes behind the type are left off,
    and so is INLINE LENGTH n, which no dictionary tells. -#}
{% macro dbee_type_words(written) %}
    {%- set words = [] -%}
    {%- set inline = namespace(left=0) -%}
    {%- set text = (written | string | upper).replace('"', '') -%}
    {%- for word in text.replace('(', ' ( ').replace(')', ' ) ').replace(',', ' , ').split() -%}
        {%- if word in ('NOT', 'NULL', 'CASESPECIFIC', 'UPPERCASE', 'FORMAT', 'TITLE', 'COMPRESS', 'DEFAULT', 'STORAGE') -%}
            {{ return(words) }}
        {%- endif -%}
        {%- set inline.left = 3 if word == 'INLINE' else inline.left - 1 -%}
        {%- if inline.left < 1 -%}{%- do words.append(word) -%}{%- endif -%}
    {%- endfor -%}
    {{ return(words) }}
{% endmacro %}


{#- Names, arguments in parentheses, what follows them; then aliases and Teradata's defaults (B035-1143). -#}
{% macro dbee_type_plain(words, charset) %}
    {%- set names = [] -%}
    {%- set arguments = [] -%}
    {%- set inside = namespace(depth=0) -%}
    {%- for word in words -%}
        {%- if word == '(' -%}{%- set inside.depth = inside.depth + 1 -%}
        {%- elif word == ')' -%}{%- set inside.depth = inside.depth - 1 -%}
        {%- elif inside.depth and word in ('K', 'M', 'G') and arguments -%}
            {%- do arguments.append(arguments.pop() ~ word) -%}
        {%- elif inside.depth and word != ',' -%}{%- do arguments.append(word) -%}
        {%- elif not inside.depth -%}{%- do names.append(word) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set spelled = names | join(' ') -%}
    {%- set zoned = spelled.endswith(' WITH TIME ZONE') -%}
    {%- set spelled = spelled[:-15] if zoned else spelled -%}
    {%- set aliases = {
        'INT': 'INTEGER', 'DEC': 'DECIMAL', 'NUMERIC': 'DECIMAL', 'REAL': 'FLOAT', 'DOUBLE PRECISION': 'FLOAT',
        'DOUBLE': 'FLOAT', 'CHARACTER': 'CHAR', 'CHARACTER VARYING': 'VARCHAR', 'CHAR VARYING': 'VARCHAR',
        'LONG VARCHAR': 'VARCHAR', 'GRAPHIC': 'CHAR', 'VARGRAPHIC': 'VARCHAR', 'LONG VARGRAPHIC': 'VARCHAR',
        'CHARACTER LARGE OBJECT': 'CLOB', 'BINARY LARGE OBJECT': 'BLOB',
    } -%}
    {%- set family = aliases.get(spelled, spelled) -%}
    {%- set charset = 'GRAPHIC' if spelled.endswith('GRAPHIC') else charset -%}
    {%- if spelled.startswith('LONG VAR') -%}
        {#- As long as a column may be; how long that is, the character set says, and nobody knows a default one here. -#}
        {%- set longest = {'LATIN': ['64000'], 'UNICODE': ['32000'], 'GRAPHIC': ['32000']}.get(charset, []) -%}
        {%- set sized = dbee_dbt.dbee_type_sized(family, longest, zoned, charset) -%}
        {{ return(sized if longest else dict(sized, text=spelled)) }}
    {%- endif -%}
    {{ return(dbee_dbt.dbee_type_sized(family, arguments, zoned, charset)) }}
{% endmacro %}


{#- The arguments of a type by their meaning, with Teradata's defaults where none are written. -#}
{% macro dbee_type_sized(family, arguments, zoned, charset) %}
    {%- set length, precision, scale = none, none, none -%}
    {%- if family in ('CHAR', 'BYTE') -%}{%- set length = arguments[0] or '1' -%}
    {%- elif family in ('VARCHAR', 'VARBYTE', 'CLOB', 'BLOB', 'JSON', 'XML', 'DATASET') -%}
        {%- set length = dbee_dbt.dbee_type_bytes(arguments[0]) if arguments else none -%}
    {%- elif family == 'DECIMAL' -%}{%- set precision, scale = arguments[0] or '5', arguments[1] or '0' -%}
    {%- elif family == 'NUMBER' and arguments and arguments != ['*'] -%}
        {%- set precision, scale = arguments[0], arguments[1] or (none if arguments[0] == '*' else '0') -%}
    {%- elif family in ('TIME', 'TIMESTAMP') -%}{%- set scale = arguments[0] or '6' -%}
    {%- endif -%}
    {%- set sizes = [length or precision, scale if precision else none] if length or precision else [scale] -%}
    {%- set sizes = sizes | reject('none') | list -%}
    {%- set text = family ~ ('(' ~ sizes | join(',') ~ ')' if sizes else '') ~ (' WITH TIME ZONE' if zoned else '') -%}
    {{ return({
        'text': text, 'family': family ~ (' WITH TIME ZONE' if zoned else ''), 'length': length,
        'precision': precision, 'scale': scale, 'charset': charset,
    }) }}
{% endmacro %}


{#- A length such as 64K, 1M or 2G as plain digits. -#}
{% macro dbee_type_bytes(length) %}
    {%- set factor = {'K': 1024, 'M': 1048576, 'G': 1073741824}.get(length[-1:]) -%}
    {{ return((length[:-1] | int * factor) | string if factor else length) }}
{% endmacro %}


{#- INTERVAL DAY(4) TO SECOND(6): the leading precision is 2 and the fraction 6 where none is written. -#}
{% macro dbee_type_interval(words) %}
    {%- set units, numbers = [], {} -%}
    {%- for word in words[1:] -%}
        {%- if word.isdigit() -%}{%- do numbers.setdefault(units[-1], []).append(word) -%}
        {%- elif word not in ('(', ')', ',', 'TO') -%}{%- do units.append(word) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set first, last = units[0], units[-1] -%}
    {%- set digits = numbers.get(first, ['2'])[0] -%}
    {%- set fraction = none -%}
    {%- if last == 'SECOND' -%}
        {%- set written = numbers.get(last, []) -%}
        {%- set fraction = (written[1] if first == last else written[0]) or '6' -%}
    {%- endif -%}
    {%- set head = first ~ '(' ~ digits ~ (',' ~ fraction if first == 'SECOND' else '') ~ ')' -%}
    {%- set tail = '' if first == last else ' TO ' ~ last ~ ('(' ~ fraction ~ ')' if fraction else '') -%}
    {{ return({
        'text': 'INTERVAL ' ~ head ~ tail, 'family': 'INTERVAL ' ~ first ~ ('' if first == last else ' TO ' ~ last),
        'length': none, 'precision': digits, 'scale': fraction, 'charset': none,
    }) }}
{% endmacro %}


{#- PERIOD(TIMESTAMP(6) WITH TIME ZONE): a period of the type in it. -#}
{% macro dbee_type_period(words) %}
    {%- set inner = dbee_dbt.dbee_type_plain(words[2:-1], none) -%}
    {{ return({
        'text': 'PERIOD(' ~ inner.text ~ ')', 'family': 'PERIOD(' ~ inner.family ~ ')', 'length': none,
        'precision': none, 'scale': inner.scale, 'charset': none,
    }) }}
{% endmacro %}


{#-
  How a declared type and an actual type stand to each other: none where they agree or none is declared; else {differs,
  unknown, unread, expected, actual}. `differs` lists the aspects (family, length, precision, scale, charset); `unknown`
  is true where a character set is declared and nobody knows the actual one, `unread` where nobody knows the actual
  type. Call it once per distinct pair.
-#}
{% macro dbee_type_verdict(declared, actual) %}
    {%- if not declared -%}{{ return(none) }}{%- endif -%}
    {%- if actual is none -%}
        {{ return({'differs': [], 'unknown': false, 'unread': true, 'expected': declared, 'actual': none}) }}
    {%- endif -%}
    {%- set wanted, found = dbee_dbt.dbee_type(declared), dbee_dbt.dbee_type(actual) -%}
    {%- set differs = [] -%}
    {%- if wanted.family != found.family -%}{%- do differs.append('family') -%}
    {%- else -%}
        {%- for aspect in ('length', 'precision', 'scale') -%}
            {%- set known = aspect != 'length' or (wanted[aspect] and found[aspect]) -%}
            {%- if known and wanted[aspect] != found[aspect] -%}
                {%- do differs.append(aspect) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if wanted.charset and found.charset and wanted.charset != found.charset -%}
            {%- do differs.append('charset') -%}
        {%- endif -%}
    {%- endif -%}
    {%- set unknown = wanted.charset is not none and found.charset is none and wanted.family == found.family -%}
    {%- if not differs and not unknown -%}{{ return(none) }}{%- endif -%}
    {{ return({
        'differs': differs, 'unknown': unknown, 'unread': false,
        'expected': wanted.text ~ (' CHARACTER SET ' ~ wanted.charset if wanted.charset else ''),
        'actual': found.text ~ (' CHARACTER SET ' ~ found.charset if wanted.charset and found.charset else ''),
    }) }}
{% endmacro %}
