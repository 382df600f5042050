create table team (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  name        text not null,
  -- A mailbox the team shares, where it has one.
  email       text,
  constraint team_pkey primary key (landlord_id, id),
  constraint team_name_once unique (landlord_id, name),
  constraint team_landlord foreign key (landlord_id) references landlord (landlord_id)
);
call guard('team', 'select, insert, update');

-- People who work for the landlord. `reach` says which pages they may open; `roles` are the posts of the landlord's own policy.
create table staff (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  name        text not null,
  job_title   text not null,
  email       text not null,
  reach       text not null,
  roles       text[] not null default '{}',
  team_id     uuid,
  manager_id  uuid,
  theme       text,
  -- Whether the key / goes to the lookup.
  shortcuts   boolean not null default true,
  joined_at   timestamptz not null,
  left_at     timestamptz,
  version     integer not null default 1,
  constraint staff_pkey primary key (landlord_id, id),
  constraint staff_email_once unique (landlord_id, email),
  constraint staff_reach_known check (reach in ('frontline', 'manager', 'head', 'director', 'policy-owner', 'administrator')),
  constraint staff_theme_known check (theme in ('light', 'dark')),
  constraint staff_not_own_manager check (manager_id is distinct from id),
  constraint staff_landlord foreign key (landlord_id) references landlord (landlord_id),
  constraint staff_team foreign key (landlord_id, team_id) references team (landlord_id, id),
  constraint staff_manager foreign key (landlord_id, manager_id) references staff (landlord_id, id) deferrable initially deferred
);
create index staff_by_manager on staff (landlord_id, manager_id);
call guard('staff', 'select, insert, update');

-- Who brought, asked for, published and withdrew a version of the policy.
alter table policy_version
  add constraint policy_version_added_by foreign key (landlord_id, added_by) references staff (landlord_id, id),
  add constraint policy_version_checked_by foreign key (landlord_id, checked_by) references staff (landlord_id, id),
  add constraint policy_version_published_by foreign key (landlord_id, published_by) references staff (landlord_id, id),
  add constraint policy_version_withdrawn_by foreign key (landlord_id, withdrawn_by) references staff (landlord_id, id);

-- Somebody's deciding in the hands of a colleague, from a day to a day; both count. Taken back, it ends at once.
-- What somebody has begun to type in a long form and not sent yet: theirs alone, one for each form, gone once the form is sent.
create table form_draft (
  landlord_id uuid not null default this_landlord(),
  staff_id    uuid not null,
  -- Which form: the address of ours that it is sent to, or opened at.
  form        text not null,
  -- The form as it stood: pairs of a name and what was typed.
  typed       jsonb not null,
  saved_at    timestamptz not null,
  constraint form_draft_pkey primary key (landlord_id, staff_id, form),
  constraint form_draft_form check (length(form) <= 300 and starts_with(form, '/')),
  constraint form_draft_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
call guard('form_draft', 'select, insert, update, delete');

create table delegation (
  landlord_id   uuid not null default this_landlord(),
  id            uuid not null,
  -- The version that lets it be.
  policy_version_id uuid not null,
  from_staff_id uuid not null,
  to_staff_id   uuid not null,
  starts_on     date not null,
  until_on      date not null,
  made_at       timestamptz not null,
  ended_at      timestamptz,
  constraint delegation_pkey primary key (landlord_id, id),
  constraint delegation_to_another check (from_staff_id <> to_staff_id),
  constraint delegation_days check (starts_on <= until_on),
  constraint delegation_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint delegation_from foreign key (landlord_id, from_staff_id) references staff (landlord_id, id),
  constraint delegation_to foreign key (landlord_id, to_staff_id) references staff (landlord_id, id)
);
create index delegation_in_force on delegation (landlord_id, until_on, starts_on) where ended_at is null;
call guard('delegation', 'select, insert, update (ended_at)');

-- How a person signs in. Read before anybody's landlord is known, so it belongs to the system alone.
create table sign_in (
  email         text not null,
  landlord_id   uuid not null,
  staff_id      uuid not null,
  password_hash text not null,
  constraint sign_in_pkey primary key (email),
  constraint sign_in_once unique (landlord_id, staff_id),
  constraint sign_in_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint sign_in_email_form check (email = lower(email))
);
alter table sign_in enable row level security;
alter table sign_in force row level security;
create policy system on sign_in to evenhand_system using (true) with check (true);
grant select, insert, update on sign_in to evenhand_system;

-- A sign-in that is open. Only the hash of its token is kept.
create table session (
  token_hash  bytea not null,
  landlord_id uuid not null,
  staff_id    uuid not null,
  started_at  timestamptz not null,
  seen_at     timestamptz not null,
  ended_at    timestamptz,
  constraint session_pkey primary key (token_hash),
  constraint session_token_length check (octet_length(token_hash) = 32),
  constraint session_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
create index session_by_staff on session (landlord_id, staff_id) where ended_at is null;
alter table session enable row level security;
alter table session force row level security;
create policy system on session to evenhand_system using (true) with check (true);
grant select, insert, update, delete on session to evenhand_system;
-- A landlord's transaction sees the one sign-in it was opened with, and no other.
create policy own on session for select to evenhand_landlord using (token_hash = this_session());
grant select on session to evenhand_landlord;

-- Guesses, counted by a keyed hash of what was tried: by account and by source. No address is kept.
create table sign_in_attempt (
  id   uuid not null,
  what bytea not null,
  at   timestamptz not null,
  constraint sign_in_attempt_pkey primary key (id)
);
create index sign_in_attempt_by_what on sign_in_attempt (what, at);
create index sign_in_attempt_by_age on sign_in_attempt (at);
grant select, insert, delete on sign_in_attempt to evenhand_system;
