// SPDX-License-Identifier: MIT
#include "app/expected/kept.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "kinds/kinds.hpp"
#include "pg/server_ingredients.hpp"
#include "source/lock_file.hpp"
#include "util/cache_folder.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view k_kept_title = "pgmend compiled 1";
constexpr std::string_view k_kept_ending = ".compiled";

/// A lock file, or what is loaded from files: all but a database, and what comes by stdin.
bool can_be_kept(const std::string& source) {
  return source != "-" && (is_sql_source(source) || is_lock_source(source) ||
                           is_models_source(source) || is_migrations_source(source));
}

bool is_loaded(const std::string& source) {
  return !is_lock_source(source);
}

/// What libpq reads from the environment for each of our sessions. A service may say anything.
bool has_service() {
  return std::getenv("PGSERVICE") != nullptr || std::getenv("PGSYSCONFDIR") != nullptr;
}

std::string session_settings() {
  std::string settings;
  for (const char* name : {"PGOPTIONS", "PGTZ", "PGDATESTYLE", "PGGEQO"})
    if (const char* value = std::getenv(name)) settings += fmt::format("{}={}\n", name, value);
  return settings;
}

/// `pgmend compiled 1 LENGTH LENGTH SIZE HASH SIZE HASH`: of the description, of the ingredients,
/// of both, and of the lock file behind them.
struct Parts {
  Json about;
  std::vector<Ingredient> ingredients;
  std::size_t lock = 0;  // where the lock file begins
};

std::optional<std::size_t> length_in(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

/// Nothing if it is damaged.
std::optional<Parts> parts_of(std::string_view text) {
  const auto title = text.substr(0, text.find('\n'));
  const auto fields = text::split(title, ' ');
  if (!title.starts_with(k_kept_title) || fields.size() != 9) return std::nullopt;
  const auto rest = text.substr(std::min(title.size() + 1, text.size()));
  const auto about = length_in(fields[3]);
  const auto ingredients = length_in(fields[4]);
  if (!about || !ingredients || *about > rest.size() || *ingredients > rest.size() - *about)
    return std::nullopt;
  const auto head = *about + *ingredients;
  if (cache::digest(rest.substr(0, head)) != fmt::format("{} {}", fields[5], fields[6]) ||
      cache::digest(rest.substr(head)) != fmt::format("{} {}", fields[7], fields[8]))
    return std::nullopt;
  auto listed = read_ingredients(rest.substr(*about, *ingredients));
  auto json = Json::parse(rest.substr(0, *about), nullptr, false);
  if (!listed || !json.is_object()) return std::nullopt;
  return Parts{std::move(json), std::move(*listed), title.size() + 1 + head};
}

/// What the lock file does not say.
Json describe(const SourcePart& part) {
  return {{"source", part.expectation.source},
          {"notes", part.notes},
          {"newest", part.server_major},
          {"is_written_for_its_server", part.expectation.is_written_for_its_server},
          {"alembic_config", part.alembic_config ? part.alembic_config->string() : ""}};
}

/// `text`: of a lock file, which says the rest.
SourcePart part_of(const Json& about, std::string text) {
  constexpr std::size_t k_worth_remembering = 50'000;  // bytes, as of any lock file
  SourcePart part;
  auto& expectation = part.expectation;
  expectation.source = about.at("source").get<std::string>();
  expectation.is_written_for_its_server = about.at("is_written_for_its_server");
  if (text.size() >= k_worth_remembering) expectation.digest = cache::digest(text);
  auto lock = source::parse_lock_file(std::move(text), expectation.source, kinds::all());
  expectation.complete = std::make_shared<const Schema>(std::move(lock.schema));
  expectation.kinds = std::move(lock.kinds);
  expectation.server_major = lock.server_major;
  expectation.not_read_yet = lock.not_read_yet;
  expectation.left_to_tools = std::move(lock.left_to_tools);
  part.server_major = about.at("newest");
  part.notes = about.at("notes").get<std::vector<std::string>>();
  if (auto config = about.at("alembic_config").get<std::string>(); !config.empty())
    part.alembic_config = std::move(config);
  return part;
}

bool has_any(const fs::path& folder, const std::string& prefix) {
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    if (at->path().filename().string().starts_with(prefix)) return true;
  return false;
}

std::string now() {
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(std::time(nullptr)));
}

}  // namespace

Kept::Kept(const SourceRequest& request, Scratch& scratch)
    : m_request(request), m_scratch(scratch) {
  const auto& sources = request.sources;
  if (!request.keeps || scratch.is_named() || has_service() ||
      !std::all_of(sources.begin(), sources.end(), can_be_kept) ||
      std::none_of(sources.begin(), sources.end(), is_loaded))
    return;
  m_folder = cache::folder();
  std::error_code ignored;
  m_asked_for =
      fmt::format("{}\n{}\n{}\n", fs::current_path(ignored).string(),
                  fs::absolute(request.folder, ignored).string(), request.python.value_or(""));
  for (const auto& source : sources) m_asked_for += source + '\n';
  for (const auto& word : request.with) m_asked_for += word + ',';
}

/// One for each set of sources and sort of target.
fs::path Kept::file() {
  const auto& like = m_scratch.like();
  const auto target =
      fmt::format("{} {} {} {}", like.major, like.encoding, like.collate, like.ctype);
  const std::hash<std::string> hash;
  return *m_folder /
         fmt::format("{:016x}-{:016x}{}", hash(m_asked_for), hash(target), k_kept_ending);
}

/// What decides over the answer and is no file: all of it is known before anything is loaded.
std::string Kept::question() {
  const auto& like = m_scratch.like();
  std::string question =
      fmt::format("{} {}\n{}\n{} {} {} {}\n{}", PGMEND_VERSION,
                  state_of(Ingredient::Sort::file, "/proc/self/exe", ""), m_asked_for, like.major,
                  like.encoding, like.collate, like.ctype, session_settings());
  for (const auto& source : m_request.sources) {
    if (!is_sql_source(source)) continue;
    for (const auto& name : source::files_of(source)) question += name + '\n';
  }
  return cache::digest(question);
}

std::optional<SourcePart> Kept::look() {
  if (!m_folder) return std::nullopt;
  // Sources that were never good say what is wrong with them before anybody connects.
  if (!has_any(*m_folder, fmt::format("{:016x}-", std::hash<std::string>()(m_asked_for))))
    return std::nullopt;
  const auto path = file();
  auto text = cache::read(path);
  if (!text) return std::nullopt;
  try {
    const auto parts = parts_of(*text);
    if (!parts || parts->about.at("question") != question() ||
        !are_as_they_were(parts->ingredients, parts->about.at("salt").get<std::string>()))
      return std::nullopt;
    text->erase(0, parts->lock);
    auto part = part_of(parts->about, std::move(*text));
    part.notes.push_back(
        fmt::format("loaded at {}, and nothing of it has changed: not loaded "
                    "again (--no-cache does)",
                    parts->about.at("at").get<std::string>()));
    cache::touch(path);
    return part;
  } catch (const Json::exception&) {
    return std::nullopt;
  } catch (const SpecError&) {  // it was not written by this program
    return std::nullopt;
  }
}

void Kept::remember(SourcePart& part, const Ingredients& ingredients) {
  if (!m_folder || !ingredients.is_known() || !part.expectation.complete) return;
  auto all = ingredients;
  pg::add_choice_of_binaries(all);
  auto lock = source::write_lock_file(part.expectation.server_major, *part.expectation.complete,
                                      part.expectation.kinds, part.expectation.left_to_tools);
  auto about = describe(part);
  for (auto& note : m_scratch.notes()) about["notes"].push_back(std::move(note));
  about["question"] = question();
  about["salt"] = all.salt();
  about["at"] = now();
  const auto json = about.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto listed = write_ingredients(all.all());
  const auto title = fmt::format("{} {} {} {} {}\n", k_kept_title, json.size(), listed.size(),
                                 cache::digest(json + listed), cache::digest(lock));
  if (!cache::write(file(), {title, json, listed, lock})) return;
  about["notes"] = part.notes;
  part = {};  // makes room: what is read back is smaller
  part = part_of(about, std::move(lock));
}

}  // namespace pgmend::app
