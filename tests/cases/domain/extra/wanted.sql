-- SPDX-License-Identifier: MIT
SELECT;
