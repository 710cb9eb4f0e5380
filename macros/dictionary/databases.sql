{#-
  Databases and users, one row each, by name.
  Rows: name, kind (database | user), owner, perm, spool, temporary (bytes), account, fallback (true | false),
  before_journal, after_journal (NO | SINGLE | DUAL | LOCAL), map, comment, creator, created, altered_by, altered.
-#}
{% macro dbee_dictionary_databases() %}
    {%- set journals = {} -%}
    {%- set found = [] -%}
    {%- for row in dbee_dbt.dbee_query(dbee_dbt.dbee_dictionary_databases_sql()) -%}
        {%- set flag = row['journalflag'] -%}
        {%- if flag not in journals -%}{%- do journals.update({flag: dbee_dbt.dbee_journals(flag)}) -%}{%- endif -%}
        {%- do found.append({
            'name': row['databasename'],
            'kind': 'user' if row['dbkind'] == 'U' else 'database',
            'owner': row['ownername'],
            'perm': row['permspace'],
            'spool': row['spoolspace'],
            'temporary': row['tempspace'],
            'account': row['accountname'] or none,
            'fallback': row['protectiontype'] == 'F',
            'before_journal': journals[flag][0],
            'after_journal': journals[flag][1],
            'map': row['defaultmapname'] or none,
            'comment': row['commentstring'] or none,
            'creator': row['creatorname'],
            'created': row['createtimestamp'] and row['createtimestamp'] | string,
            'altered_by': row['lastaltername'],
            'altered': row['lastaltertimestamp'] and row['lastaltertimestamp'] | string,
        }) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{% macro dbee_dictionary_databases_sql() %}
    {%- set sql -%}
LOCKING ROW FOR ACCESS
SELECT d.DatabaseName, d.OwnerName, d.PermSpace, d.SpoolSpace, d.TempSpace, d.AccountName, d.DefaultMapName,
    d.CommentString, d.CreatorName, d.CreateTimeStamp, d.LastAlterName, d.LastAlterTimeStamp,
    TRIM(d.DBKind) AS DBKind, TRIM(d.ProtectionType) AS ProtectionType, TRIM(d.JournalFlag) AS JournalFlag
FROM {{ dbee_dbt.dbee_dictionary_view('DatabasesV') }} AS d
ORDER BY d.DatabaseName
    {%- endset -%}
    {{ return(sql) }}
{% endmacro %}
