-- SPDX-License-Identifier: MIT
DROP SCHEMA public;
CREATE SCHEMA stays;
