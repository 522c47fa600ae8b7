-- SPDX-License-Identifier: MIT
DROP SCHEMA public;
