-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH TEMPLATE "Odd ""N"" äme" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
