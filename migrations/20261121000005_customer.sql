-- The person. A tenancy is optional: visitors, applicants and relatives are customers too.
create table customer (
  landlord_id    uuid not null default this_landlord(),
  id             uuid not null,
  -- Spoken aloud and used in addresses: ten digits in groups, meaning nothing.
  ref            text not null,
  title          text,
  given          text not null,
  family         text not null,
  pronoun        text not null default 'they',
  -- A key of the policy's list of subjects.
  subject        text not null,
  -- A key of the policy's business areas; null where none is named, and what everybody has holds.
  area           text,
  tenancy_ref    text,
  -- The same with only its letters and digits, for looking it up however it was typed.
  tenancy_key    text,
  line1          text,
  town           text,
  postcode       text,
  postcode_key   text,
  letter_format  text not null default 'standard',
  language       text,
  customer_since date,
  added_at       timestamptz not null,
  version        integer not null default 1,
  constraint customer_pkey primary key (landlord_id, id),
  constraint customer_ref_once unique (landlord_id, ref),
  constraint customer_ref_form check (ref ~ '^[0-9]{3}-[0-9]{3}-[0-9]{4}$'),
  constraint customer_pronoun_known check (pronoun in ('he', 'she', 'they')),
  constraint customer_letter_format_known check (letter_format in ('standard', 'large-print', 'plain-text')),
  constraint customer_landlord foreign key (landlord_id) references landlord (landlord_id)
);
create index customer_by_name on customer (landlord_id, family, given, id);
create index customer_by_tenancy on customer (landlord_id, tenancy_key) where tenancy_key is not null;
create index customer_by_postcode on customer (landlord_id, postcode_key) where postcode_key is not null;
call guard('customer', 'select, insert, update');

-- Phone numbers in E.164.
create table customer_phone (
  landlord_id uuid not null default this_landlord(),
  customer_id uuid not null,
  number      text not null,
  constraint customer_phone_pkey primary key (landlord_id, number, customer_id),
  constraint customer_phone_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index customer_phone_by_customer on customer_phone (landlord_id, customer_id);
call guard('customer_phone', 'select, insert, delete');

create table customer_email (
  landlord_id uuid not null default this_landlord(),
  customer_id uuid not null,
  -- Lower case.
  address     text not null,
  constraint customer_email_pkey primary key (landlord_id, address, customer_id),
  constraint customer_email_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index customer_email_by_customer on customer_email (landlord_id, customer_id);
call guard('customer_email', 'select, insert, delete');

-- The normalised words of a name and an address, for search by equality and by range: leak-proof, so an index serves under row security.
create table customer_word (
  landlord_id uuid not null default this_landlord(),
  word        text collate "C" not null,
  customer_id uuid not null,
  -- True for a word of the name, false for one of the address.
  in_name     boolean not null,
  -- Names before addresses, so that a street never buries a surname.
  constraint customer_word_pkey primary key (landlord_id, in_name, word, customer_id),
  constraint customer_word_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id)
);
create index customer_word_by_customer on customer_word (landlord_id, customer_id, word);
call guard('customer_word', 'select, insert, delete');

-- Each distinct word of a landlord under each form it takes with one letter left out, for typing slips.
create table word_slip (
  landlord_id uuid not null default this_landlord(),
  slip        text collate "C" not null,
  word        text collate "C" not null,
  constraint word_slip_pkey primary key (landlord_id, slip, word),
  constraint word_slip_landlord foreign key (landlord_id) references landlord (landlord_id)
);
call guard('word_slip', 'select, insert');

-- A reasonable adjustment: what to do, not a diagnosis. It outlives any restriction (WK-23).
create table need (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  customer_id uuid not null,
  kind        text not null,
  to_do       text not null,
  noted_at    timestamptz not null,
  noted_by    uuid not null,
  review_on   date,
  ended_at    timestamptz,
  constraint need_pkey primary key (landlord_id, id),
  constraint need_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint need_noted_by foreign key (landlord_id, noted_by) references staff (landlord_id, id)
);
create index need_by_customer on need (landlord_id, customer_id) where ended_at is null;
call guard('need', 'select, insert, update');

-- Who may speak for the customer, and until when.
create table representative (
  landlord_id   uuid not null default this_landlord(),
  id            uuid not null,
  customer_id   uuid not null,
  name          text not null,
  relation      text not null,
  consent_until date,
  note          text,
  added_at      timestamptz not null,
  added_by      uuid not null,
  ended_at      timestamptz,
  constraint representative_pkey primary key (landlord_id, id),
  constraint representative_customer foreign key (landlord_id, customer_id) references customer (landlord_id, id),
  constraint representative_added_by foreign key (landlord_id, added_by) references staff (landlord_id, id)
);
create index representative_by_customer on representative (landlord_id, customer_id) where ended_at is null;
call guard('representative', 'select, insert, update');
