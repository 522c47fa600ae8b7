-- SPDX-License-Identifier: MIT
create table c (id int primary key);
create table t (id bigserial, at date not null, c int references c (id), v text default 'x', w int generated always as (c + 1) stored, n int default 7, primary key (id, at)) partition by range (at);
create index t_v on t (v);
create table ref (id int, t_id bigint);
create view tv as select id, v from t;
comment on table t is 'tt'; comment on column t.v is 'vv';
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tg before insert on t for each row execute function tf();
create function fr(t) returns int language sql as 'select 1';
alter table t enable row level security; create policy po on t using (true);
create table t_1 partition of t for values from ('2026-01-01') to ('2026-07-01');
create table t_2 partition of t for values from ('2026-07-01') to ('2027-01-01');
create index t_2_own on t_2 (c);
