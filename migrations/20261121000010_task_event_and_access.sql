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
                                             'sent-back', 'stuck', 'letter', 'copy', 'review', 'appeal', 'warning-appeal', 'reconsideration', 'promise', 'tell',
                                             'agreement', 'warning-back', 'warning-agreed')),
  constraint task_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint task_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id),
  constraint task_done_by foreign key (landlord_id, done_by) references staff (landlord_id, id)
);
create index task_open on task (landlord_id, due_on, id) where done_at is null;
create index task_open_of_subject on task (landlord_id, subject_id) where done_at is null;
call guard('task', 'select, insert, update');

-- The open tasks that somebody sees on a day because deciding was handed to them (`rules/delegation.rs` says which kinds go over): those for
-- the posts of whoever handed it over, who is not left out of them; and none for which they are asked by name besides. It folds into
-- whatever asks.
create function lent_tasks(reader uuid, today date, kinds text[])
  returns table (task_id uuid)
  language sql stable parallel safe
  as $$
    select t.id
      from delegation d
      join staff f on f.id = d.from_staff_id
      join task t on t.for_roles && f.roles
     where d.to_staff_id = reader
       and d.ended_at is null
       and today between d.starts_on and d.until_on
       and t.done_at is null
       and t.kind = any (kinds)
       and not f.id = any (t.not_for)
       and not exists (select from task n where n.subject_id = t.subject_id and n.kind = t.kind and n.staff_id = reader and n.done_at is null) $$;
revoke execute on function lent_tasks(uuid, date, text[]) from public;
grant execute on function lent_tasks(uuid, date, text[]) to evenhand_landlord;

-- Whether an open task is somebody's to do on a day: their own, their post's, or a deciding that a colleague handed to them for that day,
-- whether the task was there before or came later; never of whoever is kept out of it. Who may really decide is asked again where it is done.
create function waits_for(t task, staff uuid, roles text[], today date, goes_over text[]) returns boolean
  language sql stable parallel safe
  as $$
    select (t.staff_id = staff or t.for_roles && roles or t.id in (select l.task_id from lent_tasks(staff, today, goes_over) l))
           and not staff = any (t.not_for) $$;
revoke execute on function waits_for(task, uuid, text[], date, text[]) from public;
grant execute on function waits_for(task, uuid, text[], date, text[]) to evenhand_landlord;

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
