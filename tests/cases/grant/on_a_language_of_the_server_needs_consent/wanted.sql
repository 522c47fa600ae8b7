-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
