-- One contact, calm or not. Quotas are counted from these.
create table contact (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  customer_id uuid not null,
  at          timestamptz not null,
  channel     text not null,
  purpose     text not null,
  manner      text not null,
  summary     text not null,
  taken_by    uuid not null,
  logged_at   timestamptz not null,
  constraint contact_pkey primary key (landlord_id, id),
  constraint contact_manner_known check (manner in ('calm', 'upset', 'unacceptable')),
  constraint contact_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint contact_taken_by foreign key (landlord_id, taken_by) references staff (landlord_id, id)
);
create index contact_by_customer on contact (landlord_id, customer_id, at desc, id);
call guard('contact', 'select, insert');

create table incident (
  landlord_id       uuid not null default this_landlord(),
  id                uuid not null,
  customer_id       uuid not null,
  policy_version_id uuid not null,
  happened_at       timestamptz not null,
  channel           text not null,
  about             text not null,
  -- Keys of the policy's categories and effects.
  behaviours        text[] not null,
  effects           text[] not null,
  what_happened     text not null,
  harm              text not null,
  -- Facts about safety that force a task or open a shorter way: keys of the rules' list.
  dangers           text[] not null default '{}',
  police_reference  text,
  warnings_given    smallint not null,
  -- Why fewer warnings than the policy asks were given before the contact was ended (WK-14, HS-19).
  fewer_because     text,
  -- Whether the reason for ending the contact was told (AH-07).
  reason_told       boolean,
  not_told_because  text,
  contact_ended     boolean not null,
  -- What was done: keys of the form's list.
  done              text[] not null,
  adjustments_made  text,
  made_it_harder    text,
  customers_side    text,
  support           text not null,
  logged_at         timestamptz not null,
  logged_by         uuid not null,
  stage             text not null,
  outcome           text,
  outcome_reasons   text,
  -- What the landlord learnt from it (NHG-10): for colleagues, without names.
  lessons           text,
  decided_at        timestamptz,
  decided_by        uuid,
  version           integer not null default 1,
  constraint incident_pkey primary key (landlord_id, id),
  constraint incident_harm_known check (harm in ('none', 'threatened', 'hurt')),
  constraint incident_support_known check (support in ('fine', 'today', 'now')),
  constraint incident_warnings_bounded check (warnings_given between 0 and 9),
  constraint incident_stage check (
    (stage = 'logged' and outcome is null and outcome_reasons is null and lessons is null and decided_at is null and decided_by is null)
    or (stage = 'decided' and outcome in ('no-action', 'warning', 'more') and outcome_reasons is not null
        and decided_at is not null and decided_by is not null)),
  constraint incident_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint incident_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint incident_logged_by foreign key (landlord_id, logged_by) references staff (landlord_id, id),
  constraint incident_decided_by foreign key (landlord_id, decided_by) references staff (landlord_id, id)
);
create index incident_by_customer on incident (landlord_id, customer_id, happened_at desc, id);
create index incident_by_time on incident (landlord_id, logged_at desc, id);
create index incident_lessons on incident (landlord_id, decided_at desc, id) where lessons is not null;
create index incident_by_reporter on incident (landlord_id, logged_by, logged_at desc, id);
call guard('incident', 'select, insert, update');

-- Who was affected: staff, contractor, board member, volunteer … (OM-01, WK-01).
create table incident_person (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  incident_id uuid not null,
  kind        text not null,
  staff_id    uuid,
  name        text not null,
  constraint incident_person_pkey primary key (landlord_id, id),
  constraint incident_person_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id),
  constraint incident_person_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
create index incident_person_by_incident on incident_person (landlord_id, incident_id);
create index incident_person_by_staff on incident_person (landlord_id, staff_id);
call guard('incident_person', 'select, insert');

-- Added beside an incident afterwards; the incident itself is never rewritten.
create table incident_note (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  incident_id uuid not null,
  at          timestamptz not null,
  staff_id    uuid not null,
  note        text not null,
  constraint incident_note_pkey primary key (landlord_id, id),
  constraint incident_note_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id),
  constraint incident_note_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
create index incident_note_by_incident on incident_note (landlord_id, incident_id, at);
call guard('incident_note', 'select, insert');

-- What several people did together (WK-01): an incident for each of them, decided for each alone. The first one logged has no row here.
create table incident_together (
  landlord_id uuid not null default this_landlord(),
  incident_id uuid not null,
  -- The first incident logged of it.
  first_id    uuid not null,
  -- Whose the further one is, so that each of them has one.
  customer_id uuid not null,
  linked_at   timestamptz not null,
  linked_by   uuid not null,
  constraint incident_together_pkey primary key (landlord_id, incident_id),
  constraint incident_together_once unique (landlord_id, first_id, customer_id),
  constraint incident_together_apart check (incident_id <> first_id),
  constraint incident_together_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id),
  constraint incident_together_first foreign key (landlord_id, first_id) references incident (landlord_id, id),
  constraint incident_together_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint incident_together_linked_by foreign key (landlord_id, linked_by) references staff (landlord_id, id)
);
create index incident_together_by_customer on incident_together (landlord_id, customer_id);
create index incident_together_by_staff on incident_together (landlord_id, linked_by);
call guard('incident_together', 'select, insert');

-- What somebody has begun to write about an incident: theirs alone, one for each customer, gone once it is logged.
create table incident_draft (
  landlord_id uuid not null default this_landlord(),
  staff_id    uuid not null,
  customer_id uuid not null,
  -- The form as it stood: pairs of a name and what was typed.
  typed       jsonb not null,
  saved_at    timestamptz not null,
  constraint incident_draft_pkey primary key (landlord_id, staff_id, customer_id),
  constraint incident_draft_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint incident_draft_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index incident_draft_by_customer on incident_draft (landlord_id, customer_id);
call guard('incident_draft', 'select, insert, update, delete');

-- A warning spoken during a contact, or the ending of it, at the moment its button was pressed. Gathered by the incident that follows.
create table call_step (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  customer_id uuid not null,
  staff_id    uuid not null,
  -- 1, 2, … for the warnings; 0 when the contact was ended.
  step        smallint not null,
  at          timestamptz not null,
  undone_at   timestamptz,
  incident_id uuid,
  constraint call_step_pkey primary key (landlord_id, id),
  constraint call_step_number check (step between 0 and 9),
  constraint call_step_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint call_step_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint call_step_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id)
);
create index call_step_open on call_step (landlord_id, customer_id, staff_id, at) where undone_at is null and incident_id is null;
call guard('call_step', 'select, insert, update');
