-- SPDX-License-Identifier: MIT
create table c (id int primary key);
create table t (id bigserial, at date not null, c int references c (id), v text default 'x', w int generated always as (c + 1) stored, primary key (id));
create index t_v on t (v);
create table ref (id int, t_id bigint references t (id));
create view tv as select id, v from t;
comment on table t is 'tt'; comment on column t.v is 'vv';
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tg before insert on t for each row execute function tf();
create function fr(t) returns int language sql as 'select 1';
alter table t enable row level security; create policy po on t using (true);
