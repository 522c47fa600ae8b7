-- SPDX-License-Identifier: MIT
create type c as (x int);
create function p(a c) returns int language sql as 'select 1';
