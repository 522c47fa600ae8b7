-- SPDX-License-Identifier: MIT
-- The same as pgmend.yaml, as somebody who knows the recipes types it into psql: a statement a
-- line, each with a lock_timeout of 500 ms and typed again until it goes through; CONCURRENTLY
-- without one. Lines with :from and :to are repeated for 10000 keys at a time.
ALTER TABLE pgbench_accounts ADD COLUMN note text, ADD COLUMN tier smallint NOT NULL DEFAULT 0, ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN tags jsonb NOT NULL DEFAULT '{}'::jsonb, ADD COLUMN token uuid;
ALTER TABLE pgbench_accounts ALTER COLUMN token SET DEFAULT gen_random_uuid();
UPDATE pgbench_accounts SET token = gen_random_uuid() WHERE aid BETWEEN :from AND :to AND token IS NULL;
ALTER TABLE pgbench_accounts ADD CONSTRAINT not_null CHECK (token IS NOT NULL AND abalance IS NOT NULL) NOT VALID;
ALTER TABLE pgbench_accounts VALIDATE CONSTRAINT not_null;
ALTER TABLE pgbench_accounts ALTER COLUMN token SET NOT NULL, ALTER COLUMN abalance SET NOT NULL;
ALTER TABLE pgbench_accounts DROP CONSTRAINT not_null;
ALTER TABLE pgbench_tellers ADD COLUMN name varchar(100), ADD COLUMN active boolean NOT NULL DEFAULT true;
ALTER TABLE pgbench_branches ADD COLUMN name varchar(100), ADD COLUMN region text DEFAULT 'north';
ALTER TABLE pgbench_history ADD COLUMN channel text, ADD COLUMN checked boolean NOT NULL DEFAULT false;
CREATE INDEX CONCURRENTLY accounts_branch ON pgbench_accounts (bid);
CREATE INDEX CONCURRENTLY accounts_balance ON pgbench_accounts (abalance) WHERE abalance <> 0;
CREATE UNIQUE INDEX CONCURRENTLY accounts_aid_bid ON pgbench_accounts (aid, bid);
CREATE INDEX CONCURRENTLY history_account ON pgbench_history (aid);
CREATE INDEX CONCURRENTLY history_time ON pgbench_history (mtime);
ALTER TABLE pgbench_accounts ADD CONSTRAINT accounts_branch_fkey FOREIGN KEY (bid) REFERENCES pgbench_branches (bid) NOT VALID;
ALTER TABLE pgbench_accounts VALIDATE CONSTRAINT accounts_branch_fkey;
ALTER TABLE pgbench_history ADD CONSTRAINT history_branch_fkey FOREIGN KEY (bid) REFERENCES pgbench_branches (bid) NOT VALID;
ALTER TABLE pgbench_history VALIDATE CONSTRAINT history_branch_fkey;
ALTER TABLE pgbench_accounts ADD CONSTRAINT accounts_balance_check CHECK (abalance > -2000000000) NOT VALID;
ALTER TABLE pgbench_accounts VALIDATE CONSTRAINT accounts_balance_check;
ALTER TABLE pgbench_tellers ADD CONSTRAINT tellers_balance_check CHECK (tbalance > -2000000000) NOT VALID;
ALTER TABLE pgbench_tellers VALIDATE CONSTRAINT tellers_balance_check;
