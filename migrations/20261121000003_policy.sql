-- One version of a landlord's policy pack, as its file was written. Never changed after it is added.
create table policy_version (
  landlord_id uuid not null default this_landlord(),
  id          uuid not null,
  number      integer not null,
  title       text not null,
  starts_on   date not null,
  pack        text not null,
  added_at    timestamptz not null,
  constraint policy_version_pkey primary key (landlord_id, id),
  constraint policy_version_number_once unique (landlord_id, number),
  constraint policy_version_landlord foreign key (landlord_id) references landlord (landlord_id)
);
create index policy_version_in_force on policy_version (landlord_id, starts_on desc, number desc);
call guard('policy_version', 'select, insert');
