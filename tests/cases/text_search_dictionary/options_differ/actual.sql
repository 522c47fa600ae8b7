-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH DICTIONARY swedish_stem_too (TEMPLATE = snowball, LANGUAGE = 'danish');
