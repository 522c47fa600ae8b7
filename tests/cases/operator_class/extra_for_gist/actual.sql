-- SPDX-License-Identifier: MIT
CREATE TYPE box_key AS (b box);
CREATE OPERATOR CLASS flat_ops FOR TYPE box USING gist AS
  OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 7 @>,
  FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal),
  FUNCTION 2 gist_box_union(internal, internal),
  FUNCTION 5 gist_box_penalty(internal, internal, internal),
  FUNCTION 6 gist_box_picksplit(internal, internal),
  FUNCTION 7 gist_box_same(box, box, internal);
