\pset tuples_only on
\pset format unaligned
\o /tmp/r/catpg/functions.txt
with t as (select oid, case when typelem<>0 and typcategory='A' and typname like '\_%' then (select typname from pg_type e where e.oid=t.typelem)||'[]' else typname end as n from pg_type t),
f as (select p.proname, (select n from t where oid=prorettype) ret,
 coalesce((select string_agg((select n from t where t.oid=a.o), ',' order by a.i) from unnest(p.proargtypes) with ordinality a(o,i)),'') args,
 p.pronargdefaults d, p.provariadic<>0 v
 from pg_proc p where pronamespace='pg_catalog'::regnamespace and prokind='f' and not proretset
 and (coalesce(obj_description(p.oid,'pg_proc'),'') not like 'implementation of%' or proname in ('starts_with','array_cat','date_part','textcat','jsonb_exists','isfinite','jsonb_contains','array_append','timezone','regexp_like','log','mod','power','gcd'))
 and coalesce(obj_description(p.oid,'pg_proc'),'') not in ('internal','I/O','I/O typmod')
 and proname !~ '^(pg_stat|pg_ls|pg_read|pg_log|pg_wal|pg_replication|pg_create|pg_drop|pg_copy|binary_upgrade|pg_lock|pg_try|pg_advisory|lo_|be_lo|hash|brin|gin_|gist|spg|ts_debug|pg_get_|pg_control|pg_backup|pg_start|pg_stop|pg_switch|pg_promote|pg_rotate|pg_logical|has_|bt.*cmp|in_range|array_typanalyze|range_typanalyze|ts_typanalyze|_pg|RI_|ri_|pg_event|pg_nextoid|pg_import|pg_extension|pg_sequence|pg_signal|pg_cancel|pg_terminate|pg_reload|pg_rot|currtid|satisfies_hash|cursor_to|query_to|table_to|schema_to|database_to|inet_client|inet_server|txid_|pg_xact|pg_current|pg_last|pg_is_|pg_import|pg_partition|pg_walfile|pg_tablespace|pg_table|pg_total|pg_relation|pg_database|pg_filenode|pg_indexes|pg_prepared|pg_cursor|pg_show|pg_hba|pg_config|pg_char_to|pg_encoding|pg_notification|pg_listening|pg_blocking|pg_safe|pg_isolation|pg_mcv|pg_index|pg_trigger|pg_options|amvalidate|.*sel$|.*_support$|.*joinsel|.*_accum|.*_combine|.*_serialize|.*_deserialize|.*_final|.*_trans.*|.*_avg.*|.*sortsupport|.*_ops_.*)'
 and not exists (select from unnest(p.proargtypes||p.prorettype) o where o in ('internal'::regtype,'cstring'::regtype,'trigger'::regtype,'event_trigger'::regtype,'language_handler'::regtype,'fdw_handler'::regtype,'index_am_handler'::regtype,'table_am_handler'::regtype,'tsm_handler'::regtype,'pg_ddl_command'::regtype,'void'::regtype,'aclitem'::regtype,'aclitem[]'::regtype)))
select proname || ' ' || string_agg(ret||'('||args||')'||case when v then 'v' else '' end||case when d>0 then d::text else '' end, ' ' order by ret,args) from f group by proname order by proname;
\o /tmp/r/catpg/operators.txt
with t as (select oid, case when typelem<>0 and typcategory='A' and typname like '\_%' then (select typname from pg_type e where e.oid=t.typelem)||'[]' else typname end as n from pg_type t)
select oprname||' '||string_agg((select n from t where oid=oprresult)||'('||coalesce((select n from t where oid=oprleft),'')||','||(select n from t where oid=oprright)||')',' ' order by oprleft,oprright) from pg_operator where oprcode<>0 group by oprname order by 1;
\o /tmp/r/catpg/casts.txt
with t as (select oid, case when typelem<>0 and typcategory='A' and typname like '\_%' then (select typname from pg_type e where e.oid=t.typelem)||'[]' else typname end as n from pg_type t)
select (select n from t where oid=castsource)||' '||string_agg(case castcontext when 'i' then '' when 'a' then '=' else '!' end||(select n from t where oid=casttarget)||case castmethod when 'b' then '*' else '' end,' ' order by casttarget) from pg_cast group by castsource order by 1;
\o /tmp/r/catpg/types.txt
select typcategory::text||' '||string_agg(typname||case when typispreferred then '!' else '' end, ' ' order by typname) from pg_type where typnamespace='pg_catalog'::regnamespace and typcategory not in ('A','P','C') group by typcategory;
\o /tmp/r/catpg/op_classes.txt
select amname||' '||string_agg(opcname||'('||typname||')', ' ' order by opcname,typname) from pg_opclass join pg_am a on a.oid=opcmethod join pg_type t on t.oid=opcintype where opcnamespace='pg_catalog'::regnamespace and typname not in ('aclitem','cid','record') group by amname order by 1;
\o
