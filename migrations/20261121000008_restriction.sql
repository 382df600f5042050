-- A restriction from the first draft of its proposal to its end. Its proposal has the same id.
create table restriction (
  landlord_id       uuid not null default this_landlord(),
  id                uuid not null,
  customer_id       uuid not null,
  -- The version that judges it. Only a decision with a reason and a letter moves it to another.
  policy_version_id uuid not null,
  stage             text not null,
  -- One more each time it is sent for approval.
  round             smallint not null default 0,
  proposed_by       uuid not null,
  opened_at         timestamptz not null,
  sent_at           timestamptz,
  -- The step of the ladder left out, and why (HS-27).
  skipped_step      text,
  skipped_because   text,
  -- What happened and why contact is limited, in words the customer will read.
  grounds           text,
  -- The promise to look again and the last day. Permanent means no last day; there is always a review.
  review_on         date,
  ends_on           date,
  permanent         boolean not null default false,
  -- What the last letter promised about an appeal: when it was written, and the last day it named; none is "at any time while it lasts".
  appeal_promised_on date,
  appeal_by         date,
  -- The same of an appeal about its length alone, where the policy has rules of its own for that.
  length_promised_on date,
  length_appeal_by  date,
  -- What a letter promised of an early review before it was moved to another version of the policy.
  early_from        date,
  early_within      text,
  in_force_at       timestamptz,
  -- How often a decision has given it a later last day since it took effect.
  renewals          smallint not null default 0,
  decided_by        uuid,
  decision_reasons  text,
  -- The body that took the last decision in a meeting, by its title; `decided_by` is then the clerk who recorded it.
  decided_as        text,
  -- The open review. In force, there is always one.
  next_review_id    uuid,
  ended_at          timestamptz,
  -- Nobody where it lapsed: its review was missed, and its policy says that it then ends.
  ended_by          uuid,
  end_reasons       text,
  -- Purposes of the policy that no term may close, copied when it is sent for approval.
  always_open       text[] not null default array['emergency', 'safeguarding', 'legal', 'appeal'],
  -- How firmly the policy kept a way to the landlord open when this was sent, and why none is, where somebody senior may decide that.
  one_open_channel  text not null default 'enforced',
  -- The channels a customer of this landlord can begin a contact on.
  ways              text[] not null default '{phone,email,text,letter,person}',
  no_route_because  text,
  version           integer not null default 1,
  constraint restriction_pkey primary key (landlord_id, id),
  constraint restriction_proposer unique (landlord_id, id, proposed_by),
  constraint restriction_floor_stays_open check (always_open @> array['emergency', 'safeguarding', 'legal', 'appeal']),
  constraint restriction_ways_known check (ways <@ array['phone', 'email', 'text', 'letter', 'online', 'chat', 'person']),
  constraint restriction_one_open_channel_known check (one_open_channel in ('enforced', 'advisory', 'off')),
  constraint restriction_dates check (review_on is null or ends_on is null or review_on <= ends_on),
  constraint restriction_permanent check (not permanent or ends_on is null),
  constraint restriction_early_promise check ((early_from is null) = (early_within is null)),
  constraint restriction_appeal_promise check (appeal_by is null or appeal_promised_on is not null),
  constraint restriction_length_promise check (length_appeal_by is null or length_promised_on is not null),
  constraint restriction_skip check ((skipped_step is null) = (skipped_because is null)),
  constraint restriction_stage check (
    (stage = 'draft' and in_force_at is null and ended_at is null and next_review_id is null)
    or (stage in ('awaiting-approval', 'sent-back') and sent_at is not null and review_on is not null and grounds is not null
        and in_force_at is null and ended_at is null and next_review_id is null)
    or (stage = 'declined' and decided_by is not null and decision_reasons is not null and in_force_at is null and next_review_id is null)
    or (stage = 'in-force' and in_force_at is not null and decided_by is not null and decision_reasons is not null
        and review_on is not null and (ends_on is not null or permanent) and grounds is not null
        and next_review_id is not null and ended_at is null)
    or (stage in ('lifted', 'quashed') and in_force_at is not null and ended_at is not null
        and (ended_by is not null or stage = 'lifted') and end_reasons is not null and next_review_id is null)),
  constraint restriction_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint restriction_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint restriction_proposed_by foreign key (landlord_id, proposed_by) references staff (landlord_id, id),
  constraint restriction_decided_by foreign key (landlord_id, decided_by) references staff (landlord_id, id),
  constraint restriction_ended_by foreign key (landlord_id, ended_by) references staff (landlord_id, id)
);
create index restriction_by_customer on restriction (landlord_id, customer_id, opened_at desc, id);
create index restriction_in_force on restriction (landlord_id, customer_id) where stage = 'in-force';
create index restriction_by_stage on restriction (landlord_id, stage, review_on, id);
create index restriction_open on restriction (landlord_id, opened_at, id) where stage in ('draft', 'awaiting-approval', 'sent-back', 'in-force');
call guard('restriction', 'select, insert, update');

-- A proposal that somebody else went on with. Whoever took it over last proposes it; everybody before stays in its history.
create table proposal_handover (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  restriction_id uuid not null,
  from_id        uuid not null,
  to_id          uuid not null,
  because        text not null,
  at             timestamptz not null,
  constraint proposal_handover_pkey primary key (landlord_id, id),
  constraint proposal_handover_to_another check (from_id <> to_id),
  constraint proposal_handover_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint proposal_handover_from foreign key (landlord_id, from_id) references staff (landlord_id, id),
  constraint proposal_handover_to foreign key (landlord_id, to_id) references staff (landlord_id, id)
);
create index proposal_handover_by_restriction on proposal_handover (landlord_id, restriction_id, at desc);
call guard('proposal_handover', 'select, insert');

-- The written assessment: what was asked and answered before anyone is restricted (OM-05, HS-30, HS-31).
create table assessment (
  landlord_id     uuid not null default this_landlord(),
  restriction_id  uuid not null,
  -- Answers to the policy's threshold questions, by key.
  thresholds      jsonb not null default '{}',
  level_of_contact text,
  language        text,
  needs           text,
  staff_needs     text,
  circumstances   text,
  alternatives    text,
  account_how     text,
  account         text,
  proportionality text,
  equality        text,
  -- An unmet need this proposal clashes with, and why a senior person may allow it.
  clash_because   text,
  -- Everything else that is asked, by key: linked, less, support, the policy's own further questions, its checklists (list:KEY), and a
  -- reason for one measure by itself (why:KIND).
  answers         jsonb not null default '{}',
  changed_at      timestamptz not null,
  changed_by      uuid not null,
  constraint assessment_pkey primary key (landlord_id, restriction_id),
  constraint assessment_account_how_known check (account_how in ('heard', 'no-answer', 'not-safe')),
  constraint assessment_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint assessment_changed_by foreign key (landlord_id, changed_by) references staff (landlord_id, id)
);
call guard('assessment', 'select, insert, update');

-- The incidents a proposal rests on.
create table restriction_incident (
  landlord_id    uuid not null default this_landlord(),
  restriction_id uuid not null,
  incident_id    uuid not null,
  constraint restriction_incident_pkey primary key (landlord_id, restriction_id, incident_id),
  constraint restriction_incident_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id),
  constraint restriction_incident_incident foreign key (landlord_id, incident_id) references incident (landlord_id, id)
);
call guard('restriction_incident', 'select, insert, delete');

-- One term of the bundle. `closes` and `closes_purposes` are worked out from the typed term when it is saved, so that the database can refuse.
create table term (
  landlord_id     uuid not null default this_landlord(),
  id              uuid not null,
  restriction_id  uuid not null,
  position        smallint not null,
  kind            text not null,
  details         jsonb not null,
  -- The key of the measure in the policy: its own, where the policy offers several of a kind, or else its kind.
  measure         text not null generated always as (coalesce(details #>> '{named,key}', kind)) stored,
  closes          text[] not null,
  closes_purposes text[] not null,
  -- Names a person or place through which the customer still reaches the landlord.
  leaves_route    boolean not null default false,
  since           timestamptz not null,
  until           timestamptz,
  constraint term_pkey primary key (landlord_id, id),
  constraint term_floor_stays_open check (not closes_purposes && array['emergency', 'safeguarding', 'legal', 'appeal']),
  constraint term_channels_known check (closes <@ array['phone', 'email', 'text', 'letter', 'online', 'chat', 'person', 'visit', 'social']),
  constraint term_restriction foreign key (landlord_id, restriction_id) references restriction (landlord_id, id)
);
create index term_by_restriction on term (landlord_id, restriction_id, position) where until is null;
call guard('term', 'select, insert, update, delete');

-- At commit: a bundle that is asked for or in force leaves a route, as firmly as its policy had it when it was sent, and closes no purpose
-- that is always open, however firm that was.
create function restriction_keeps_a_door_open() returns trigger
  language plpgsql
  as $$
declare
  wanted uuid;
  subject restriction%rowtype;
  shut text[];
  purposes text[];
  route boolean;
  terms bigint;
begin
  if tg_table_name = 'restriction' then wanted := new.id; else wanted := new.restriction_id; end if;
  select r.* into subject from restriction r where r.landlord_id = new.landlord_id and r.id = wanted;
  if not found or subject.stage not in ('awaiting-approval', 'in-force') then
    return null;
  end if;
  select count(*),
         coalesce(bool_or(t.leaves_route), false),
         coalesce(array(select distinct unnest(u.closes) from term u
                         where u.landlord_id = new.landlord_id and u.restriction_id = wanted and u.until is null), '{}'),
         coalesce(array(select distinct unnest(u.closes_purposes) from term u
                         where u.landlord_id = new.landlord_id and u.restriction_id = wanted and u.until is null), '{}')
    into terms, route, shut, purposes
    from term t
   where t.landlord_id = new.landlord_id and t.restriction_id = wanted and t.until is null;
  if terms = 0 then
    raise exception 'a restriction says at least one thing' using errcode = 'check_violation', constraint = 'restriction_has_terms';
  end if;
  -- On these a customer can begin a contact and be answered.
  if not route and shut @> subject.ways
     and (subject.one_open_channel = 'enforced' or (subject.one_open_channel = 'advisory' and subject.no_route_because is null)) then
    raise exception 'no route stays open' using errcode = 'check_violation', constraint = 'restriction_leaves_a_route';
  end if;
  if purposes && subject.always_open then
    raise exception 'an always-open purpose is closed' using errcode = 'check_violation', constraint = 'restriction_closes_no_open_purpose';
  end if;
  return null;
end $$;
revoke execute on function restriction_keeps_a_door_open() from public;

create constraint trigger restriction_keeps_a_door_open
  after insert or update on restriction deferrable initially deferred
  for each row execute function restriction_keeps_a_door_open();
create constraint trigger term_keeps_a_door_open
  after insert or update on term deferrable initially deferred
  for each row execute function restriction_keeps_a_door_open();

-- A term of a restriction that has been decided is ended, never removed.
create function decided_terms_stay() returns trigger
  language plpgsql
  as $$
begin
  if exists (select from restriction r where r.landlord_id = old.landlord_id and r.id = old.restriction_id
               and r.stage not in ('draft', 'sent-back')) then
    raise exception 'a decided term stays' using errcode = 'check_violation', constraint = 'term_stays';
  end if;
  return old;
end $$;
revoke execute on function decided_terms_stay() from public;
create trigger decided_terms_stay before delete on term for each row execute function decided_terms_stay();

-- One person's say on a proposal at one stage of one round. Never the proposer's: the key carries who proposed, and the check refuses.
create table approval (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  restriction_id uuid not null,
  policy_version_id uuid not null,
  round          smallint not null,
  stage          smallint not null,
  say            text not null,
  as_role        text not null,
  -- The key of the post in which they acted, or of the body that decided.
  as_post        text not null,
  proposed_by    uuid not null,
  staff_id       uuid not null,
  reasons        text not null,
  at             timestamptz not null,
  -- A decision of a body: the day it met and the reference of its minute. `staff_id` is then the clerk, who decides nothing.
  meeting_on     date,
  minute         text,
  -- How it voted, where its policy counts: so many for, so many against.
  votes_for      smallint,
  votes_against  smallint,
  -- What was asked for when it was sent back, in the words of the policy's list, and the proposal as it then stood.
  asked_for      text[] not null default '{}',
  as_it_stood    jsonb,
  constraint approval_pkey primary key (landlord_id, id),
  constraint approval_proposer unique (landlord_id, id, proposed_by),
  constraint approval_meeting check ((meeting_on is null) = (minute is null)),
  constraint approval_votes check ((votes_for is null) = (votes_against is null) and votes_for >= 0 and votes_against >= 0
                                   and (votes_for is null or meeting_on is not null)),
  constraint approval_sent_back check ((say = 'send-back') = (as_it_stood is not null)),
  constraint approval_once unique (landlord_id, restriction_id, round, stage, staff_id),
  constraint approval_say_known check (say in ('view', 'approve', 'send-back', 'decline')),
  constraint approval_not_by_proposer check (staff_id <> proposed_by),
  constraint approval_restriction foreign key (landlord_id, restriction_id, proposed_by) references restriction (landlord_id, id, proposed_by),
  constraint approval_policy foreign key (landlord_id, policy_version_id) references policy_version (landlord_id, id),
  constraint approval_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
call guard('approval', 'select, insert');

-- A later round in which a view or approval stands as well, because nothing it rests on changed after questions were asked.
create table approval_carried (
  landlord_id uuid not null default this_landlord(),
  approval_id uuid not null,
  round       smallint not null,
  constraint approval_carried_pkey primary key (landlord_id, approval_id, round),
  constraint approval_carried_approval foreign key (landlord_id, approval_id) references approval (landlord_id, id)
);
call guard('approval_carried', 'select, insert');

-- Who sat when a body decided. Never the proposer: the key carries who proposed, and the check refuses.
create table approval_seat (
  landlord_id uuid not null default this_landlord(),
  approval_id uuid not null,
  proposed_by uuid not null,
  staff_id    uuid not null,
  constraint approval_seat_pkey primary key (landlord_id, approval_id, staff_id),
  constraint approval_seat_not_proposer check (staff_id <> proposed_by),
  constraint approval_seat_approval foreign key (landlord_id, approval_id, proposed_by) references approval (landlord_id, id, proposed_by),
  constraint approval_seat_staff foreign key (landlord_id, staff_id) references staff (landlord_id, id)
);
call guard('approval_seat', 'select, insert');
