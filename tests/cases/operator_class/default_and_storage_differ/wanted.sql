-- SPDX-License-Identifier: MIT
CREATE OPERATOR CLASS dist_ops DEFAULT FOR TYPE circle USING brin AS STORAGE box;
