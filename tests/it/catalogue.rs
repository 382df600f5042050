//! What the database itself says about who may see and change what. A table, view, function or grant that breaks the house's rules
//! fails here, whoever added it.

use sqlx::{AssertSqlSafe, PgConnection};

use crate::support::db::{self, TestDb};

/// Tables in which no row belongs to one landlord.
const OF_NOBODY: &str = "'house', 'sign_in_attempt', '_sqlx_migrations'";

/// Keys that are asked for before anybody's landlord is known, or that name the landlord itself.
const KEYS_BEFORE_THE_LANDLORD: &str = "'landlord_slug_once', 'sign_in_pkey', 'session_pkey'";

/// All that the system's role may do, and nothing more.
const SYSTEM_MAY: &[&str] = &[
    "_sqlx_migrations: SELECT",
    "house: INSERT, SELECT",
    "landlord: INSERT, SELECT",
    "outbox: SELECT, UPDATE",
    "reminder (due_at): SELECT",
    "reminder (id): SELECT",
    "reminder (landlord_id): SELECT",
    "reminder (settled_at): SELECT",
    "session: DELETE, INSERT, SELECT, UPDATE",
    "sign_in: INSERT, SELECT, UPDATE",
    "sign_in_attempt: DELETE, INSERT, SELECT",
];

/// What a landlord's transaction may do beyond reading, adding and changing: these are drafts and lists, and everything else stays.
const LANDLORD_MAY_DELETE: &str =
    "'customer_phone', 'customer_email', 'customer_word', 'restriction_incident', 'term', 'incident_draft', 'form_draft'";

/// Tables to which a landlord's transaction only ever adds.
const APPEND_ONLY: &str = "'event', 'access', 'proposal_handover', 'approval', 'policy_version', 'contact', 'incident_person', 'incident_note', 'incident_together'";

/// The words of a version of the policy are only added; what becomes of it is written beside them.
const WHAT_BECOMES_OF_A_POLICY: &str = "'stage', 'starts_on', 'checked_at', 'checked_by', 'published_at', 'published_by', 'withdrawn_at', \
                                        'withdrawn_by', 'withdrawn_because', 'version'";

/// The rules, each a question that answers with the sentences of what breaks it.
fn rules() -> Vec<String> {
    let tables = "pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')";
    let has_landlord = "exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'landlord_id' and not a.attisdropped)";
    let ours = "('evenhand_landlord', 'evenhand_system', 'evenhand_app')";
    vec![
        // Tables.
        format!("select 'the table ' || relname || ' says nothing about whose its rows are' from {tables} and not {has_landlord} and relname not in ({OF_NOBODY})"),
        format!("select 'the table ' || relname || ' has no row security' from {tables} and {has_landlord} and not relrowsecurity"),
        format!("select 'the table ' || relname || ' does not bind its owner to row security' from {tables} and {has_landlord} and not relforcerowsecurity"),
        format!(
            "select 'the table ' || relname || ' lets its landlord_id be null' from {tables} and exists (
               select from pg_attribute a where a.attrelid = t.oid and a.attname = 'landlord_id' and not a.attisdropped and not a.attnotnull)"
        ),
        // Policies: the landlord's own on every table, and no other.
        format!(
            "select 'the table ' || relname || ' has no policy of its landlord that says both what is read and what is written' from {tables} and {has_landlord}
               and relname not in ('sign_in', 'session')
               and not exists (select from pg_policy p where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive
                                and p.polroles = array['evenhand_landlord'::regrole::oid]
                                and pg_get_expr(p.polqual, p.polrelid) = '(landlord_id = this_landlord())'
                                and pg_get_expr(p.polwithcheck, p.polrelid) = '(landlord_id = this_landlord())')"
        ),
        "select 'the policy ' || p.polname || ' on ' || p.polrelid::regclass || ' opens it to somebody who is not named' from pg_policy p
          where not (
            (p.polroles = array['evenhand_landlord'::regrole::oid] and p.polname = 'landlord'
              and pg_get_expr(p.polqual, p.polrelid) = '(landlord_id = this_landlord())')
            or (p.polroles = array['evenhand_landlord'::regrole::oid] and p.polrelid = 'session'::regclass and p.polcmd = 'r'
              and pg_get_expr(p.polqual, p.polrelid) = '(token_hash = this_session())')
            or (p.polroles = array['evenhand_system'::regrole::oid]
              and p.polrelid = any(array['landlord', 'sign_in', 'session', 'outbox', 'reminder']::regclass[])))"
            .to_owned(),
        // Keys.
        format!(
            "select 'the key ' || c.conname || ' on ' || c.conrelid::regclass || ' does not begin with the landlord' from pg_constraint c
               join pg_class t on t.oid = c.conrelid
              where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'x', 'f') and c.conname not in ({KEYS_BEFORE_THE_LANDLORD})
                and t.relname not in ({OF_NOBODY})
                and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1] and a.attname = 'landlord_id')"
        ),
        "select 'the reference ' || c.conname || ' on ' || c.conrelid::regclass || ' can point into another landlord''s data' from pg_constraint c
          where c.connamespace = 'public'::regnamespace and c.contype = 'f'
            and not exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attnum = c.confkey[1] and a.attname = 'landlord_id')"
            .to_owned(),
        "select 'the reference ' || c.conname || ' on ' || c.conrelid::regclass || ' carries deletion with it' from pg_constraint c
          where c.connamespace = 'public'::regnamespace and c.contype = 'f' and (c.confdeltype <> 'a' or c.confupdtype <> 'a')"
            .to_owned(),
        format!(
            "select 'the unique index ' || i.indexrelid::regclass || ' does not begin with the landlord' from pg_index i join pg_class t on t.oid = i.indrelid
              where t.relnamespace = 'public'::regnamespace and i.indisunique and t.relname not in ({OF_NOBODY})
                and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
                and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = 'landlord_id')"
        ),
        // Views and functions.
        "select 'the view ' || relname || ' reads with its owner''s rights' from pg_class
          where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false)"
            .to_owned(),
        "select relname || ' is kept or fetched beside row security' from pg_class where relnamespace = 'public'::regnamespace and relkind in ('m', 'f')".to_owned(),
        "select 'the function ' || oid::regprocedure || ' runs with its owner''s rights' from pg_proc where pronamespace = 'public'::regnamespace and prosecdef".to_owned(),
        "select 'the function ' || oid::regprocedure || ' claims to leak nothing' from pg_proc where pronamespace = 'public'::regnamespace and proleakproof".to_owned(),
        "select 'anybody may call the function ' || p.oid::regprocedure from pg_proc p
          where p.pronamespace = 'public'::regnamespace
            and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)"
            .to_owned(),
        "select 'the extension ' || extname || ' is there' from pg_extension where extname <> 'plpgsql'".to_owned(),
        // Grants.
        "select 'anybody may ' || lower(g.privilege_type) || ' on ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) g
          where c.relnamespace = 'public'::regnamespace and g.grantee = 0"
            .to_owned(),
        "select 'anybody may ' || lower(g.privilege_type) || ' a column of ' || a.attrelid::regclass from pg_attribute a
           join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) g
          where c.relnamespace = 'public'::regnamespace and g.grantee = 0"
            .to_owned(),
        "select 'anybody may ' || lower(g.privilege_type) || ' in the schema' from pg_namespace n, aclexplode(n.nspacl) g where n.nspname = 'public' and g.grantee = 0".to_owned(),
        format!("select g.grantee::regrole || ' may create in the schema' from pg_namespace n, aclexplode(n.nspacl) g where n.nspname = 'public' and g.privilege_type = 'CREATE' and g.grantee::regrole::text in {ours}"),
        "select g.grantee::regrole || ' may ' || lower(g.privilege_type) || ' ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) g
          where c.relnamespace = 'public'::regnamespace and g.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN') and g.grantee <> c.relowner"
            .to_owned(),
        "select g.grantee::regrole || ' may pass on what it may do with ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) g
          where c.relnamespace = 'public'::regnamespace and g.is_grantable and g.grantee <> c.relowner"
            .to_owned(),
        "select 'what is made later is granted by itself' from pg_default_acl".to_owned(),
        format!(
            "select 'the landlord''s role may delete from ' || c.oid::regclass from pg_class c, aclexplode(c.relacl) g
              where c.relnamespace = 'public'::regnamespace and g.privilege_type = 'DELETE' and g.grantee = 'evenhand_landlord'::regrole
                and c.relname not in ({LANDLORD_MAY_DELETE})"
        ),
        format!(
            "select 'the landlord''s role may ' || lower(g.privilege_type) || ' ' || c.oid::regclass || ', to which it only adds' from pg_class c, aclexplode(c.relacl) g
              where c.relname in ({APPEND_ONLY}) and c.relnamespace = 'public'::regnamespace
                and g.grantee = 'evenhand_landlord'::regrole and g.privilege_type not in ('SELECT', 'INSERT')"
        ),
        format!(
            "select 'the landlord''s role may change a column of ' || c.oid::regclass || ', to which it only adds' from pg_class c
               join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g
              where c.relname in ({APPEND_ONLY}) and c.relnamespace = 'public'::regnamespace
                and g.grantee = 'evenhand_landlord'::regrole and g.privilege_type = 'UPDATE'
                and not (c.relname = 'policy_version' and a.attname in ({WHAT_BECOMES_OF_A_POLICY}))"
        ),
        // Roles.
        format!("select rolname || ' stands above row security' from pg_roles where rolname in {ours} and (rolsuper or rolbypassrls)"),
        format!("select rolname || ' can make roles or databases, or copy them' from pg_roles where rolname in {ours} and (rolcreaterole or rolcreatedb or rolreplication)"),
        "select rolname || ' can sign in' from pg_roles where rolname in ('evenhand_landlord', 'evenhand_system') and rolcanlogin".to_owned(),
        "select 'the product''s login has the rights of its roles without taking one' from pg_roles where rolname = 'evenhand_app' and rolinherit".to_owned(),
        format!(
            "select m.member::regrole || ' belongs to ' || m.roleid::regrole from pg_auth_members m
              where m.member::regrole::text in {ours}
                and not (m.member::regrole::text = 'evenhand_app' and m.roleid::regrole::text in ('evenhand_landlord', 'evenhand_system') and not m.admin_option)"
        ),
        format!("select relowner::regrole || ' owns ' || oid::regclass from pg_class where relowner::regrole::text in {ours}"),
        format!("select proowner::regrole || ' owns ' || oid::regprocedure from pg_proc where proowner::regrole::text in {ours}"),
        format!("select nspowner::regrole || ' owns the schema ' || nspname from pg_namespace where nspowner::regrole::text in {ours}"),
        format!("select datdba::regrole || ' owns the database' from pg_database where datname = current_database() and datdba::regrole::text in {ours}"),
    ]
}

/// Everything that breaks a rule, as sentences.
async fn faults(database: &mut PgConnection) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in rules() {
        let broken: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(rule.clone())).fetch_all(&mut *database).await.unwrap_or_else(|e| panic!("{rule}: {e}"));
        faults.extend(broken);
    }
    let system = grants_of(database, "evenhand_system").await;
    faults
        .extend(system.iter().filter(|grant| !SYSTEM_MAY.contains(&grant.as_str())).map(|grant| format!("the system's role may {grant}")));
    faults.extend(
        SYSTEM_MAY
            .iter()
            .filter(|grant| !system.iter().any(|known| known == *grant))
            .map(|grant| format!("the system's role may no longer {grant}")),
    );
    faults
}

/// Everything a role may do with tables and columns, a line for each.
async fn grants_of(database: &mut PgConnection, role: &str) -> Vec<String> {
    let sql = "select c.oid::regclass || ': ' || string_agg(g.privilege_type, ', ' order by g.privilege_type) from pg_class c, aclexplode(c.relacl) g
                where c.relnamespace = 'public'::regnamespace and g.grantee = $1::regrole group by c.oid
               union all
               select c.oid::regclass || ' (' || a.attname || '): ' || string_agg(g.privilege_type, ', ' order by g.privilege_type)
                 from pg_attribute a join pg_class c on c.oid = a.attrelid, aclexplode(a.attacl) g
                where c.relnamespace = 'public'::regnamespace and g.grantee = $1::regrole group by c.oid, a.attname
               order by 1";
    sqlx::query_scalar(sql).bind(role).fetch_all(database).await.expect("the catalogue can be read")
}

async fn owner(db: &TestDb) -> PgConnection {
    use sqlx::Connection;
    PgConnection::connect(&db.owner_url).await.expect("the database answers")
}

#[tokio::test]
async fn the_schema_keeps_every_rule_of_the_house() {
    let db = db::fresh().await;
    let faults = faults(&mut owner(&db).await).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What somebody might add, and the sentence that says what is wrong with it.
const MISTAKES: &[(&str, &str)] = &[
    ("create table stray (id uuid primary key)", "the table stray says nothing about whose its rows are"),
    ("create table stray (landlord_id uuid not null)", "the table stray has no row security"),
    (
        "create table stray (landlord_id uuid not null); alter table stray enable row level security",
        "the table stray does not bind its owner to row security",
    ),
    ("alter table incident no force row level security", "the table incident does not bind its owner to row security"),
    ("alter table incident disable row level security", "the table incident has no row security"),
    (
        "alter table incident drop constraint incident_pkey cascade; alter table incident alter landlord_id drop not null",
        "the table incident lets its landlord_id be null",
    ),
    ("drop policy landlord on incident", "the table incident has no policy of its landlord"),
    ("alter policy landlord on incident with check (true)", "the table incident has no policy of its landlord"),
    ("alter policy landlord on incident using (true)", "the policy landlord on incident opens it"),
    ("create policy helpful on incident for select to evenhand_landlord using (true)", "the policy helpful on incident opens it"),
    ("create policy helpful on incident for select using (true)", "the policy helpful on incident opens it"),
    ("create policy system on customer to evenhand_system using (true)", "the policy system on customer opens it"),
    ("alter policy own on session using (true)", "the policy own on session opens it"),
    ("alter table incident add constraint by_id unique (id)", "the key by_id on incident does not begin with the landlord"),
    ("create unique index by_id on incident (id)", "the unique index by_id does not begin with the landlord"),
    (
        "alter table incident add constraint by_id unique (id); alter table incident add parent uuid, add constraint parent foreign key (parent) references incident (id)",
        "the reference parent on incident can point into another landlord's data",
    ),
    (
        "alter table incident add constraint gone foreign key (landlord_id, customer_id) references customer (landlord_id, id) on delete cascade",
        "the reference gone on incident carries deletion with it",
    ),
    ("create view everything as select * from incident", "the view everything reads with its owner's rights"),
    ("create materialized view everything as select * from incident", "everything is kept or fetched beside row security"),
    (
        "create function helper() returns bigint language sql security definer as 'select count(*) from incident'",
        "the function helper() runs with its owner's rights",
    ),
    (
        "create function helper() returns bigint language sql leakproof as 'select 1::bigint'",
        "the function helper() claims to leak nothing",
    ),
    ("create function helper() returns bigint language sql as 'select 1::bigint'", "anybody may call the function helper()"),
    ("grant execute on function this_landlord() to public", "anybody may call the function this_landlord()"),
    ("grant select on incident to public", "anybody may select on incident"),
    ("grant select (id) on incident to public", "anybody may select a column of incident"),
    ("grant create on schema public to public", "anybody may create in the schema"),
    ("grant create on schema public to evenhand_landlord", "evenhand_landlord may create in the schema"),
    ("grant truncate on incident to evenhand_landlord", "evenhand_landlord may truncate incident"),
    ("grant references on incident to evenhand_landlord", "evenhand_landlord may references incident"),
    ("grant trigger on incident to evenhand_system", "evenhand_system may trigger incident"),
    ("grant select on incident to evenhand_landlord with grant option", "evenhand_landlord may pass on what it may do with incident"),
    ("alter default privileges in schema public grant select on tables to evenhand_landlord", "what is made later is granted by itself"),
    ("grant delete on review to evenhand_landlord", "the landlord's role may delete from review"),
    ("grant update on event to evenhand_landlord", "the landlord's role may update event, to which it only adds"),
    ("grant update (page) on access to evenhand_landlord", "the landlord's role may change a column of access, to which it only adds"),
    ("grant update (pack) on policy_version to evenhand_landlord", "the landlord's role may change a column of policy_version"),
    ("grant select on customer to evenhand_system", "the system's role may customer: SELECT"),
    ("grant select (subject_id) on reminder to evenhand_system", "the system's role may reminder (subject_id): SELECT"),
    ("revoke select on outbox from evenhand_system", "the system's role may no longer outbox: SELECT, UPDATE"),
    ("alter role evenhand_landlord bypassrls", "evenhand_landlord stands above row security"),
    ("alter role evenhand_app superuser", "evenhand_app stands above row security"),
    ("alter role evenhand_system createrole", "evenhand_system can make roles or databases"),
    ("alter role evenhand_system login", "evenhand_system can sign in"),
    ("alter role evenhand_app inherit", "the product's login has the rights of its roles"),
    ("grant pg_read_all_data to evenhand_landlord", "evenhand_landlord belongs to pg_read_all_data"),
    ("grant evenhand_system to evenhand_landlord", "evenhand_landlord belongs to evenhand_system"),
    ("alter table incident owner to evenhand_landlord", "evenhand_landlord owns incident"),
    ("alter function this_landlord() owner to evenhand_landlord", "evenhand_landlord owns this_landlord()"),
];

/// Each mistake is made, found and undone. Roles belong to the whole server, so nobody else may ever see one of these.
#[tokio::test]
async fn every_mistake_is_found() {
    let db = db::fresh().await;
    let mut owner = owner(&db).await;
    for (mistake, sentence) in MISTAKES {
        sqlx::raw_sql(AssertSqlSafe(format!("begin; {mistake}"))).execute(&mut owner).await.unwrap_or_else(|e| panic!("{mistake}: {e}"));
        let found = faults(&mut owner).await;
        sqlx::raw_sql("rollback").execute(&mut owner).await.expect("it is undone");
        assert!(found.iter().any(|fault| fault.starts_with(sentence)), "after «{mistake}» only {found:#?}");
    }
    assert!(faults(&mut owner).await.is_empty(), "everything is undone");
}
