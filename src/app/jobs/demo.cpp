// SPDX-License-Identifier: MIT
#include "app/jobs/demo.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/database/project.hpp"
#include "app/errors.hpp"
#include "app/jobs/demo_story.hpp"
#include "app/run/run.hpp"
#include "pg/private_server.hpp"
#include "source/yaml_source.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

constexpr const char* k_database = "shop";

class Demo {
 public:
  Demo(pg::PrivateServer& server, const DemoOptions& options)
      : m_server(server), m_options(options), m_spec(parse()) {}

  bool tell() {
    build();
    say("A migration was recorded as done, and was not: `alembic upgrade head` has nothing to do. "
        "The application asks:");
    const bool crashed = !ask();
    say("Alembic's table cannot tell. The catalogs do:");
    const auto found = run("pgmend verify", Job::verify);
    say("What would be done about it:");
    if (m_options.detail != Detail::quiet) run("pgmend plan", Job::plan);
    say("Do it, and again as after every deployment:");
    const auto mended = run("pgmend ensure --quiet", Job::ensure, Detail::quiet);
    const auto again = run("pgmend ensure --quiet", Job::ensure, Detail::quiet);
    const bool works = ask();
    say("A hotfix takes a column away that cannot just be added: what would its 1,000 rows get?");
    pg::Connection::open(m_server.parameters(k_database), {}).query(std::string(demo::k_hotfix));
    const auto refused = run("pgmend ensure --quiet", Job::ensure, Detail::quiet);
    say("`pgmend verify` says why, and what helps: --backfill users.email=..., or a DEFAULT.");
    return crashed && works && found.verdict() == Verdict::drift &&
           mended.verdict() == Verdict::correct && again.verdict() == Verdict::correct &&
           mended.count(Outcome::repaired) > 0 && refused.count(Outcome::refused) == 1;
  }

 private:
  static Declarations parse() {
    const auto sections = all_sections();
    return source::parse_yaml(std::string(demo::k_spec), k_spec_name, sections).declarations;
  }

  void print(const std::string& text) const {
    stream::print(m_options.out, "{}\n", text);
    stream::flush(m_options.out);
  }

  void say(std::string_view text) const {
    if (m_options.detail == Detail::quiet) return;
    print("");
    print(m_options.style.bold(text::wrap(text, m_options.style.columns)));
    print("");
  }

  void build() {
    pg::Connection::open(m_server.parameters("postgres"), {})
        .query(fmt::format("CREATE DATABASE {}", k_database));
    auto connection = pg::Connection::open(m_server.parameters(k_database), {});
    for (const char* statement : demo::k_schema) connection.query(statement);
    connection.try_query(std::string(demo::k_failing_index));  // leaves it INVALID
    for (const char* statement : demo::k_afterwards) connection.query(statement);
    for (const auto& file : demo::k_project) {
      const auto path = std::filesystem::path(m_server.folder()) / file.path;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << file.text;
    }
  }

  bool ask() {
    auto connection = pg::Connection::open(m_server.parameters(k_database), {});
    const bool loud = m_options.detail != Detail::quiet;
    if (loud) print(fmt::format("  {};", demo::k_query));
    try {
      const auto rows = connection.query(std::string(demo::k_query));
      if (loud)
        print(m_options.style.green(
            fmt::format("  {}", text::count(static_cast<std::size_t>(rows.rows()), "row"))));
      return true;
    } catch (const pg::ConnectionError&) {
      throw;
    } catch (const pg::Error& error) {
      if (loud) print(m_options.style.red(fmt::format("  ERROR: {}", error.what())));
      return false;
    }
  }

  Report run(const std::string& command, Job job, Detail detail = Detail::normal) {
    if (m_options.detail != Detail::quiet) print(m_options.style.dim("$ " + command));
    auto target = open_target({m_server.parameters(k_database), "", {}}, {});
    Subject subject;
    subject.target = target.description;
    subject.origin = "the demo's private server";
    RunOptions options;
    options.job = job;
    options.migrations.folders = {m_server.folder()};
    const auto reporter =
        job == Job::plan
            ? make_sql_reporter(m_options.out)
            : make_text_reporter(m_options.out, m_options.style,
                                 m_options.detail == Detail::normal ? detail : m_options.detail);
    return app::run(target, {k_spec_name, m_spec, nullptr, {}}, subject, options, *reporter);
  }

  pg::PrivateServer& m_server;
  const DemoOptions& m_options;
  Declarations m_spec;
};

void explain_kept(pg::PrivateServer& server, std::FILE* out) {
  const auto pid = server.pid();
  const auto port = server.port();
  const auto folder = server.release();
  std::ofstream(folder + "/" + k_spec_name) << demo::k_spec;
  stream::print(out,
                "\nThe server is left running. To go on by hand:\n\n"
                "  cd {0}\n"
                "  export DATABASE_URL='postgresql://postgres@/{1}?host={0}&port={2}'\n"
                "  psql \"$DATABASE_URL\" -c 'ALTER TABLE api_keys DROP COLUMN webhook_url'\n"
                "  pgmend verify\n"
                "  pgmend ensure\n\n"
                "To stop it and remove it:\n\n"
                "  kill -INT {3}; rm -r {0}\n",
                folder, k_database, port, pid);
}

}  // namespace

bool run_demo(const DemoOptions& options) {
  try {
    if (options.detail != Detail::quiet)
      stream::print(options.out,
                    "Starting a private PostgreSQL (socket only, temporary folder)...\n");
    pg::PrivateServer::Options server_options;
    server_options.detached = options.keep;
    pg::PrivateServer server(server_options);
    const bool well = Demo(server, options).tell();
    if (options.keep) explain_kept(server, options.out);
    return well;
  } catch (const pg::Error& error) {
    const auto& detail = error.parts().detail;
    throw UnverifiedError(
        detail.empty() ? std::string(error.what()) : fmt::format("{}\n{}", error.what(), detail),
        error.parts().hint);
  }
}

}  // namespace pgmend::app
