-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, ACCEPT = false, STOPWORDS = 'english');
