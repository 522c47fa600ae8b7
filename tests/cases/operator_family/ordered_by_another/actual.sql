-- SPDX-License-Identifier: MIT
CREATE OPERATOR FAMILY dist USING gist;
ALTER OPERATOR FAMILY dist USING gist ADD OPERATOR 15 <-> (point, circle) FOR ORDER BY float_ops;
