{#-
  Databases that come with a system, folded, as keys of a dictionary: they are meant only when they are named without a
  glob. The Python side keeps the same list in model/catalog.py; a test holds the two equal.
-#}
{% macro dbee_system_databases() %}
    {{ return(dict.fromkeys("
        ALL CONSOLE CRASHDUMPS DBC DBCMNGR DEFAULT EXTERNAL_AP EXTUSER GS_TABLES_DB LOCKLOGSHREDDER MLDB
        MODELOPS PUBLIC SQLJ SYSADMIN SYSBAR SYSJDBC SYSLIB SYSSPATIAL SYSTEMFE SYSUDTLIB SYSUIF SYS_CALENDAR
        TDAAS_BAR TDBCMGMT TDMAPS TDPUSER TDQCD TDSTATS TDWM TD_ANALYTICS_DB TD_METRIC_SVC TD_SERVER_DB
        TD_SYSFNLIB TD_SYSGPL TD_SYSXML VAL VIEWPOINT
    ".split())) }}
{% endmacro %}
