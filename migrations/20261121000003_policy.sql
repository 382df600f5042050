-- One version of a landlord's policy pack, as its file was written. Its words never change after it is added; what becomes of it does:
-- draft, asked for from a day, published by a second person, withdrawn before its day.
create table policy_version (
  landlord_id       uuid not null default this_landlord(),
  id                uuid not null,
  number            integer not null,
  title             text not null,
  pack              text not null,
  -- When a restriction judged by it is not applied all the same, as the pack says: its review was missed; its appeal is being heard.
  lapses            boolean not null,
  suspends          boolean not null,
  -- What changes and why, in the words of whoever brought it.
  note              text,
  added_at          timestamptz not null,
  -- Null where an operator's command brought it.
  added_by          uuid,
  stage             text not null default 'draft',
  -- The day it takes effect, as asked for.
  starts_on         date,
  checked_at        timestamptz,
  checked_by        uuid,
  published_at      timestamptz,
  -- Null where an operator's command published it, for a landlord that has nobody yet.
  published_by      uuid,
  withdrawn_at      timestamptz,
  withdrawn_by      uuid,
  withdrawn_because text,
  -- A business area in which details differ: a row of its own beside that of everybody else, with the same words, so that a case is judged
  -- by one version and no other question. It is added with that row and moves with it.
  area              text,
  base_id           uuid,
  version           integer not null default 1,
  constraint policy_version_pkey primary key (landlord_id, id),
  constraint policy_version_number_once unique nulls not distinct (landlord_id, number, area),
  constraint policy_version_base foreign key (landlord_id, base_id) references policy_version (landlord_id, id),
  constraint policy_version_area_has_base check ((area is null) = (base_id is null)),
  constraint policy_version_landlord foreign key (landlord_id) references landlord (landlord_id),
  constraint policy_version_stage check (
    (stage = 'draft' and starts_on is null and checked_at is null and published_at is null and withdrawn_at is null)
    or (stage = 'checked' and starts_on is not null and checked_at is not null and checked_by is not null
        and published_at is null and withdrawn_at is null)
    or (stage = 'published' and starts_on is not null and checked_at is not null and published_at is not null and withdrawn_at is null)
    or (stage = 'withdrawn' and withdrawn_at is not null and withdrawn_by is not null and withdrawn_because is not null)),
  -- Two people publish: never the one who asked, never the one who brought it.
  constraint policy_version_two_people check (
    published_at is null
    or (published_by is null and checked_by is null)
    or (published_by is not null and checked_by is not null and published_by <> checked_by
        and (added_by is null or published_by <> added_by))),
  -- Nothing takes effect before somebody published it, and nothing in effect is withdrawn. Days are London's.
  constraint policy_version_not_backdated check (published_by is null or starts_on >= (published_at at time zone 'Europe/London')::date),
  constraint policy_version_withdrawn_before_its_day check (
    withdrawn_at is null or published_at is null or (withdrawn_at at time zone 'Europe/London')::date < starts_on)
);
create index policy_version_in_force on policy_version (landlord_id, starts_on desc, published_at desc)
  where stage = 'published' and base_id is null;
create index policy_version_by_base on policy_version (landlord_id, base_id, area) where base_id is not null;
call guard('policy_version', 'select, insert, update (stage, starts_on, checked_at, checked_by, published_at, published_by, withdrawn_at,
                                                     withdrawn_by, withdrawn_because, version)');

-- The words of a version never change, and a published one is only ever withdrawn. This binds whoever owns the table, too.
create function policy_version_stays() returns trigger
  language plpgsql
  as $$
begin
  if (new.id, new.number, new.title, new.pack, new.lapses, new.suspends, new.note, new.added_at, new.added_by, new.area, new.base_id)
     is distinct from (old.id, old.number, old.title, old.pack, old.lapses, old.suspends, old.note, old.added_at, old.added_by, old.area,
                       old.base_id) then
    raise exception 'the words of a version never change' using errcode = 'check_violation', constraint = 'policy_version_words_stay';
  end if;
  if old.stage = 'withdrawn'
     or (old.stage = 'published'
         and (new.stage <> 'withdrawn'
              or (new.starts_on, new.checked_at, new.checked_by, new.published_at, new.published_by)
                 is distinct from (old.starts_on, old.checked_at, old.checked_by, old.published_at, old.published_by))) then
    raise exception 'a published version stays as it is' using errcode = 'check_violation', constraint = 'policy_version_stays';
  end if;
  return new;
end $$;
revoke execute on function policy_version_stays() from public;
create trigger policy_version_stays before update on policy_version for each row execute function policy_version_stays();
