-- SPDX-License-Identifier: MIT
create table t (id int generated always as identity (increment by 3), k int not null, "S" serial, primary key (id));
