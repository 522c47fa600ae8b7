-- SPDX-License-Identifier: MIT
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN code AS text COLLATE "C" DEFAULT 'x' CONSTRAINT a CHECK (VALUE <> '') CONSTRAINT b CHECK (length(VALUE) < 9);
CREATE DOMAIN good AS mood CHECK (VALUE IN ('ok'));
CREATE DOMAIN codes AS code[] CHECK (cardinality(VALUE) < 3);
