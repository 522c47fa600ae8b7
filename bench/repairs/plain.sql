-- SPDX-License-Identifier: MIT
-- The same as pgmend.yaml, in the statements that most tools send.
ALTER TABLE pgbench_accounts ALTER COLUMN abalance SET NOT NULL;
ALTER TABLE pgbench_accounts ADD COLUMN note text;
ALTER TABLE pgbench_accounts ADD COLUMN tier smallint NOT NULL DEFAULT 0;
ALTER TABLE pgbench_accounts ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE pgbench_accounts ADD COLUMN tags jsonb NOT NULL DEFAULT '{}'::jsonb;
ALTER TABLE pgbench_accounts ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE pgbench_tellers ADD COLUMN name varchar(100);
ALTER TABLE pgbench_tellers ADD COLUMN active boolean NOT NULL DEFAULT true;
ALTER TABLE pgbench_branches ADD COLUMN name varchar(100);
ALTER TABLE pgbench_branches ADD COLUMN region text DEFAULT 'north';
ALTER TABLE pgbench_history ADD COLUMN channel text;
ALTER TABLE pgbench_history ADD COLUMN checked boolean NOT NULL DEFAULT false;
CREATE INDEX accounts_branch ON pgbench_accounts (bid);
CREATE INDEX accounts_balance ON pgbench_accounts (abalance) WHERE abalance <> 0;
CREATE UNIQUE INDEX accounts_aid_bid ON pgbench_accounts (aid, bid);
CREATE INDEX history_account ON pgbench_history (aid);
CREATE INDEX history_time ON pgbench_history (mtime);
ALTER TABLE pgbench_accounts ADD CONSTRAINT accounts_branch_fkey FOREIGN KEY (bid) REFERENCES pgbench_branches (bid);
ALTER TABLE pgbench_history ADD CONSTRAINT history_branch_fkey FOREIGN KEY (bid) REFERENCES pgbench_branches (bid);
ALTER TABLE pgbench_accounts ADD CONSTRAINT accounts_balance_check CHECK (abalance > -2000000000);
ALTER TABLE pgbench_tellers ADD CONSTRAINT tellers_balance_check CHECK (tbalance > -2000000000);
