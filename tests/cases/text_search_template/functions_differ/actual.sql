-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH TEMPLATE mine (LEXIZE = dsynonym_lexize);
