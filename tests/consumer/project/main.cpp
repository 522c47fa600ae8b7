// SPDX-License-Identifier: MIT
// An application that makes sure of its tables before it starts to work. docs/cpp-api.md shows it.
#include <iostream>
#include <pgmend/pgmend.hpp>

namespace {

pgmend::Spec needed() {
  pgmend::Spec spec;
  spec.table("users").column("email", "VARCHAR(255) NOT NULL");
  spec.table("api_keys")
      .column("webhook_url", "VARCHAR(1024)")
      .column("webhook_headers", "JSONB NOT NULL DEFAULT '{}'::jsonb")
      .index("ix_api_keys_instance_id", "(instance_id)")
      .constraint("api_keys_user_id_fkey", "FOREIGN KEY (user_id) REFERENCES users (id)");
  return spec;
}

void print(const pgmend::Report& report) {
  for (const auto& finding : report.findings) {
    std::cout << finding.kind << ' ' << finding.name << ' ' << to_string(finding.sort) << ", "
              << to_string(finding.outcome) << '\n';
    for (const auto& statement : finding.sql) std::cout << "  " << statement << '\n';
  }
  if (!report.failure.empty()) std::cout << report.failure << '\n';
}

}  // namespace

int main() try {
  // The database is found as the command line finds it: DATABASE_URL, .env, ...
  const auto before = pgmend::verify(needed());
  std::cout << before.open_drift << " differences\n";
  if (before.is_correct()) return 0;

  const auto report = pgmend::ensure(needed(), {.patience = std::chrono::seconds(10)});
  print(report);
  return report.is_correct() ? 0 : 1;
} catch (const pgmend::Error& error) {
  std::cerr << error.what() << "\nhint: " << error.hint() << '\n';
  return 2;
}
