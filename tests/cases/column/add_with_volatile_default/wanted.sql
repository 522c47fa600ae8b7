-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c uuid NOT NULL DEFAULT gen_random_uuid());
