-- SPDX-License-Identifier: MIT
create table c (x int primary key);
