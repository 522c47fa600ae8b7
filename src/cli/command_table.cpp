// SPDX-License-Identifier: MIT
#include "cli/command_table.hpp"

#include <array>

namespace pgmend::cli {

const char* const k_description =
    "Compares a PostgreSQL database with what it should be, and adds what is missing.";

const char* const k_footer = R"(
Examples:
  pgmend ensure                       check, and add what is missing
  pgmend verify                       check only (exit code 1 on drift)
  pgmend plan > repair.sql            the SQL that ensure would run
  pgmend migrate -- alembic upgrade head
                                      run that, then ensure
  pgmend init                         write a first pgmend.yaml
  pgmend explain column.missing       what a finding means and takes to repair
  pgmend demo                         see it work on a throw-away server

The expected schema is read from pgmend.yaml in this folder or one above, or
from what --schema names: another such file, an SQL file or a folder of them,
sqlalchemy:package.module:Base, alembic: (a project's migrations), a lock file
(pgmend compile, pgmend snapshot) or the URL of a database. A pgmend.yaml names
some objects; the others are whole schemas, and what they do not hold is
reported as extra. Without either it is the Alembic migrations of the project.
SQL, models and migrations are loaded into a scratch database
on a private server, never into the database that is verified.

The connection is the first that is set of: --database, PGMEND_DATABASE_URL,
MIGRATION_DATABASE_URL, DIRECT_URL, DATABASE_URL, SQLALCHEMY_DATABASE_URI
(environment, then .env), DB_HOST and what goes with it, `database:` in
pgmend.yaml, alembic.ini, and libpq's own PG* variables. A pgmend.yaml that
--schema names goes before all variables but PGMEND_DATABASE_URL.

A TIME is 30 or 30s, 2m or 1h.

Exit codes: 0 correct, or made correct and proven; 1 drift found or left;
2 wrong usage or spec; 3 could not verify; 4 a repair failed; 5 not now
(migrations are pending, the state of things is unclear, or a lock could not be
had in time); 130 interrupted.
)";

const char* const k_consents = R"(
Without --allow only what is missing is added and what is broken repaired. alter
changes in place, replace drops and recreates what holds no data, rewrite
rewrites or long-locks a table, drop removes what is not expected.
)";

namespace {

constexpr auto k_commands = std::to_array<CommandInfo>({
    {Command::ensure, "ensure", "check, and add what is missing (needs no flags)",
     "Examples:\n  pgmend ensure                        add what is missing\n"
     "  pgmend ensure --dry-run              show what would be done\n"
     "  pgmend ensure --table api_keys --allow alter\n"
     "                                       one table, and change what differs\n"
     "  alembic upgrade head && pgmend ensure --wait 60s\n",
     true, true},
    {Command::verify, "verify", "check only; --fix makes it ensure",
     "Examples:\n  pgmend verify                        exit code 1 on drift\n"
     "  pgmend verify --fix                  the same as pgmend ensure\n"
     "  pgmend verify --schema schema.lock --strict\n"
     "                                       against a whole schema, extras too\n"
     "  pgmend verify --wait 2m              until another container has migrated\n"
     "  pgmend verify --format text --format junit=report.xml\n",
     true, true},
    {Command::plan, "plan", "print the SQL that ensure would run",
     "Examples:\n  pgmend plan                          what ensure would send, and its locks\n"
     "  pgmend plan > repair.sql             to run it with psql\n"
     "  pgmend plan --allow alter,replace    with more consent\n",
     true, true},
    {Command::migrate, "migrate", "run a migration command, then ensure",
     "Examples:\n  pgmend migrate -- alembic upgrade head\n"
     "  pgmend migrate --timeout 10m --wait 60s -- python manage.py migrate\n"
     "  pgmend migrate --check --schema schema.lock -- alembic upgrade head\n"
     "                                       for CI: repairs nothing\n"
     "\nOne at a time: others wait for it, then find nothing to do. A command that ends\n"
     "with 0 and commits nothing is noticed.\n",
     true, true},
    {Command::fleet, "fleet", "verify, ensure or plan many schemas or databases",
     "Examples:\n  pgmend fleet verify --schemas 't_*' --schema schema.lock\n"
     "  pgmend fleet verify --schemas 'SELECT name FROM tenants' --map public=app_TENANT\n"
     "  pgmend fleet verify --schemas '/^t_[0-9]+$/' --like t_template\n"
     "  pgmend fleet verify --databases 'shop_*' --majority\n"
     "  pgmend fleet verify --urls databases.txt --format junit=fleet.xml\n"
     "  pgmend fleet ensure --schemas 't_*' --canary t_test --until 05:00\n"
     "  pgmend fleet ensure --schemas 't_*' --only-failed fleet.json\n"
     "\nAll schemas of a database are read at once, and only one of those that are alike\n"
     "is compared in depth. A choice is a glob, a regular expression between slashes, or\n"
     "a query whose first column names the members. What is expected is one schema for\n"
     "all (--schema, with --map where it speaks of several), a member that is right\n"
     "(--like), or what most of them are (--majority).\n",
     true, true},
    {Command::watch, "watch", "verify again and again, and tell what changes",
     "Examples:\n  pgmend watch --every 60s --listen 9187\n"
     "  pgmend watch --schemas 't_*' --schema schema.lock --history watch.db\n"
     "  pgmend watch --on-change 'mail -s \"schema of shop\" dba@example.com'\n"
     "  pgmend watch --listen 0.0.0.0:9187 --tls-cert cert.pem --tls-key key.pem\n"
     "\nServes /metrics, /healthz, /readyz, /report.json and a page; changes nothing, and\n"
     "holds no session between looks. The environment's PGMEND_WATCH_TOKEN is the bearer\n"
     "token that requests must have, but for those of probes. Ends with 0 on SIGTERM.\n",
     true, false},
    {Command::diff, "diff", "compare any two sources",
     "Examples:\n  pgmend diff postgresql://app@staging/shop postgresql://app@prod/shop\n"
     "  pgmend diff schema.sql $DATABASE_URL\n"
     "  pgmend diff alembic: sqlalchemy:app.models:Base\n"
     "\nExit code 1 if they differ; the first is what is expected of the second.\n",
     false, false},
    {Command::compile, "compile", "turn sources into a lock file",
     "Examples:\n  pgmend compile schema.sql\n"
     "  pgmend compile schema.sql functions/ --output schema.lock\n"
     "  pgmend compile alembic: --python .venv/bin/python\n"
     "  pgmend compile --check schema.sql     in CI: exit code 1 if the file is stale\n"
     "\nA lock file needs no scratch database, no CREATEDB right and no server programs\n"
     "where it is used. Without SOURCE, the sources are those that pgmend.yaml names\n"
     "(`schema:`).\n",
     false, false},
    {Command::snapshot, "snapshot", "write the whole schema to a lock file",
     "Examples:\n  pgmend snapshot\n  pgmend snapshot --output - | less\n"
     "\nCommit the file; pgmend verify --schema schema.lock compares all of it.\n",
     false, false},
    {Command::init, "init", "write a first pgmend.yaml from the database",
     "Examples:\n  pgmend init                          all tables\n"
     "  pgmend init --table api_keys --output -\n"
     "\nTake out what the application does not need, then run: pgmend verify\n"
     "Beside Alembic migrations none is needed: they are what is expected. A database\n"
     "that differs from them is not written down as right.\n",
     false, false},
    {Command::demo, "demo", "show it all on a private, throw-away server",
     "Examples:\n  pgmend demo                          drift is made, found and repaired\n"
     "  pgmend demo --keep                   and the server stays, to look around\n",
     false, false},
    {Command::explain, "explain", "what a finding means, breaks and takes to repair",
     "Examples:\n  pgmend explain                     all ids, by kind\n"
     "  pgmend explain index.state\n  pgmend explain column              a kind, and its ids\n"
     "  pgmend explain pending             a verdict\n  pgmend explain exit-codes\n"
     "\nThe id is the kind and what is wrong: column.missing, column.default. It needs\n"
     "no database.\n",
     false, false},
    {Command::completion, "completion", "print what makes a shell complete commands",
     "Examples:\n  pgmend completion bash > ~/.local/share/bash-completion/completions/pgmend\n"
     "  pgmend completion zsh > ~/.zfunc/_pgmend      (a folder in fpath)\n"
     "  pgmend completion fish > ~/.config/fish/completions/pgmend.fish\n"
     "  eval \"$(pgmend completion bash)\"             for this session\n"
     "\nAn installed pgmend brings them along.\n",
     false, false},
    {Command::man, "man", "print the manual page",
     "Examples:\n  pgmend man > pgmend.1\n  pgmend man | man -l -\n", false, false},
});

}  // namespace

std::span<const CommandInfo> command_table() {
  return k_commands;
}

}  // namespace pgmend::cli
