-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b integer DEFAULT 1, "select" date, "A" boolean NOT NULL DEFAULT false);
