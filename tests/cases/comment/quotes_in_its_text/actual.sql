-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer); COMMENT ON TABLE t IS 'like json';
