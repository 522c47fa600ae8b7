-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
