// SPDX-License-Identifier: MIT
#include "shop.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "program.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace fs = std::filesystem;

Shop::Shop() {
  fs::copy(PGMEND_SHOP_FOLDER, m_folder.path(), fs::copy_options::recursive);
}

std::string Shop::application_url() const {
  return fmt::format("postgresql+asyncpg://postgres@/{}?host={}&port={}", m_database.name(),
                     m_database.server().folder(), m_database.server().port());
}

RunOptions Shop::options() const {
  RunOptions result;
  result.cwd = m_folder.path();
  result.env["PYTHONDONTWRITEBYTECODE"] = "1";
  if (m_url_in_environment) result.env["DATABASE_URL"] = application_url();
  return result;
}

RunResult Shop::python(std::vector<std::string> args) const {
  args.insert(args.begin(), PGMEND_PYTHON);
  return run_program(std::move(args), options());
}

RunResult Shop::alembic(const std::vector<std::string>& args) const {
  std::vector<std::string> all = {"-m", "alembic"};
  all.insert(all.end(), args.begin(), args.end());
  return python(std::move(all));
}

RunResult Shop::migrate(const std::vector<std::string>& args) const {
  auto result = alembic(args);
  if (!result.ok())
    throw std::runtime_error("alembic " + text::join(args, " ") + ": " + result.err);
  return result;
}

RunResult Shop::pgmend(const std::vector<std::string>& args) const {
  return run_pgmend(args, options());
}

RunResult Shop::app() const {
  return python({"app.py"});
}

void Shop::move_url_to_alembic_ini() {
  m_folder.write("alembic.ini",
                 text::replace_all(m_folder.read("alembic.ini"), "[alembic]\n",
                                   "[alembic]\nsqlalchemy.url = " + application_url() + "\n"));
  m_url_in_environment = false;
}

std::string Shop::version() const {
  return m_database.value("SELECT string_agg(version_num, ',') FROM alembic_version");
}

void Shop::load_rows() const {
  m_database.exec(
      "INSERT INTO users (email) SELECT 'user' || n || '@example.com' "
      "FROM generate_series(1, 500) n;"
      "INSERT INTO api_keys (user_id, instance_id, is_active) "
      "SELECT 1 + n % 500, CASE WHEN n % 3 > 0 THEN 'instance ' || n END, n % 5 > 0 "
      "FROM generate_series(1, 5000) n");
}

std::string Shop::checksum() const {
  return m_database.value(
      "SELECT (SELECT count(*) || ' users ' || md5(string_agg(u::text, ',' ORDER BY u.id)) "
      "        FROM users u) || ', ' || "
      "       (SELECT count(*) || ' keys ' || md5(string_agg(concat_ws('|', k.id, k.user_id, "
      "               coalesce(k.instance_id, 'NULL'), k.is_active, k.created_at), "
      "               ',' ORDER BY k.id)) "
      "        FROM api_keys k)");
}

std::string Shop::missing_columns() const {
  return m_database.value(
      "SELECT coalesce(string_agg(c, ','), '') "
      "FROM unnest(ARRAY['webhook_url', 'webhook_headers']) AS c "
      "WHERE c NOT IN (SELECT attname FROM pg_attribute "
      "                WHERE attrelid = 'api_keys'::regclass AND NOT attisdropped)");
}

const std::string& dump_of_fresh_shop() {
  static const std::string dump = [] {
    const Shop shop;
    shop.migrate({"upgrade", "head"});
    return schema_text(shop.database());
  }();
  return dump;
}

}  // namespace pgmend::test
