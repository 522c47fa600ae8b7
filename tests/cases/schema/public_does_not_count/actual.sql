-- SPDX-License-Identifier: MIT
SELECT;
CREATE SCHEMA stays;
