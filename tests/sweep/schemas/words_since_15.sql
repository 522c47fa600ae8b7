-- SPDX-License-Identifier: MIT
-- As words.sql, of what older servers do not have.
CREATE SCHEMA words;
CREATE TABLE words.json_table (
  id integer PRIMARY KEY,
  json integer,
  merge_action integer,
  "system_user" text,
  CONSTRAINT json UNIQUE NULLS NOT DISTINCT (json, merge_action),
  CONSTRAINT named CHECK ("system_user" <> 'nobody')
);
CREATE INDEX json_user ON words.json_table ("system_user", lower("system_user"));
CREATE STATISTICS words.json_user_stats ON "system_user", (json + merge_action) FROM words.json_table;
CREATE FUNCTION words.json_query(a words.json_table) RETURNS integer
  LANGUAGE sql BEGIN ATOMIC SELECT a.json + t.merge_action FROM words.json_table t; END;
CREATE VIEW words.json_view WITH (security_invoker = true) AS
  SELECT json, merge_action, "system_user" FROM words.json_table WHERE "system_user" = 'somebody';
CREATE PUBLICATION json FOR TABLE words.json_table (id, json) WHERE (json > 3);
CREATE PUBLICATION json_value FOR TABLES IN SCHEMA words;
