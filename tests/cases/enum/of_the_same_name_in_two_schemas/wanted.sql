-- SPDX-License-Identifier: MIT
CREATE SCHEMA a; CREATE SCHEMA b; CREATE TYPE a.mood AS ENUM ('x'); CREATE TYPE b.mood AS ENUM ('y');
