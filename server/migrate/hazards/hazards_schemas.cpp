#include <algorithm>

#include <fmt/format.h>

#include "catalog/parse/name_uses.h"
#include "migrate/hazards/hazard_inspector.h"
#include "migrate/hazards/hazard_table.h"

namespace refract::migrate {
namespace {

// Whether strings in the statement are SQL that runs: the body of a function or of a DO block.
bool holds_code(const catalog::Change& change) {
  if (const auto* create = std::get_if<catalog::CreateUnmanaged>(&change)) {
    return is_routine(create->object.kind);
  }
  return std::holds_alternative<catalog::Opaque>(change);
}

}  // namespace

void Inspector::inspect_schema_names() {
  if (state_.is_public()) return;
  const catalog::SqlRange& statement = steps_[at_].origin;
  if (statement.end > sql_.size() || statement.begin >= statement.end) return;
  if (at_ > 0 && steps_[at_ - 1].origin.begin == statement.begin) return;  // another step of the same statement
  const std::string_view text = sql_.substr(statement.begin, statement.end - statement.begin);
  const bool code = holds_code(steps_[at_].change);
  for (const catalog::NameUse& use : catalog::name_uses(text)) {
    if (use.string || use.qualifier != "public" || (use.depth > 0 && !code)) continue;
    // Functions and types of extensions may be there for every program.
    const QualifiedName own{"public", use.name};
    if (!state_.tables.contains(own) && !state_.enums.contains(own) && !state_.views.contains(own)) continue;
    report(HazardKind::other_schema,
           fmt::format("The statement names \"public\".\"{}\", but the URL selects the schema \"{}\": it fails, or it "
                       "changes an object that is not the project's.",
                       use.name, state_.own_schema.value));
    return;
  }
}

}  // namespace refract::migrate
