-- SPDX-License-Identifier: MIT
SELECT count(*) = 1 FROM pg_class WHERE relname = 'iy';
