-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH TEMPLATE a_mine (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = a_mine, STOPWORDS = 'english');
