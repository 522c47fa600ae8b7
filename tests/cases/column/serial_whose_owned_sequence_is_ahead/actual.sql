-- SPDX-License-Identifier: MIT
CREATE TABLE t (id serial);
ALTER TABLE t ALTER id DROP DEFAULT;
