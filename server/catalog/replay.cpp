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
    issues.push_back({current_, !in_doubt, in_doubt ? refusal.message + " (unless a statement before it, whose effect is not known, changed that)" : refusal.message});
  }
  // Temporary tables end with the session.
  for (auto table = catalog_.tables.begin(); table != catalog_.tables.end();) {
    const QualifiedName name = (table++)->first;
    if (name.schema == "pg_temp") erase_table(name);
  }
  return issues;
}

Outcome Replayer::apply(const DataStatement&) { return {}; }

Outcome Replayer::apply(const Opaque&) {
  opaque_seen_ = true;
  return {};
}

std::vector<ReplayIssue> replay(std::span<const Step> steps, Catalog& catalog) { return Replayer(steps, catalog).run(); }

}  // namespace refract::catalog
