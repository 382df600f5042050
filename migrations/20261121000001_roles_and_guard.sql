-- Two roles, neither of which can sign in. A login is made a member of both and, in each transaction, becomes one of them.
-- Roles belong to the whole server: databases made at the same moment race to create them, so losing the race is fine.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['evenhand_landlord', 'evenhand_system'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit', wanted);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
end $$;

revoke all on schema public from public;
grant usage on schema public to evenhand_landlord, evenhand_system;

-- The landlord whose transaction this is. Unset reads as null on a fresh connection and as '' afterwards: both mean nobody.
create function this_landlord() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('evenhand.landlord', true), '')::uuid $$;

-- The sign-in whose transaction this is, by the hash of its token.
create function this_session() returns bytea
  language sql stable parallel safe
  as $$ select decode(nullif(current_setting('evenhand.session', true), ''), 'hex') $$;

revoke execute on function this_landlord(), this_session() from public;
grant execute on function this_landlord(), this_session() to evenhand_landlord, evenhand_system;

-- Ends the making of every table with a landlord: row security that binds the owner too, one policy, and only the grants named.
create procedure guard(guarded regclass, landlord_may text)
  language plpgsql
  as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format(
    'create policy landlord on %s to evenhand_landlord using (landlord_id = this_landlord()) with check (landlord_id = this_landlord())',
    guarded);
  execute format('grant %s on %s to evenhand_landlord', landlord_may, guarded);
end $$;

revoke execute on procedure guard(regclass, text) from public;
