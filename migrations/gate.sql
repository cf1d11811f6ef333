-- The catalogue gate: every row it returns is a hole in the wall between wards. Empty means it stands.
-- Runs after every migration, in the tests and at deploy. Letters: T tables, V views, P partitions, G grants, R roles,
-- F functions, S schemas. Global tables (rule T1) are named here one by one, so that a new one is a decision.
with t as (
 select c.oid, c.relname, c.relkind, c.relrowsecurity rls, c.relforcerowsecurity force, c.relispartition part, c.reloptions,
   exists(select 1 from pg_attribute a where a.attrelid=c.oid and a.attname='ward_id' and not a.attisdropped) has_t,
   c.relowner::regrole::text owner
 from pg_class c where c.relnamespace='app'::regnamespace and c.relkind in ('r','p','v','m')
), expr as (select '(ward_id = (current_setting(''app.ward_id''::text))::integer)'::text e)
select * from (
 select 'T1 no ward_id and not in the global allowlist' rule, relname obj from t where relkind in('r','p') and not has_t and relname <> all(array['ward','oversight_unit','person','web_session','one_time_token','account_mail','sign_in_attempt','unit_membership','provider_account','unit_plan','unit_plan_paragraph','unit_target','calendar_feed','succession','former_place','unit_export','read_token','webhook','webhook_told','webhook_delivery','unit_reading','reading_publication','alembic_version'])
 union all select 'T2 RLS not enabled', relname from t where relkind in('r','p') and has_t and not rls
 union all select 'T3 RLS not forced', relname from t where relkind in('r','p') and has_t and not force
 union all select 'T4 no canonical ward policy for the app role', relname from t where relkind in('r','p') and has_t and not part and not exists (
    select 1 from pg_policies p, expr where p.schemaname='app' and p.tablename=relname and p.roles @> '{portal_app}' and p.cmd='ALL' and p.permissive='PERMISSIVE' and p.qual=e and p.with_check=e)
 union all select 'T5 extra PERMISSIVE policy reaches the app role: '||p.policyname, p.tablename from pg_policies p, expr where p.schemaname='app' and (p.roles @> '{portal_app}' or p.roles @> '{public}') and p.permissive='PERMISSIVE' and (p.qual is distinct from e or p.with_check is distinct from e)
 union all select 'T6 ward_id nullable', relname from t join pg_attribute a on a.attrelid=t.oid and a.attname='ward_id' where relkind in('r','p') and has_t and not a.attnotnull
 union all select 'T7 PK does not start with ward_id', relname from t where relkind in('r','p') and has_t and not exists (select 1 from pg_index i join pg_attribute a on a.attrelid=t.oid and a.attnum=i.indkey[0] where i.indrelid=t.oid and i.indisprimary and a.attname='ward_id')
 union all select 'T8 unique index without ward_id', i.indexrelid::regclass::text from t join pg_index i on i.indrelid=t.oid where relkind in('r','p') and has_t and i.indisunique and not exists (select 1 from pg_attribute a where a.attrelid=t.oid and a.attname='ward_id' and a.attnum = any(i.indkey))
 union all select 'T9 FK between tenant tables does not pair ward_id', k.conname from pg_constraint k join t on t.oid=k.conrelid and t.has_t join t f on f.oid=k.confrelid and f.has_t where k.contype='f' and not exists (
    select 1 from unnest(k.conkey,k.confkey) as x(c,r) join pg_attribute a on a.attrelid=k.conrelid and a.attnum=x.c and a.attname='ward_id' join pg_attribute b on b.attrelid=k.confrelid and b.attnum=x.r and b.attname='ward_id')
 union all select 'T10 FK ON DELETE SET NULL/DEFAULT (not allowed on Citus)', k.conname from pg_constraint k join t on t.oid=k.conrelid and t.has_t where k.contype='f' and k.confdeltype in ('n','d')
 union all select 'T11 policy with a subquery (not allowed on Citus)', p.tablename||'.'||p.policyname from pg_policies p where p.schemaname='app' and (p.qual ~* '\mselect\M' or p.with_check ~* '\mselect\M')
 union all select 'V1 view without security_invoker readable by app', relname from t where relkind='v' and not coalesce('security_invoker=true'=any(reloptions),false) and has_table_privilege('portal_app',oid,'select')
 union all select 'V2 materialized view readable by app', relname from t where relkind='m' and has_table_privilege('portal_app',oid,'select')
 union all select 'P1 partition directly granted to app', relname from t where part and has_any_column_privilege('portal_app',oid,'select')
 union all select 'G1 app role holds TRUNCATE/REFERENCES/TRIGGER', relname from t where relkind in('r','p') and (has_table_privilege('portal_app',oid,'truncate') or has_table_privilege('portal_app',oid,'references') or has_table_privilege('portal_app',oid,'trigger'))
 union all select 'G2 app role owns a table', relname from t where owner='portal_app' 
 union all select 'R1 app/worker role is superuser/bypassrls/createrole', rolname from pg_roles where rolname in ('portal_owner','portal_app','portal_auth','portal_dispatch','portal_rollup','portal_city') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
 union all select 'R2 app role is member of another role', r.rolname from pg_auth_members m join pg_roles r on r.oid=m.roleid where m.member='portal_app'::regrole
 union all select 'F1 SECURITY DEFINER function executable by app, not allow-listed', p.oid::regprocedure::text from pg_proc p where p.pronamespace='app'::regnamespace and p.prosecdef and has_function_privilege('portal_app',p.oid,'execute') and p.proname <> all(array['']::text[])
 union all select 'F2 volatile policy function', p.oid::regprocedure::text from pg_proc p where p.pronamespace='app'::regnamespace and p.proname in ('ward_of_session') and p.provolatile='v'
 union all select 'S1 app has CREATE on schema app/public', s from unnest(array['app','public']) s where has_schema_privilege('portal_app',s,'create')
) x order by 1,2;
