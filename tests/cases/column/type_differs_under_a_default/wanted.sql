-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, c bigint NOT NULL DEFAULT 0);
