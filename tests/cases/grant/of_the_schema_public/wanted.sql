-- SPDX-License-Identifier: MIT
GRANT CREATE ON SCHEMA public TO pg_monitor;
