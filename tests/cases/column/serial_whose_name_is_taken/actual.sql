-- SPDX-License-Identifier: MIT
CREATE TABLE tally (id bigserial PRIMARY KEY, v integer);
ALTER TABLE tally RENAME TO tally_old;
CREATE TABLE tally (id bigint NOT NULL, v integer);
