-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = snowball, LANGUAGE = 'danish');
