-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigserial PRIMARY KEY);
