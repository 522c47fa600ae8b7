-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigserial, v integer);
ALTER TABLE t ALTER id SET DEFAULT 7;
