-- SPDX-License-Identifier: MIT
CREATE TEXT SEARCH CONFIGURATION words (COPY = english);
