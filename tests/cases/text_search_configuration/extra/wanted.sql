-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple);
