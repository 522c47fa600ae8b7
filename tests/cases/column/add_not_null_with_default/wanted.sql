-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c jsonb NOT NULL DEFAULT '{}'::jsonb);
