-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('ok');
CREATE TYPE inner_pair AS (a mood, b text COLLATE "C");
CREATE TYPE outer_pair AS (p inner_pair, q inner_pair[], n numeric(5,1));
CREATE TYPE nothing_in_it AS ();
