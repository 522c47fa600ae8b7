-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH TEMPLATE mine (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE bare (LEXIZE = dsimple_lexize);
