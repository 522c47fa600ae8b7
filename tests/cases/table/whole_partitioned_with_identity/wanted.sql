-- SPDX-License-Identifier: MIT
create table t (id int generated always as identity (increment by 3), k int not null, "S" serial, primary key (id, k)) partition by hash (k);
create table t0 partition of t for values with (modulus 2, remainder 0);
create table t1 partition of t for values with (modulus 2, remainder 1);
