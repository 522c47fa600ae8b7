-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE PROCEDURE clear_users(before integer DEFAULT 1, INOUT removed integer DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout TO '2s'
AS $$ BEGIN DELETE FROM public.users WHERE id < before; END $$;
