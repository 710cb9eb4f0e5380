{#- Put a primary index that differs into the subject. -#}
{% macro dbee_match_index(subject, wanted, memory) %}
    {%- set found = subject['relation']['primary_index'] -%}
    {%- if 'indexes' in memory['unread'] -%}
        {%- do subject['unknown'].update({'table.primary_index': memory['unread']['indexes']}) -%}
    {%- elif found['form'] is none -%}
        {%- do dbee_dbt.dbee_not_compared(memory, 'table.primary_index') -%}
    {%- elif dbee_dbt.dbee_primary_index_key(found) != dbee_dbt.dbee_primary_index_key(wanted) -%}
        {%- do subject['facets'].update({'table.primary_index': {
            'expected': dbee_dbt.dbee_primary_index_text(wanted), 'actual': dbee_dbt.dbee_primary_index_text(found),
        }}) -%}
    {%- endif -%}
{% endmacro %}


{#-
  Put secondary indexes that differ into the subject: {missing, extra}, each a list of texts. An index of a key counts for
  one that is declared; that it is there without a declaration is no difference. What is extra is known only where all
  of them are declared.
-#}
{% macro dbee_match_indexes(subject, wanted, memory) %}
    {%- if 'indexes' in memory['unread'] -%}
        {%- do subject['unknown'].update({'table.indexes': memory['unread']['indexes']}) -%}
    {%- else -%}
        {%- set found, declared, missing, extra = {}, {}, [], [] -%}
        {%- for index in subject['relation']['indexes'] -%}
            {%- do found.update({dbee_dbt.dbee_secondary_index_key(index): index}) -%}
        {%- endfor -%}
        {%- for index in wanted['indexes'] -%}
            {%- set key = dbee_dbt.dbee_secondary_index_key(index) -%}
            {%- do declared.update({key: true}) -%}
            {%- if key not in found -%}{%- do missing.append(dbee_dbt.dbee_secondary_index_text(index)) -%}{%- endif -%}
        {%- endfor -%}
        {%- for key, index in found.items() if wanted['complete'] and key not in declared and not index['key'] -%}
            {%- do extra.append(dbee_dbt.dbee_secondary_index_text(index)) -%}
        {%- endfor -%}
        {%- if missing or extra -%}
            {%- do subject['facets'].update({'table.indexes': {'missing': missing, 'extra': extra}}) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
