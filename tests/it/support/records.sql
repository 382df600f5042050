-- One record of every kind for one landlord, all about one customer, and their family name in everything that was written.
set evenhand.landlord = ':landlord';

insert into customer (id, ref, title, given, family, pronoun, subject, tenancy_ref, tenancy_key, line1, town, postcode, postcode_key,
                      letter_format, language, customer_since, added_at)
values (':customer', ':ref', 'Mx', 'Zebedee', ':family', 'they', ':subject', 'TR/:tenancy', 'TR:tenancy', '1 :family Yard', 'Anyham', 'ZZ9 9ZZ',
        'ZZ99ZZ', 'standard', 'English', '2020-01-01', ':now');
insert into customer_phone (customer_id, number) values (':customer', ':phone');
insert into customer_email (customer_id, address) values (':customer', 'zebedee@:word.example');
insert into customer_word (word, customer_id, in_name) values ('zebedee', ':customer', true), (':word', ':customer', true);
insert into word_slip (slip, word) values (':word', ':word');
insert into need (id, customer_id, kind, to_do, noted_at, noted_by)
values (':need', ':customer', 'hearing', 'Speak slowly to :family', ':now', ':adviser');
insert into representative (id, customer_id, name, relation, added_at, added_by)
values (':representative', ':customer', 'Ida :family', 'sister', ':now', ':adviser');

insert into contact (id, customer_id, at, channel, purpose, manner, summary, taken_by, logged_at)
values (':contact', ':customer', ':now', 'phone', 'repair', 'calm', ':family asked about a tap', ':adviser', ':now');
insert into incident (id, customer_id, policy_version_id, happened_at, channel, about, behaviours, effects, what_happened, harm,
                      warnings_given, contact_ended, done, customers_side, support, logged_at, logged_by, stage)
values (':incident', ':customer', ':policy', ':now', 'phone', 'A repair to the tap of :family', array[':behaviour'], array[':effect'],
        ':family shouted', 'none', 0, false, '{}', ':family had waited for weeks', 'fine', ':now', ':adviser', 'logged');
insert into incident (id, customer_id, policy_version_id, happened_at, channel, about, behaviours, effects, what_happened, harm,
                      warnings_given, contact_ended, done, support, logged_at, logged_by, stage, outcome, outcome_reasons, decided_at, decided_by)
values (':decided', ':customer', ':policy', ':now', 'phone', 'A repair to the door of :family', array[':behaviour'], array[':effect'],
        ':family shouted again', 'none', 0, false, '{}', 'fine', ':now', ':adviser', 'decided', 'more', ':family goes on', ':now', ':manager');
insert into incident_person (id, incident_id, kind, staff_id, name) values (':person', ':incident', 'staff', ':adviser', 'Colleague of :family');
insert into incident_note (id, incident_id, at, staff_id, note) values (':note', ':incident', ':now', ':adviser', ':family rang again');
insert into incident_together (incident_id, first_id, customer_id, linked_at, linked_by)
values (':decided', ':incident', ':customer', ':now', ':adviser');
insert into incident_draft (staff_id, customer_id, typed, saved_at)
values (':adviser', ':customer', '[["what", ":json_family shouted at the door"]]', ':now');
insert into form_draft (staff_id, form, typed, saved_at)
values (':adviser', '/my-work', '[["reasons", ":json_family shouted at the door"]]', ':now');
insert into call_step (id, customer_id, staff_id, step, at) values (':call_step', ':customer', ':adviser', 1, ':now');

insert into letter (id, customer_id, kind, subject_id, title, body_html, body_text, format, made_at, made_by)
values (':letter', ':customer', 'warning', ':warning', 'Warning for :family', '<p>Dear :html_family</p>', 'Dear :family', 'standard', ':now', ':manager');
insert into letter_copy (id, letter_id, customer_id, recipient, to_name, is_notice, basis, title, body_html, body_text, made_at, made_by)
values (':copy', ':letter', ':customer', 'representative', 'Ida :family', false, 'Consent of :family', 'Warning for :family, a copy',
        '<p>Copy for Ida :html_family</p>', 'Copy for Ida :family', ':now', ':manager');
insert into warning (id, customer_id, incident_id, policy_version_id, step, step_title, form, given_at, given_by, words, letter_id)
values (':warning', ':customer', ':incident', ':policy', ':step', 'Warning', 'written', ':now', ':manager', ':family was asked to stop', ':letter');
insert into warning_request (id, customer_id, incident_id, policy_version_id, step, step_title, form, wording, begun_as, asked_by, asked_at)
values (':asked', ':customer', ':incident', ':policy', ':step', 'Warning for :family', 'spoken',
        '{"form": "spoken", "words": ":json_family, please stop"}', ':asked', ':manager', ':now');
insert into warning_agreement (id, request_id, stage, say, as_role, as_post, asked_by, staff_id, reasons, at)
values (':said', ':asked', 0, 'view', 'Head', ':role', ':manager', ':head', ':family was heard', ':now');

insert into restriction (id, customer_id, policy_version_id, stage, proposed_by, opened_at)
values (':draft', ':customer', ':policy', 'draft', ':manager', ':now');
insert into assessment (restriction_id, needs, account, changed_at, changed_by)
values (':draft', ':family needs time', ':family says sorry', ':now', ':manager');
insert into restriction_incident (restriction_id, incident_id) values (':draft', ':decided');
insert into proposal_handover (id, restriction_id, from_id, to_id, because, at)
values (':handover', ':draft', ':adviser', ':manager', ':family rang while the adviser was away', ':now');
begin;
insert into restriction (id, customer_id, policy_version_id, stage, round, proposed_by, opened_at, sent_at, grounds, review_on, ends_on)
values (':waiting', ':customer', ':policy', 'awaiting-approval', 1, ':manager', ':now', ':now', 'What :family did', ':later', ':later');
insert into assessment (restriction_id, needs, account, changed_at, changed_by)
values (':waiting', ':family needs time', ':family says sorry', ':now', ':manager');
insert into term (id, restriction_id, position, kind, details, closes, closes_purposes, since)
values (':term_waiting', ':waiting', 1, 'representative-only', '{"kind": "representative-only", "name": "Ida :json_family"}', '{}', '{}', ':now');
commit;
begin;
insert into restriction (id, customer_id, policy_version_id, stage, round, proposed_by, opened_at, sent_at, grounds, review_on, ends_on,
                         in_force_at, decided_by, decision_reasons, next_review_id)
values (':restriction', ':customer', ':policy', 'in-force', 1, ':manager', ':now', ':now', 'What :family did', ':later', ':later',
        ':now', ':head', ':family was heard', ':review');
insert into assessment (restriction_id, needs, account, changed_at, changed_by)
values (':restriction', ':family needs time', ':family says sorry', ':now', ':manager');
insert into term (id, restriction_id, position, kind, details, closes, closes_purposes, since)
values (':term', ':restriction', 1, 'representative-only', '{"kind": "representative-only", "name": "Ida :json_family"}', '{}', '{}', ':now');
insert into approval (id, restriction_id, policy_version_id, round, stage, say, as_role, as_post, proposed_by, staff_id, reasons, at, meeting_on, minute)
values (':approval', ':restriction', ':policy', 1, 0, 'approve', ':role', ':role', ':manager', ':head', ':family was heard', ':now', ':later', ':family 1');
insert into approval_carried (approval_id, round) values (':approval', 2);
insert into approval_seat (approval_id, proposed_by, staff_id) values (':approval', ':manager', ':head');
insert into review (id, restriction_id, customer_id, policy_version_id, due_on, made_at, stage) values (':review', ':restriction', ':customer', ':policy', ':later', ':now', 'due');
commit;
insert into appeal (id, restriction_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by, grounds, late, stage, due_on, round)
values (':appeal', ':restriction', ':policy', ':customer', ':now', 'phone', ':now', ':adviser', ':family says it is unfair', false, 'received', ':later', 'first');
insert into sitting (id, restriction_id, subject_kind, subject_id, body, title, meeting_on, minute, recorded_by, recorded_at)
values (':appeal', ':restriction', 'appeal', ':appeal', 'panel', ':family panel', ':now', ':family 2', ':adviser', ':now');
insert into sitting_seat (sitting_id, staff_id) values (':appeal', ':head');
insert into warning_appeal (id, warning_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by, grounds, stage, due_on)
values (':warning_appeal', ':warning', ':policy', ':customer', ':now', 'phone', ':now', ':adviser', ':family says it is unfair', 'received', ':later');
insert into reconsideration (id, restriction_id, policy_version_id, customer_id, received_on, received_via, logged_at, logged_by, listed_grounds, words,
                             stage, due_on)
values (':reconsideration', ':restriction', ':policy', ':customer', ':now', 'phone', ':now', ':adviser', array['something has changed for :family'],
        ':family has been calm', 'received', ':later');
insert into undertaking (id, restriction_id, customer_id, review_id, words, sign_by, asked_at, asked_by, stage)
values (':undertaking', ':restriction', ':customer', ':review', ':family will not shout', ':later', ':now', ':manager', 'asked');
insert into duty (id, restriction_id, customer_id, term_id, owner_id, due_on, made_at, stage)
values (':duty', ':restriction', ':customer', ':term', ':adviser', ':later', ':now', 'due');
insert into checklist_answer (decision_id, item, position, title, ask, answer, shown_by, answered_by, answered_at)
values (':appeal', 'list:gate.read', 1, 'Gate', 'Was :family heard?', 'yes', ':family said so', ':head', ':now');
insert into register_meeting (id, policy_version_id, tier, title, due_on, held_on, minute, noted, recorded_by, recorded_at)
values (':meeting', ':policy', 'quarterly', 'Meeting about :family', ':now', ':now', ':family 2', ':family is calm', ':manager', ':now');
insert into register_meeting_seat (meeting_id, staff_id) values (':meeting', ':manager');
insert into register_meeting_case (meeting_id, restriction_id) values (':meeting', ':restriction');
insert into delegation (id, policy_version_id, from_staff_id, to_staff_id, starts_on, until_on, made_at)
values (':delegation', ':policy', ':manager', ':head', '2020-01-01', '2020-01-02', ':now');

insert into task (id, kind, customer_id, subject_id, staff_id, due_on, made_at)
values (':task', 'support', ':customer', ':incident', ':adviser', ':now', ':now'),
       (':task_manager', 'incident', ':customer', ':incident', ':manager', ':now', ':now');
insert into event (id, at, actor_id, customer_id, subject_id, kind, details)
values (':event', ':now', ':adviser', ':customer', ':contact', 'contact-logged',
        '{"kind": "contact-logged", "contact": ":contact", "channel": "phone", "manner": "calm", "summary": ":json_family asked about a tap"}');
insert into access (id, at, staff_id, customer_id, page) values (':access', ':now', ':adviser', ':customer', 'record');
insert into outbox (id, key, to_address, to_name, subject, body_text, made_at, next_try_at)
values (':message', 'about :family', 'adviser@:slug.example', 'A colleague', 'About :family', 'About :family', ':now', ':now');
insert into reminder (id, key, kind, subject_id, due_at, made_at)
values (':reminder', 'about :family', 'review-ahead', ':review', ':now', ':now');
insert into policy_version (id, number, title, pack, lapses, suspends, note, added_at, added_by, stage)
select ':next_version', number + 1, title, pack || chr(10) || '# The next one' || chr(10), lapses, suspends, 'After what :family said', ':now', ':manager', 'draft'
  from policy_version
 where id = ':policy';
