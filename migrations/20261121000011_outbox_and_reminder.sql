-- Mail waiting to go, written in the transaction that decided it; it leaves after commit, once.
create table outbox (
  landlord_id  uuid not null default this_landlord(),
  id           uuid not null,
  -- Says what this message is about, so that the same one is never written twice.
  key          text not null,
  to_address   text not null,
  to_name      text not null,
  subject      text not null,
  body_text    text not null,
  made_at      timestamptz not null,
  next_try_at  timestamptz not null,
  tries        smallint not null default 0,
  claimed_until timestamptz,
  sent_at      timestamptz,
  given_up_at  timestamptz,
  last_fault   text,
  constraint outbox_pkey primary key (landlord_id, id),
  constraint outbox_key_once unique (landlord_id, key),
  constraint outbox_landlord foreign key (landlord_id) references landlord (landlord_id)
);
create index outbox_waiting on outbox (next_try_at) where sent_at is null and given_up_at is null;
create index outbox_given_up on outbox (landlord_id, given_up_at desc, id) where given_up_at is not null;
create index outbox_gone on outbox (sent_at desc) where sent_at is not null;
call guard('outbox', 'select, insert');
create policy system on outbox to evenhand_system using (true) with check (true);
grant select, update on outbox to evenhand_system;

-- What falls due and when somebody is told: ahead of the day, on it, after it; once each.
create table reminder (
  landlord_id  uuid not null default this_landlord(),
  id           uuid not null,
  key          text not null,
  kind         text not null,
  -- The review, appeal or task.
  subject_id   uuid not null,
  due_at       timestamptz not null,
  made_at      timestamptz not null,
  settled_at   timestamptz,
  -- sent · overtaken
  settled_how  text,
  constraint reminder_pkey primary key (landlord_id, id),
  constraint reminder_key_once unique (landlord_id, key),
  constraint reminder_kind_known check (kind in ('review-ahead', 'review-today', 'review-late', 'review-lapse', 'term-ended',
                                                 'proposal-ahead', 'proposal-today', 'proposal-late',
                                                 'appeal-ahead', 'appeal-today', 'appeal-late',
                                                 'warning-appeal-ahead', 'warning-appeal-today', 'warning-appeal-late',
                                                 'reconsideration-ahead', 'reconsideration-today', 'reconsideration-late',
                                                 'promise-today', 'promise-missed', 'support-late')),
  constraint reminder_settled check ((settled_at is null) = (settled_how is null)),
  constraint reminder_settled_how_known check (settled_how in ('sent', 'overtaken')),
  constraint reminder_landlord foreign key (landlord_id) references landlord (landlord_id)
);
create index reminder_due on reminder (due_at) where settled_at is null;
create index reminder_by_subject on reminder (landlord_id, subject_id) where settled_at is null;
call guard('reminder', 'select, insert, update');
-- The system only learns which landlord has a reminder due; the landlord's own transaction reads what it is about.
create policy system on reminder for select to evenhand_system using (true);
grant select (landlord_id, id, due_at, settled_at) on reminder to evenhand_system;
