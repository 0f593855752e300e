#include <algorithm>

#include "catalog/replayer.h"

namespace refract::catalog {

std::unexpected<Refusal> refuse(Refusal::Kind kind, std::string message) {
  return std::unexpected(Refusal{kind, std::move(message)});
}

std::string shown(const QualifiedName& name) {
  if (name.schema.empty() || name.schema == "public") return "\"" + name.name + "\"";
  return "\"" + name.schema + "\".\"" + name.name + "\"";
}

std::vector<ReplayIssue> Replayer::run() {
  std::vector<ReplayIssue> issues;
  for (current_ = 0; current_ < steps_.size(); ++current_) {
    const Step& step = steps_[current_];
    if (const auto* opaque = std::get_if<Opaque>(&step.change)) issues.push_back({current_, false, opaque->reason});
    const Outcome outcome = std::visit([&](const auto& change) { return apply(change); }, step.change);
    if (outcome) continue;
    const Refusal& refusal = outcome.error();
    if (refusal.kind == Refusal::Kind::missing_object && step.if_exists) continue;
    // What stands after a statement of unknown effect is not known either.
    const bool in_doubt = opaque_seen_ && refusal.kind != Refusal::Kind::other;
    issues.push_back({current_, !in_doubt,
                      in_doubt
                          ? refusal.message + " (unless a statement before it, whose effect is not known, changed that)"
                          : refusal.message});
  }
  // Temporary tables end with the session.
  for (auto table = catalog_.tables.begin(); table != catalog_.tables.end();) {
    const QualifiedName name = (table++)->first;
    if (name.schema == "pg_temp") erase_table(name);
  }
  return issues;
}

Outcome Replayer::apply(const DataStatement& step) {
  static constexpr std::string_view kWriting[] = {"INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY", "MERGE"};
  if (std::ranges::find(kWriting, step.verb) == std::end(kWriting)) return {};
  for (const QualifiedName& table : step.tables) {
    // What lies in pg_catalog and information_schema is no part of a catalog; COPY of a query has no table.
    const bool of_system = table.name.empty() || table.name.starts_with("pg_") ||
                           table.schema == "information_schema" || table.schema == "pg_catalog";
    if (!of_system && find_relation(resolve(table)) == nullptr) {
      return refuse(Refusal::Kind::missing_other, "table " + shown(table) + " does not exist");
    }
  }
  return {};
}

Outcome Replayer::apply(const Opaque&) {
  opaque_seen_ = true;
  return {};
}

std::vector<ReplayIssue> replay(std::span<const Step> steps, Catalog& catalog) {
  return Replayer(steps, catalog).run();
}

}  // namespace refract::catalog
