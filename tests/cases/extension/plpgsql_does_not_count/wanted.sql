-- SPDX-License-Identifier: MIT
DROP EXTENSION plpgsql;
