-- SPDX-License-Identifier: MIT
CREATE VIEW v AS SELECT 'a'::varchar(5) AS x;
ALTER VIEW v ALTER x SET DEFAULT 'b';
