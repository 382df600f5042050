-- A promise to look again: made when a restriction starts, kept by its day. It can be held, never deleted.
create table review (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  restriction_id uuid not null,
  customer_id    uuid not null,
  -- The version it was promised under; once held, the one it was held under.
  policy_version_id uuid not null,
  -- The appeal that sent the decision back to be made again: then this is where that is done.
  sent_back_by   uuid,
  due_on         date not null,
  made_at        timestamptz not null,
  stage          text not null,
  held_at        timestamptz,
  held_by        uuid,
  outcome        text,
  -- The customer's own view: heard, asked without an answer, or not asked, with the words or the reason.
  view_how       text,
  customers_view text,
  -- What had happened since the decision or the last review, as the reviewer read it.
  since          text,
  reasons        text,
  version        integer not null default 1,
  constraint review_view_how_known check (view_how in ('heard', 'no-answer', 'not-asked')),
  constraint review_pkey primary key (landlord_id, id),
  constraint review_stage check (
    (stage = 'due' and held_at is null and held_by is null and outcome is null and reasons is null)
    or (stage = 'held' and held_at is not null and held_by is not null and reasons is not null
        and view_how is not null and since is not null and outcome in ('continue', 'vary', 'lift', 'lift-on-undertaking'))
    or (stage = 'overtaken' and held_at is null and outcome is null)),
  constraint review_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint review_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint review_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint review_held_by foreign key (landlord_id, held_by) references staff (landlord_id, id)
);
create unique index review_one_open on review (landlord_id, restriction_id) where stage = 'due';
create index review_by_day on review (landlord_id, due_on, id) where stage = 'due';
call guard('review', 'select, insert, update');

alter table restriction add constraint restriction_next_review
  foreign key (landlord_id, next_review_id) references review (landlord_id, id) deferrable initially deferred;

-- What a customer is asked to sign before a restriction ends: asked for at a review, in the reviewer's words, by a day.
create table undertaking (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  restriction_id uuid not null,
  customer_id    uuid not null,
  -- The review that asked for it.
  review_id      uuid not null,
  words          text not null,
  sign_by        date not null,
  asked_at       timestamptz not null,
  asked_by       uuid not null,
  stage          text not null,
  signed_on      date,
  recorded_by    uuid,
  -- When it was recorded as signed, or closed: another review decided without it, or the restriction ended.
  closed_at      timestamptz,
  constraint undertaking_pkey primary key (landlord_id, id),
  constraint undertaking_stage check (
    (stage = 'asked' and signed_on is null and recorded_by is null and closed_at is null)
    or (stage = 'signed' and signed_on is not null and recorded_by is not null and closed_at is not null)
    or (stage in ('not-signed', 'overtaken') and signed_on is null and closed_at is not null)),
  constraint undertaking_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint undertaking_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint undertaking_review foreign key (landlord_id, review_id) references review (landlord_id, id),
  constraint undertaking_asked_by foreign key (landlord_id, asked_by) references staff (landlord_id, id),
  constraint undertaking_recorded_by foreign key (landlord_id, recorded_by) references staff (landlord_id, id)
);
create unique index undertaking_one_open on undertaking (landlord_id, restriction_id) where stage = 'asked';
call guard('undertaking', 'select, insert, update');

-- What a term of a restriction promises of ours, one row for each day it fell due: the next one waits, the others were kept or missed.
create table duty (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  restriction_id uuid not null,
  customer_id    uuid not null,
  term_id        uuid not null,
  owner_id       uuid not null,
  due_on         date not null,
  made_at        timestamptz not null,
  stage          text not null,
  -- The day it was done, by whom, and what was done.
  kept_on        date,
  kept_by        uuid,
  note           text,
  -- How often it was tried without reaching anybody, and when last: neither kept nor missed in silence.
  tries          smallint not null default 0,
  tried_at       timestamptz,
  closed_at      timestamptz,
  constraint duty_pkey primary key (landlord_id, id),
  constraint duty_once unique (landlord_id, term_id, due_on),
  constraint duty_tried check ((tries = 0) = (tried_at is null)),
  constraint duty_stage check (
    (stage = 'due' and kept_on is null and kept_by is null and note is null and closed_at is null)
    or (stage = 'kept' and kept_on is not null and kept_by is not null and note is not null and closed_at is not null)
    -- Missed, or no longer owed because its term or its restriction ended.
    or (stage in ('missed', 'ended') and kept_on is null and closed_at is not null)),
  constraint duty_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint duty_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint duty_term foreign key (landlord_id, term_id) references term (landlord_id, id),
  constraint duty_owner foreign key (landlord_id, owner_id) references staff (landlord_id, id),
  constraint duty_kept_by foreign key (landlord_id, kept_by) references staff (landlord_id, id)
);
create unique index duty_one_open on duty (landlord_id, term_id) where stage = 'due';
create index duty_by_restriction on duty (landlord_id, restriction_id, due_on);
call guard('duty', 'select, insert, update');

create table appeal (
  landlord_id     uuid not null default this_landlord(),
  id              uuid not null,
  restriction_id  uuid not null,
  customer_id     uuid not null,
  -- The version under which it came, and by which it is decided.
  policy_version_id uuid not null,
  received_on     date not null,
  received_via    text not null,
  logged_at       timestamptz not null,
  logged_by       uuid not null,
  -- Which of the grounds the policy lists it rests on, in the policy's words; none where it lists none, or none fits.
  listed_grounds  text[] not null default '{}',
  -- What the customer says is wrong, in their words, and anything new.
  grounds         text not null,
  new_information text,
  -- The last day of the policy's window, where it has one.
  window_closed_on date,
  late            boolean not null,
  -- Why it came late, as far as the customer said.
  late_because    text,
  -- The decision to hear a late one after all.
  admitted_at     timestamptz,
  admitted_by     uuid,
  admitted_because text,
  stage           text not null,
  decider_id      uuid,
  due_on          date not null,
  decided_at      timestamptz,
  decided_by      uuid,
  outcome         text,
  reasons         text,
  -- What must be looked at where the decision is sent back to be made again.
  look_at         text,
  -- Against the whole decision, only its length, or the answer to a first appeal; then which.
  round           text not null,
  answers         uuid,
  -- Whether the answer told the customer how to make a second, and the last day it named; none is "at any time while it lasts".
  opens_another   boolean not null default false,
  another_by      date,
  version         integer not null default 1,
  constraint appeal_round_known check (round in ('first', 'second', 'length')),
  constraint appeal_round_answers check ((round = 'second') = (answers is not null)),
  -- About the length nothing is decided but the last day.
  constraint appeal_length_outcome check (round <> 'length' or outcome is null or outcome in ('uphold', 'vary')),
  constraint appeal_opens_another check (not opens_another or (round = 'first' and stage = 'decided' and outcome in ('uphold', 'vary'))),
  constraint appeal_another_by check (another_by is null or opens_another),
  constraint appeal_answers foreign key (landlord_id, answers) references appeal (landlord_id, id),
  constraint appeal_look_at check ((look_at is not null) = (outcome is not null and outcome = 'remit')),
  constraint appeal_pkey primary key (landlord_id, id),
  constraint appeal_received_via_known check (received_via in (
    'phone', 'email', 'letter', 'text', 'online', 'chat', 'person', 'visit', 'social', 'representative')),
  constraint appeal_late check (not late or late_because is not null),
  constraint appeal_admitted check ((admitted_at is null) = (admitted_by is null) and (admitted_at is null) = (admitted_because is null)),
  constraint appeal_late_is_admitted_first check (stage <> 'decided' or not late or admitted_at is not null),
  constraint appeal_stage check (
    (stage = 'received' and decided_at is null and decided_by is null and outcome is null and reasons is null)
    or (stage = 'decided' and decided_at is not null and decided_by is not null and reasons is not null
        and outcome in ('uphold', 'vary', 'quash', 'remit'))
    or (stage = 'out-of-time' and late and decided_at is not null and decided_by is not null and reasons is not null and outcome is null)
    -- One against the whole came while it was open, and is answered for both.
    or (stage = 'taken-in' and round = 'length' and decided_at is not null and reasons is null and outcome is null)
    -- What it was against ended first, so that nobody decided it: when, and who ended that, where somebody did.
    or (stage = 'overtaken' and decided_at is not null and reasons is null and outcome is null)),
  constraint appeal_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint appeal_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint appeal_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint appeal_logged_by foreign key (landlord_id, logged_by) references staff (landlord_id, id),
  constraint appeal_admitted_by foreign key (landlord_id, admitted_by) references staff (landlord_id, id),
  constraint appeal_decider foreign key (landlord_id, decider_id) references staff (landlord_id, id),
  constraint appeal_decided_by foreign key (landlord_id, decided_by) references staff (landlord_id, id)
);
create unique index appeal_one_open on appeal (landlord_id, restriction_id) where stage = 'received';
-- One answer is appealed once.
create unique index appeal_second on appeal (landlord_id, answers) where stage = 'decided';
create index appeal_by_restriction on appeal (landlord_id, restriction_id, received_on);
create index appeal_by_day on appeal (landlord_id, due_on, id) where stage = 'received';
call guard('appeal', 'select, insert, update');

alter table review add constraint review_sent_back_by foreign key (landlord_id, sent_back_by) references appeal (landlord_id, id);

-- Every restriction that was decided and that nobody has ended, as it stands on a day: it is over with its last day, or with the day of the
-- review that was missed where its policy lets it lapse; it waits while an appeal against it is heard (one about its length apart), and until a decision sent back on appeal is made again, where its policy says so; otherwise it is applied.
-- `rules/restriction_rest.rs` says the same of one; this asks it of many, and folds into whatever asks.
create function in_force_on(today date)
  returns table (restriction_id uuid, customer_id uuid, review_id uuid, review_due date, last_day date,
                 has_lapsed boolean, is_suspended boolean, is_applied boolean)
  language sql stable parallel safe
  as $$
    select r.id, r.customer_id, v.id, v.due_on, d.last_day, d.has_lapsed, d.waits and not d.is_over, not d.waits and not d.is_over
      from restriction r
      join policy_version p on p.id = r.policy_version_id
      join review v on v.restriction_id = r.id and v.id = r.next_review_id
     cross join lateral (
           select p.lapses and v.due_on < today as has_lapsed,
                  case when p.lapses and v.due_on < today then least(v.due_on, r.ends_on) else r.ends_on end as last_day,
                  coalesce(r.ends_on < today, false) or (p.lapses and v.due_on < today) as is_over,
                  p.suspends and (v.sent_back_by is not null
                                  or exists (select from appeal a
                                              where a.restriction_id = r.id and a.stage = 'received' and a.round <> 'length'
                                                and (not a.late or a.admitted_at is not null))) as waits) d
     where r.stage = 'in-force' $$;
revoke execute on function in_force_on(date) from public;
grant execute on function in_force_on(date) to evenhand_landlord;

-- A request to look again at a restriction outside an appeal, where the policy has such a thing. The restriction goes on meanwhile.
create table reconsideration (
  landlord_id     uuid not null default this_landlord(),
  id              uuid not null,
  restriction_id  uuid not null,
  customer_id     uuid not null,
  -- The version under which it came, and by which it is answered.
  policy_version_id uuid not null,
  received_on     date not null,
  received_via    text not null,
  logged_at       timestamptz not null,
  logged_by       uuid not null,
  -- Which of the policy's grounds it rests on, in the policy's words; none where none fits.
  listed_grounds  text[] not null,
  -- What the customer says, in their words.
  words           text not null,
  stage           text not null,
  due_on          date not null,
  decided_at      timestamptz,
  decided_by      uuid,
  answer          text,
  reasons         text,
  version         integer not null default 1,
  constraint reconsideration_pkey primary key (landlord_id, id),
  constraint reconsideration_received_via_known check (received_via in (
    'phone', 'email', 'letter', 'text', 'online', 'chat', 'person', 'visit', 'social', 'representative')),
  constraint reconsideration_stage check (
    (stage = 'received' and decided_at is null and decided_by is null and answer is null and reasons is null)
    or (stage = 'answered' and decided_at is not null and decided_by is not null and reasons is not null
        and answer in ('keep', 'vary', 'lift', 'decline'))
    -- What it was about ended first, so that nobody answered it: when, and who ended that, where somebody did.
    or (stage = 'overtaken' and decided_at is not null and reasons is null and answer is null)),
  -- Only a request that rests on none of the grounds is not looked at.
  constraint reconsideration_declined check (answer <> 'decline' or cardinality(listed_grounds) = 0),
  constraint reconsideration_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint reconsideration_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint reconsideration_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint reconsideration_logged_by foreign key (landlord_id, logged_by) references staff (landlord_id, id),
  constraint reconsideration_decided_by foreign key (landlord_id, decided_by) references staff (landlord_id, id)
);
create unique index reconsideration_one_open on reconsideration (landlord_id, restriction_id) where stage = 'received';
create index reconsideration_by_restriction on reconsideration (landlord_id, restriction_id, received_on);
create index reconsideration_by_day on reconsideration (landlord_id, due_on, id) where stage = 'received';
call guard('reconsideration', 'select, insert, update');

-- An appeal against a warning, where the policy has one. One that is lost leaves the warning as it is; one that is won withdraws it.
create table warning_appeal (
  landlord_id     uuid not null default this_landlord(),
  id              uuid not null,
  warning_id      uuid not null,
  customer_id     uuid not null,
  -- The version under which it came, and by which it is decided.
  policy_version_id uuid not null,
  received_on     date not null,
  received_via    text not null,
  logged_at       timestamptz not null,
  logged_by       uuid not null,
  -- Which of the grounds the policy lists it rests on, in the policy's words; none where it lists none, or none fits.
  listed_grounds  text[] not null default '{}',
  -- What the customer says is wrong, in their words.
  grounds         text not null,
  -- The last day of the policy's window, where it has one; and why it came later, as far as the customer said.
  window_closed_on date,
  late_because    text,
  stage           text not null,
  due_on          date not null,
  decided_at      timestamptz,
  decided_by      uuid,
  outcome         text,
  reasons         text,
  version         integer not null default 1,
  constraint warning_appeal_pkey primary key (landlord_id, id),
  constraint warning_appeal_received_via_known check (received_via in (
    'phone', 'email', 'letter', 'text', 'online', 'chat', 'person', 'visit', 'social', 'representative')),
  constraint warning_appeal_late check (late_because is null or window_closed_on is not null),
  constraint warning_appeal_stage check (
    (stage = 'received' and decided_at is null and decided_by is null and outcome is null and reasons is null)
    or (stage = 'decided' and decided_at is not null and decided_by is not null and reasons is not null and outcome in ('uphold', 'quash'))
    or (stage = 'out-of-time' and late_because is not null and decided_at is not null and decided_by is not null and reasons is not null
        and outcome is null)),
  constraint warning_appeal_warning foreign key (landlord_id, warning_id) references warning (landlord_id, id),
  constraint warning_appeal_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint warning_appeal_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint warning_appeal_logged_by foreign key (landlord_id, logged_by) references staff (landlord_id, id),
  constraint warning_appeal_decided_by foreign key (landlord_id, decided_by) references staff (landlord_id, id)
);
create unique index warning_appeal_one_open on warning_appeal (landlord_id, warning_id) where stage = 'received';
create index warning_appeal_by_warning on warning_appeal (landlord_id, warning_id, logged_at);
call guard('warning_appeal', 'select, insert, update');

-- A meeting that looked at the whole register, for one day of one tier of the policy: recorded once, never changed.
create table register_meeting (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  -- The version that asks for it.
  policy_version_id uuid not null,
  tier        text not null,
  title       text not null,
  due_on      date not null,
  held_on     date not null,
  minute      text not null,
  noted       text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint register_meeting_pkey primary key (landlord_id, id),
  constraint register_meeting_once unique (landlord_id, tier, due_on),
  constraint register_meeting_not_to_come check (held_on <= (recorded_at at time zone 'Europe/London')::date),
  constraint register_meeting_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint register_meeting_recorded_by foreign key (landlord_id, recorded_by) references staff (landlord_id, id)
);
call guard('register_meeting', 'select, insert');

-- Who sat.
create table register_meeting_seat (
  landlord_id uuid not null default this_landlord(),
  meeting_id  uuid not null,
  staff_id    uuid not null,
  constraint register_meeting_seat_pkey primary key (landlord_id, meeting_id, staff_id),
  constraint register_meeting_seat_meeting foreign key (landlord_id, meeting_id) references register_meeting (landlord_id, id),
  constraint register_meeting_seat_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
call guard('register_meeting_seat', 'select, insert');

-- What it looked at: every restriction in force; and what it minuted of one, where it minuted anything.
create table register_meeting_case (
  landlord_id    uuid not null default this_landlord(),
  meeting_id     uuid not null,
  restriction_id uuid not null,
  outcome        text,
  note           text,
  constraint register_meeting_case_outcome_known check (outcome in ('goes-on', 'look-early', 'end-proposed')),
  constraint register_meeting_case_says_why check (outcome is null or outcome = 'goes-on' or note is not null),
  constraint register_meeting_case_pkey primary key (landlord_id, meeting_id, restriction_id),
  constraint register_meeting_case_meeting foreign key (landlord_id, meeting_id) references register_meeting (landlord_id, id),
  constraint register_meeting_case_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id)
);
call guard('register_meeting_case', 'select, insert');

-- What was answered to the policy's lists for one decision: a warning, an approval, an appeal, a review, or a restriction that was ended early.
create table checklist_answer (
  landlord_id uuid not null default this_landlord(),
  decision_id uuid not null,
  -- Which line of which list, and the words it was asked in.
  item        text not null,
  position    smallint not null,
  title       text not null,
  ask         text not null,
  answer      text not null,
  -- What shows it; may be empty.
  shown_by    text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  constraint checklist_answer_pkey primary key (landlord_id, decision_id, item),
  constraint checklist_answer_known check (answer in ('yes', 'no', 'does-not-apply')),
  constraint checklist_answer_answered_by foreign key (landlord_id, answered_by) references staff (landlord_id, id)
);
call guard('checklist_answer', 'select, insert');
-- A meeting in which a body decided what a customer asked for or held a review, as its clerk recorded it: the clerk, who stands in that row,
-- decided nothing. A late appeal may have two: one that heard it after all, and one that decided it.
create table sitting (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  -- In whose case; none where it was about a warning.
  restriction_id uuid,
  -- What it decided: the appeal, the request, the review or what was said to a warning, with this id.
  subject_kind   text not null,
  subject_id     uuid not null,
  -- The key of the body, and its title as it then was.
  body           text not null,
  title          text not null,
  meeting_on     date not null,
  minute         text not null,
  -- How it voted, where its policy counts: so many for what it decided, so many against.
  votes_for      smallint,
  votes_against  smallint,
  recorded_by    uuid not null,
  recorded_at    timestamptz not null,
  constraint sitting_pkey primary key (landlord_id, id),
  constraint sitting_once unique (landlord_id, subject_kind, subject_id),
  constraint sitting_subject_known check (subject_kind in ('appeal', 'late-appeal', 'warning-appeal', 'warning-agreement', 'reconsideration', 'review')),
  constraint sitting_case check ((restriction_id is null) = (subject_kind in ('warning-appeal', 'warning-agreement'))),
  constraint sitting_votes check ((votes_for is null) = (votes_against is null) and votes_for >= 0 and votes_against >= 0),
  constraint sitting_not_to_come check (meeting_on <= (recorded_at at time zone 'Europe/London')::date),
  constraint sitting_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint sitting_recorded_by foreign key (landlord_id, recorded_by) references staff (landlord_id, id)
);
call guard('sitting', 'select, insert');

-- Who sat in it: they took the part in the case.
create table sitting_seat (
  landlord_id uuid not null default this_landlord(),
  sitting_id  uuid not null,
  staff_id    uuid not null,
  constraint sitting_seat_pkey primary key (landlord_id, sitting_id, staff_id),
  constraint sitting_seat_sitting foreign key (landlord_id, sitting_id) references sitting (landlord_id, id),
  constraint sitting_seat_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
call guard('sitting_seat', 'select, insert');
