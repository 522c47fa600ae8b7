-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigint);
CREATE SEQUENCE s OWNED BY t.id;
