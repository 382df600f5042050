-- A letter, kept word for word as it was made. It never changes; only its sending is noted.
create table letter (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  customer_id    uuid not null,
  kind           text not null,
  -- The warning, restriction, appeal or review it tells of.
  subject_id     uuid not null,
  title          text not null,
  body_html      text not null,
  body_text      text not null,
  format         text not null,
  made_at        timestamptz not null,
  made_by        uuid not null,
  sent_at        timestamptz,
  sent_by        uuid,
  sent_via       text,
  constraint letter_pkey primary key (landlord_id, id),
  constraint letter_kind_known check (kind in ('warning', 'restriction', 'variation', 'lifting', 'moved', 'review', 'appeal-received', 'appeal-outcome',
                                             'warning-appeal-received', 'warning-appeal-outcome', 'reconsideration-received', 'reconsideration-outcome', 'early-review-received')),
  constraint letter_format_known check (format in ('standard', 'large-print', 'plain-text')),
  constraint letter_sent check ((sent_at is null) = (sent_by is null) and (sent_at is null) = (sent_via is null)),
  constraint letter_sent_via_known check (sent_via in ('post', 'email', 'by-hand')),
  constraint letter_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint letter_made_by foreign key (landlord_id, made_by) references staff (landlord_id, id),
  constraint letter_sent_by foreign key (landlord_id, sent_by) references staff (landlord_id, id)
);
create index letter_by_customer on letter (landlord_id, customer_id, made_at desc, id);
create index letter_by_time on letter (landlord_id, made_at desc, id);
-- What waits to be sent is little; what was sent grows.
create index letter_waiting on letter (landlord_id, made_at, id) where sent_at is null;
call guard('letter', 'select, insert');
-- The words cannot be rewritten: only the three columns of its sending can.
grant update (sent_at, sent_by, sent_via) on letter to evenhand_landlord;

-- Who else was told of a letter, as the policy has it, and on what basis: the letter itself under a covering line, or a short notice.
-- Made with the letter, kept word for word; only its sending is noted. Where nobody was to be told, why not.
create table letter_copy (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  letter_id   uuid not null,
  customer_id uuid not null,
  recipient   text not null,
  -- To whom: a name, a team, or the policy's words for them.
  to_name     text not null,
  -- A short notice rather than the letter itself.
  is_notice   boolean not null,
  -- What lets the landlord tell them, in the policy's words.
  basis       text not null,
  title       text not null,
  body_html   text,
  body_text   text,
  why_not     text,
  made_at     timestamptz not null,
  made_by     uuid not null,
  -- The day it went, how, and to whom, as whoever sent it says.
  sent_on     date,
  sent_via    text,
  sent_to     text,
  sent_at     timestamptz,
  sent_by     uuid,
  constraint letter_copy_pkey primary key (landlord_id, id),
  constraint letter_copy_recipient_known check (recipient in ('representative', 'services', 'contractors', 'third-party')),
  constraint letter_copy_words check ((body_html is null) = (why_not is not null) and (body_html is null) = (body_text is null)),
  constraint letter_copy_sent check (
    (sent_on is null) = (sent_at is null) and (sent_on is null) = (sent_by is null) and (sent_on is null) = (sent_via is null)
    and (sent_on is null) = (sent_to is null) and (sent_on is null or why_not is null)),
  constraint letter_copy_sent_via_known check (sent_via in ('post', 'email', 'by-hand')),
  constraint letter_copy_letter foreign key (landlord_id, letter_id) references letter (landlord_id, id),
  constraint letter_copy_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint letter_copy_made_by foreign key (landlord_id, made_by) references staff (landlord_id, id),
  constraint letter_copy_sent_by foreign key (landlord_id, sent_by) references staff (landlord_id, id)
);
create index letter_copy_by_letter on letter_copy (landlord_id, letter_id, made_at, id);
create index letter_copy_by_customer on letter_copy (landlord_id, customer_id, recipient);
call guard('letter_copy', 'select, insert');
grant update (sent_on, sent_via, sent_to, sent_at, sent_by) on letter_copy to evenhand_landlord;

create table warning (
  landlord_id       uuid not null default this_landlord(),
  id                uuid not null,
  customer_id       uuid not null,
  incident_id       uuid,
  policy_version_id uuid not null,
  -- The step of the policy's ladder that this is.
  step              text not null,
  step_title        text not null,
  form              text not null,
  given_at          timestamptz not null,
  given_by          uuid not null,
  -- What was said, or what the letter asks.
  words             text not null,
  -- Where it stands when it was given inside other correspondence (HS-28): a reference and the passage.
  within_reference  text,
  within_passage    text,
  letter_id         uuid,
  -- The steps before it that were left out, by key, and why: a reason of the policy's, and what whoever gave it says of it.
  skipped_step      text,
  skipped_because   text,
  -- The last day on which it counts, where the policy says so.
  counts_until      date,
  withdrawn_at      timestamptz,
  withdrawn_by      uuid,
  withdrawn_because text,
  version           integer not null default 1,
  constraint warning_pkey primary key (landlord_id, id),
  constraint warning_form check (
    (form = 'spoken' and within_reference is null and within_passage is null and letter_id is null)
    or (form = 'written' and letter_id is not null and within_reference is null and within_passage is null)
    or (form = 'within' and within_reference is not null and within_passage is not null and letter_id is null)),
  constraint warning_skip check ((skipped_step is null) = (skipped_because is null)),
  constraint warning_withdrawn check (
    (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_because is null)),
  constraint warning_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint warning_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id),
  constraint warning_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint warning_given_by foreign key (landlord_id, given_by) references staff (landlord_id, id),
  constraint warning_withdrawn_by foreign key (landlord_id, withdrawn_by) references staff (landlord_id, id),
  constraint warning_letter foreign key (landlord_id, letter_id) references letter (landlord_id, id) deferrable initially deferred
);
create index warning_by_customer on warning (landlord_id, customer_id, given_at desc, id);
call guard('warning', 'select, insert, update');

-- A warning that was written and waits for others to agree to it, where the policy asks for that. It is no warning: it counts for nothing, and
-- no letter of it exists. Once it is agreed to and given, there is a warning with the same id.
create table warning_request (
  landlord_id       uuid not null default this_landlord(),
  id                uuid not null,
  customer_id       uuid not null,
  incident_id       uuid,
  policy_version_id uuid not null,
  -- The step of the policy's ladder that it would be.
  step              text not null,
  step_title        text not null,
  form              text not null,
  -- What the customer would be told, word for word (rules/warning_request.rs). Written again, it is asked for anew.
  wording           jsonb not null,
  -- Where steps before it would be left out: a reason of the policy's by key, and what whoever wrote it says of it.
  skip_reason       text,
  skip_because      text,
  -- The first of those written one after another, each because the one before was sent back or taken back.
  begun_as          uuid not null,
  asked_by          uuid not null,
  asked_at          timestamptz not null,
  -- When the last who had to agree did. What is said, or stands in another letter, is given after that.
  agreed_at         timestamptz,
  ended_at          timestamptz,
  ended_by          uuid,
  ended_how         text,
  ended_because     text,
  constraint warning_request_pkey primary key (landlord_id, id),
  constraint warning_request_form_known check (form in ('spoken', 'written', 'within')),
  constraint warning_request_skip check ((skip_reason is null) = (skip_because is null)),
  constraint warning_request_ended check (
    (ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_how is null)
    and (ended_how = 'given' or (ended_at is null) = (ended_because is null))),
  constraint warning_request_ended_known check (ended_how in ('given', 'sent-back', 'taken-back')),
  constraint warning_request_agreed check (ended_how is distinct from 'given' or agreed_at is not null),
  constraint warning_request_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint warning_request_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id),
  constraint warning_request_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint warning_request_begun_as foreign key (landlord_id, begun_as) references warning_request (landlord_id, id),
  constraint warning_request_asked_by foreign key (landlord_id, asked_by) references staff (landlord_id, id),
  constraint warning_request_ended_by foreign key (landlord_id, ended_by) references staff (landlord_id, id)
);
-- One of a kind waits at a time.
create unique index warning_request_waits_once on warning_request (landlord_id, customer_id, step) where ended_at is null;
create index warning_request_by_incident on warning_request (landlord_id, incident_id) where ended_at is null;
create index warning_request_begun on warning_request (landlord_id, begun_as);
call guard('warning_request', 'select, insert');
-- The words cannot be rewritten: only how it ends.
grant update (agreed_at, ended_at, ended_by, ended_how, ended_because) on warning_request to evenhand_landlord;

-- What somebody said to it, stage by stage. Where a body agreed, its meeting is a sitting of this id.
create table warning_agreement (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  request_id  uuid not null,
  -- The place of the stage, from 0.
  stage       smallint not null,
  say         text not null,
  -- The post in which they said it by its title, and by its key.
  as_role     text not null,
  as_post     text not null,
  asked_by    uuid not null,
  staff_id    uuid not null,
  -- Why; whoever agrees need not say more.
  reasons     text not null,
  at          timestamptz not null,
  constraint warning_agreement_pkey primary key (landlord_id, id),
  constraint warning_agreement_once unique (landlord_id, request_id, stage, staff_id),
  constraint warning_agreement_say_known check (say in ('view', 'agree', 'send-back')),
  constraint warning_agreement_reasons check (say = 'agree' or reasons <> ''),
  -- Nobody agrees to their own.
  constraint warning_agreement_not_the_writers check (staff_id <> asked_by),
  constraint warning_agreement_request foreign key (landlord_id, request_id) references warning_request (landlord_id, id),
  constraint warning_agreement_asked_by foreign key (landlord_id, asked_by) references staff (landlord_id, id),
  constraint warning_agreement_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
create index warning_agreement_by_staff on warning_agreement (landlord_id, staff_id);
call guard('warning_agreement', 'select, insert');
