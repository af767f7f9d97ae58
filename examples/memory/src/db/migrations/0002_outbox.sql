create table outbox (
  id bigserial primary key,
  topic text not null,
  payload jsonb not null,
  sent_at timestamptz
);
