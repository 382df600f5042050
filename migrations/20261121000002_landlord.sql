-- A paying organisation.
create table landlord (
  landlord_id uuid not null default this_landlord(),
  slug        text not null,
  name        text not null,
  phone       text not null,
  email       text not null,
  address     text not null,
  created_at  timestamptz not null,
  constraint landlord_pkey primary key (landlord_id),
  constraint landlord_slug_once unique (slug),
  constraint landlord_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
call guard('landlord', 'select');

-- Only the system adds a landlord, and asks which there are: slug and name, nothing of theirs.
create policy system on landlord to evenhand_system using (true) with check (true);
grant select, insert on landlord to evenhand_system;

-- What kind of database this is, decided once: demo data never meets real records.
create table house (
  only_one   boolean primary key default true,
  kind       text not null,
  generated  text,
  settled_at timestamptz not null,
  constraint house_only_one check (only_one),
  constraint house_kind_known check (kind in ('demo', 'generated', 'production'))
);
grant select, insert on house to evenhand_system;
