// SPDX-License-Identifier: MIT
#include "app/database/alembic_url.hpp"

#include "util/file.hpp"
#include "util/ini.hpp"

namespace pgmend::app {

namespace {

/// What `alembic init` writes.
constexpr auto k_placeholder = "driver://user:pass@localhost/dbname";

}  // namespace

std::optional<AlembicUrl> read_alembic_url(const std::filesystem::path& working_directory,
                                           const env::Environment& environment,
                                           std::vector<std::string>& notes) {
  const auto named = environment("ALEMBIC_CONFIG").value_or("");
  const std::string name = named.empty() ? "alembic.ini" : named;
  if (name.ends_with(".toml")) return std::nullopt;  // pyproject.toml holds no URL
  const auto path = working_directory / name;
  const auto text = file::read_if_exists(path);
  if (!text && named.empty()) return std::nullopt;
  if (!text) throw std::runtime_error("ALEMBIC_CONFIG names a file that is not there: " + name);
  const auto here = std::filesystem::absolute(path).lexically_normal().parent_path().string();
  try {
    const auto url = ini::File::parse(*text, name, here).get("alembic", "sqlalchemy.url");
    if (!url || url->empty() || *url == k_placeholder) return std::nullopt;
    return AlembicUrl{*url, "sqlalchemy.url in " + name};
  } catch (const ini::UnknownReference& error) {
    notes.push_back(std::string("sqlalchemy.url was not used: ") + error.what() +
                    " (does env.py set it?)");
    return std::nullopt;
  }
}

}  // namespace pgmend::app
