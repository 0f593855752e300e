#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "validation/second_stage.h"
#include "validation/whole_schema.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::TypeKind;

bool leads_back(const schema::Snapshot& snapshot, const schema::Declaration& from, const schema::Declaration& goal,
                std::set<const schema::Declaration*>& seen) {
  for (const Field& field : from.fields) {
    if (field.kind != TypeKind::composite_type || field.arity != syntax::Arity::required) continue;
    const schema::Placed* next = snapshot.find(field.type_name);
    if (!next) continue;
    const schema::Declaration* type = next->declaration.get();
    if (type == &goal) return true;
    if (seen.insert(type).second && leads_back(snapshot, *type, goal, seen)) return true;
  }
  return false;
}

}  // namespace

void check_composite(Subject& subject) {
  if (!subject.connector().composite_types) {
    subject.report
        .error("composite-type-unsupported", subject.whole(),
               fmt::format("There are no composite types on {}.", to_string(subject.connector().provider)))
        .advise("Use a model with a relation, or a `Json` field.")
        .fact("type", std::string(subject.declaration.name));
  }
  subject.report.only_if_clean(1);
  if (subject.declaration.fields.empty()) {
    subject.report
        .error("empty-composite-type", subject.whole(),
               fmt::format("The type `{}` has no field.", subject.declaration.name))
        .advise("Add at least one field.")
        .fact("type", std::string(subject.declaration.name));
  }
  for (const Field& field : subject.declaration.fields) {
    check_default_content(subject, field);
    check_native_type(subject, field);
  }
}

// Required fields that lead a type back to itself: no value of it could end.
void check_composite_cycles(const Environment& environment, Report& report) {
  const schema::Snapshot& snapshot = *environment.snapshot;
  for (const schema::Placed& placed : snapshot.declarations()) {
    if (placed->kind != syntax::BlockKind::composite_type) continue;
    for (const Field& field : placed->fields) {
      if (field.kind != TypeKind::composite_type || field.arity != syntax::Arity::required) continue;
      const schema::Placed* type = snapshot.find(field.type_name);
      if (!type) continue;
      std::set<const schema::Declaration*> seen;
      const bool self = type->declaration == placed.declaration;
      if (!self && !leads_back(snapshot, **type, *placed, seen)) continue;
      report
          .error(
              "composite-type-cycle", {placed->block.get(), field.syntax->line},
              self ? fmt::format("A value of `{}` would have to contain another one without end.", placed->name)
                   : fmt::format("The field `{}` leads back to the type `{}`, without end.", field.name, placed->name))
          .advise("Make one of the fields on the way optional or a list.")
          .fact("type", std::string(placed->name))
          .fact("field", std::string(field.name))
          .fix("Make the field optional",
               {{{placed->block.get(), {field.syntax->type->range.end, field.syntax->type->range.end}}, "?"}});
    }
  }
}

}  // namespace refract::validation
