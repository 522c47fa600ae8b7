-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM pg_views WHERE viewname = 'v';
