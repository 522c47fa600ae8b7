// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

/// What the demo's database and spec hold.
namespace pgmend::app::demo {

/// The migrations that did run.
inline constexpr std::array k_schema = {
    "CREATE TABLE users (id bigserial PRIMARY KEY, email varchar(255) NOT NULL)",
    "CREATE TABLE api_keys (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users "
    "(id), name text NOT NULL, instance_id text, is_active boolean NOT NULL DEFAULT true)",
    "CREATE INDEX ix_api_keys_instance_id ON api_keys (instance_id)",
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
    "INSERT INTO users (email) SELECT 'user' || n || '@example.com' FROM generate_series(1, 1000) "
    "AS n",
    "INSERT INTO api_keys (user_id, name, instance_id) SELECT id, 'key', 'i' || id FROM users",
    "INSERT INTO api_keys (user_id, name, instance_id) VALUES (1, 'twice', 'i1')",
};

/// The one that says it did: its index build failed on duplicates, its columns never came, and the
/// version was stamped by hand.
inline constexpr std::string_view k_failing_index =
    "CREATE UNIQUE INDEX CONCURRENTLY idx_unique_user_instance ON api_keys (user_id, instance_id) "
    "WHERE instance_id IS NOT NULL";
inline constexpr std::array k_afterwards = {
    "DELETE FROM api_keys WHERE name = 'twice'",
    "INSERT INTO alembic_version VALUES ('add_webhook_fields')",
};

/// The project's migrations, as pgmend reads them: it runs none of them here.
struct File {
  std::string_view path;
  std::string_view text;
};
inline constexpr std::array k_project = {
    File{"alembic.ini", "[alembic]\nscript_location = migrations\n"},
    File{"migrations/versions/0001_keys.py", R"py(revision = "keys"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.BigInteger()), sa.Column("email", sa.String(255)))
    op.create_table("api_keys", sa.Column("id", sa.BigInteger()), sa.Column("name", sa.Text()))
)py"},
    File{"migrations/versions/0002_add_webhook_fields.py", R"py(revision = "add_webhook_fields"
down_revision = "keys"


def upgrade():
    op.add_column("api_keys", sa.Column("webhook_url", sa.String(1024)))
    op.add_column("api_keys", sa.Column("webhook_headers", JSONB()))
    op.create_index("idx_unique_user_instance", "api_keys", ["user_id", "instance_id"])
)py"},
};

/// And then somebody's hotfix.
inline constexpr std::string_view k_hotfix = "ALTER TABLE users DROP COLUMN email";

/// What the application asks.
inline constexpr std::string_view k_query =
    "SELECT id, webhook_url, webhook_headers FROM api_keys LIMIT 1";

inline constexpr std::string_view k_spec = R"yaml(# What the application needs of the database.
tables:
  users:
    columns:
      id: bigserial
      email: VARCHAR(255) NOT NULL
  api_keys:
    columns:
      id: bigserial
      user_id: BIGINT NOT NULL
      name: TEXT NOT NULL
      instance_id: TEXT
      is_active: BOOLEAN NOT NULL DEFAULT true
      webhook_url: VARCHAR(1024)
      webhook_headers: JSONB NOT NULL DEFAULT '{}'::jsonb
    indexes:
      ix_api_keys_instance_id: (instance_id)
      idx_unique_user_instance: UNIQUE (user_id, instance_id) WHERE instance_id IS NOT NULL
)yaml";

}  // namespace pgmend::app::demo
