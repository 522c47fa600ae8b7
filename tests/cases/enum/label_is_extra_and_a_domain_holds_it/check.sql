-- SPDX-License-Identifier: MIT
SELECT count(*) = 3 FROM person WHERE id < 4 AND pg_typeof(mood) = 'mood'::regtype;
