// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <pgmend/error.hpp>
#include <pgmend/run.hpp>

#include "api/convert.hpp"
#include "app/errors.hpp"
#include "app/expected/backfills.hpp"
#include "app/expected/late_session.hpp"
#include "app/expected/schema_source.hpp"
#include "app/run/run.hpp"
#include "util/text.hpp"

namespace pgmend::api {

namespace {

/// Prints nothing; hands on what a long repair does.
class Listener : public Reporter {
 public:
  explicit Listener(const Options& options) : m_options(options) {}

  void begin(const Subject&) override {}
  void checked(const pgmend::Report&) override {}
  void mending(const pgmend::Finding&) override {}
  void mended(const pgmend::Finding&) override {}
  void progress(const std::string& text) override {
    if (m_options.progress) m_options.progress(text);
  }
  void end(const pgmend::Report&) override {}

 private:
  const Options& m_options;
};

Error error_from(const SpecError& error) {
  std::vector<Error::Fault> faults;
  std::vector<std::string> lines;
  for (const auto& fault : error.faults()) {
    const auto message = fault.what.empty() ? fault.message : fault.what + ": " + fault.message;
    faults.push_back({fault.where.file, fault.where.line, fault.where.column, message, fault.hint});
    lines.push_back(fmt::format("{}: {}", display(fault.where), message));
  }
  return {Error::Reason::usage, text::join(lines, "\n"), std::move(faults)};
}

Error error_from(Error::Reason reason, const std::string& message, const std::string& hint) {
  return {reason, message, {{.message = message, .hint = hint}}};
}

/// Whatever we throw becomes the one error that users know.
template <typename Work>
Report guarded(Work work) {
  try {
    return work();
  } catch (const SpecError& error) {
    throw error_from(error);
  } catch (const app::UsageError& error) {
    throw error_from(Error::Reason::usage, error.what(), error.hint());
  } catch (const app::HintedError& error) {
    throw error_from(Error::Reason::unverified, error.what(), error.hint());
  } catch (const pg::Error& error) {
    throw error_from(Error::Reason::unverified, error.what(), error.parts().hint);
  }
}

int seconds_of(const Options& options) {
  return static_cast<int>(options.connect_timeout.count());
}

app::RunOptions run_options(const Options& options, Job job, const app::Project& project) {
  app::RunOptions run;
  run.job = job;
  run.dry_run = options.dry_run;
  run.strict = options.strict;
  for (const auto consent : options.allow) run.consents.insert(to_model(consent));
  run.consents.erase(pgmend::Consent::never);
  run.locks.patience = options.patience;
  run.locks.build_wait = options.build_wait;
  run.locks.build_timeout = options.build_timeout;
  run.filter = {options.schemas.empty() ? project.schema_names : options.schemas, options.tables,
                options.kinds, project.ignore};
  return run;
}

app::Session connect(const app::Project& project, const Options& options) {
  return app::connect({options.database, project.database, seconds_of(options), options.log_sql,
                       options.role, project.role});
}

Report run(app::Session& session, const app::Expectation& expectation, const app::Project& project,
           Job job, const Options& options) {
  Listener listener(options);
  return to_public(app::run(session.target, expectation, session.subject,
                            run_options(options, job, project), listener));
}

Report run(const Spec& spec, Job job, const Options& options) {
  return guarded([&] {
    auto declarations = to_declarations(spec);
    auto name = declarations.file;
    auto session = connect({}, options);
    return run(session, {std::move(name), std::move(declarations), nullptr, app::kinds_with({})},
               {}, job, options);
  });
}

Report run(const Source& source, Job job, const Options& options) {
  return guarded([&] {
    app::SourceRequest request;
    request.sources = {source.name};
    request.takes_migrations = true;
    request.connect_timeout_seconds = seconds_of(options);
    request.log_sql = options.log_sql;
    const auto project = app::settle_request(request);
    app::LateSession late([&] { return connect(project, options); });
    auto scratch = late.scratch({.choice = {},
                                 .connect_timeout_seconds = request.connect_timeout_seconds,
                                 .log_sql = request.log_sql});
    auto part = app::load_sources(request, scratch);
    app::add_backfills(part.expectation, project.backfills);
    return run(late.get(part, scratch), part.expectation, project, job, options);
  });
}

}  // namespace

Report verify(const Spec& spec, const Options& options) {
  return run(spec, Job::verify, options);
}

Report verify(const Source& source, const Options& options) {
  return run(source, Job::verify, options);
}

Report ensure(const Spec& spec, const Options& options) {
  return run(spec, Job::ensure, options);
}

Report ensure(const Source& source, const Options& options) {
  return run(source, Job::ensure, options);
}

Report ensure_column(const std::string& table, const std::string& column,
                     const std::string& definition, const Options& options, const Where& where) {
  Spec spec;
  spec.table(table, where).column(column, definition, {}, where);
  return ensure(spec, options);
}

Report ensure_index(const std::string& table, const std::string& index,
                    const std::string& definition, const Options& options, const Where& where) {
  Spec spec;
  spec.table(table, where).index(index, definition, where);
  return ensure(spec, options);
}

Report ensure_constraint(const std::string& table, const std::string& constraint,
                         const std::string& definition, const Options& options,
                         const Where& where) {
  Spec spec;
  spec.table(table, where).constraint(constraint, definition, where);
  return ensure(spec, options);
}

}  // namespace pgmend::api
