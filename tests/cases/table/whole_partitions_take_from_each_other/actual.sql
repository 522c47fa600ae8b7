-- SPDX-License-Identifier: MIT
create table t (k int, v text) partition by range (k);
create table p1 partition of t for values from (0) to (5);
create table p2 partition of t for values from (5) to (15);
create table p3 partition of t for values from (15) to (30);
create table l (k int, v text) partition by list (k);
create table l1 partition of l for values in (1);
create table l2 partition of l for values in (2);
