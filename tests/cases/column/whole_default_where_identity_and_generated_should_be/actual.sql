-- SPDX-License-Identifier: MIT
CREATE TABLE t (z integer, i integer NOT NULL DEFAULT 8, g integer DEFAULT 9);
