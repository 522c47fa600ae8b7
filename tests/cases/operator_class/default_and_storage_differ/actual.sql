-- SPDX-License-Identifier: MIT
CREATE OPERATOR CLASS dist_ops FOR TYPE circle USING brin AS STORAGE circle;
