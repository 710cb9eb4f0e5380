{#-
  Every object of these databases, one row each, by database and name. An SQL function stands under its specific name.
  Rows: database, name, kind (table | view | macro | procedure | function | trigger | join index | …),
  set_kind (SET | MULTISET; none unless a table), temporal (NONE | VALID TIME | TRANSACTION TIME | BITEMPORAL, of a table), queue, on_commit (DELETE | PRESERVE | none), fallback,
  before_journal, after_journal, map, comment, creator, created, altered_by, altered, version.
-#}
{% macro dbee_dictionary_relations(databases) %}
    {%- set journals = {} -%}
    {%- set kinds = {} -%}
    {%- set found = [] -%}
    {%- for row in dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_relations_sql(databases)) -%}
        {%- set flag = row['journalflag'] -%}
        {%- if flag not in journals -%}{%- do journals.update({flag: dbee_dbt.dbee_journals(flag)}) -%}{%- endif -%}
        {%- set code = row['tablekind'] -%}
        {%- if code not in kinds -%}{%- do kinds.update({code: dbee_dbt.dbee_object_kind(code)}) -%}{%- endif -%}
        {%- do found.append({
            'database': row['databasename'],
            'name': row['tablename'],
            'kind': kinds[code],
            'set_kind': {'N': 'SET', 'Y': 'MULTISET'}.get(row['checkopt']) if kinds[code] == 'table' else none,
            'temporal': {'R': 'NONE', 'V': 'VALID TIME', 'T': 'TRANSACTION TIME', 'B': 'BITEMPORAL'}.get(row['temporalproperty'])
                if kinds[code] == 'table' else none,
            'queue': row['queueflag'] == 'Y',
            'on_commit': {'D': 'DELETE', 'P': 'PRESERVE'}.get(row['commitopt']),
            'fallback': row['protectiontype'] == 'F',
            'before_journal': journals[flag][0],
            'after_journal': journals[flag][1],
            'map': row['mapname'] or none,
            'comment': row['commentstring'] or none,
            'creator': row['creatorname'],
            'created': row['createtimestamp'] and row['createtimestamp'] | string,
            'altered_by': row['lastaltername'],
            'altered': row['lastaltertimestamp'] and row['lastaltertimestamp'] | string,
            'version': row['version'],
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_relations_sql(databases) %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT t.DatabaseName, t.TableName, t.Version, t.MapName, t.CommentString,
    t.CreatorName, t.CreateTimeStamp, t.LastAlterName, t.LastAlterTimeStamp,
    TRIM(t.TableKind) AS TableKind, TRIM(t.CheckOpt) AS CheckOpt, TRIM(t.QueueFlag) AS QueueFlag,
    TRIM(t.TemporalProperty) AS TemporalProperty, TRIM(t.CommitOpt) AS CommitOpt, TRIM(t.ProtectionType) AS ProtectionType, TRIM(t.JournalFlag) AS JournalFlag
FROM {{ dbee_dbt.dbee_dictionary_view('TablesV') }} AS t
WHERE {{ dbee_dbt.dbee_name_in('t.DatabaseName', databases) }}
ORDER BY t.DatabaseName, t.TableName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
