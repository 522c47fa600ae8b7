-- SPDX-License-Identifier: MIT
CREATE ACCESS METHOD pile TYPE INDEX HANDLER bthandler;
