-- SPDX-License-Identifier: MIT
CREATE TABLE cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc (id integer PRIMARY KEY);
CREATE TABLE d (x integer REFERENCES cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc (id), y integer REFERENCES public.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc);
