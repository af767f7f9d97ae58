create table sailings (
  id text primary key,
  from_port char(3) not null,
  to_port char(3) not null,
  departs_at timestamptz not null
);
