-- Something a person, or whoever holds one of some roles, must do by a day. The worklist is read from here alone.
create table task (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  kind        text not null,
  customer_id uuid not null,
  -- The incident, restriction, review, appeal or letter it is about.
  subject_id  uuid not null,
  staff_id    uuid,
  for_roles   text[] not null default '{}',
  -- People who may not do it: they took part.
  not_for     uuid[] not null default '{}',
  due_on      date not null,
  made_at     timestamptz not null,
  done_at     timestamptz,
  done_by     uuid,
  note        text,
  -- Who outside is told, by the landlord's own name for them; or who is rung, and when.
  whom        text,
  version     integer not null default 1,
  constraint task_pkey primary key (landlord_id, id),
  constraint task_for_somebody check (staff_id is not null or cardinality(for_roles) > 0),
  constraint task_kind_known check (kind in ('incident', 'support', 'police', 'community-safety', 'hand-off', 'call', 'warning', 'proposal', 'approval', 'view',
                                             'sent-back', 'stuck', 'letter', 'copy', 'review', 'appeal', 'warning-appeal', 'reconsideration', 'promise')),
  constraint task_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint task_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint task_done_by foreign key (landlord_id, done_by) references staff (landlord_id, id)
);
create index task_open on task (landlord_id, due_on, id) where done_at is null;
create index task_open_of_subject on task (landlord_id, subject_id) where done_at is null;
call guard('task', 'select, insert, update');

-- Everything that happened, once, in order. Nobody can change a row: there is no grant to.
create table event (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  at          timestamptz not null,
  -- Null when the clock did it.
  actor_id    uuid,
  customer_id uuid,
  subject_id  uuid not null,
  kind        text not null,
  details     jsonb not null,
  constraint event_pkey primary key (landlord_id, id),
  constraint event_actor foreign key (landlord_id, actor_id) references staff (landlord_id, id),
  constraint event_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index event_by_customer on event (landlord_id, customer_id, at desc, id desc);
create index event_by_subject on event (landlord_id, subject_id, at);
call guard('event', 'select, insert');

-- Who looked at whose record, on which page.
create table access (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  at          timestamptz not null,
  staff_id    uuid not null,
  customer_id uuid not null,
  page        text not null,
  constraint access_pkey primary key (landlord_id, id),
  constraint access_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint access_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index access_by_customer on access (landlord_id, customer_id, at desc, id desc);
call guard('access', 'select, insert');
