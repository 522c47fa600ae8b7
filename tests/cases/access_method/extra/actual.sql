-- SPDX-License-Identifier: MIT
CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
