#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "validation/core/text_tools.h"
#include "validation/rules/schema_checks.h"
#include "validation/rules/whole_schema.h"

namespace refract::validation {
namespace {

using schema::Field;
using schema::TypeKind;

// Follows required fields from one field on, as Prisma does: each way on which a value could not end is a diagnostic.
class CycleSearch {
 public:
  CycleSearch(const Environment& environment, Report& report) : environment_(environment), report_(report) {}

  void start(const schema::Placed& owner, const Field& field) {
    goal_ = nullptr;
    follow(owner, field);
  }

 private:
  void follow(const schema::Placed& owner, const Field& field) {
    if (field.kind != TypeKind::composite_type || field.arity != syntax::Arity::required || steps_left_ == 0) return;
    const schema::Placed* type = environment_.snapshot->find(field.type_name);
    if (!type || environment_.is_unread(field.type_name)) return;
    --steps_left_;
    if (type->declaration == owner.declaration || type == goal_) return report(owner, field);
    // A cycle that the start is no part of is found from its own fields.
    if (std::ranges::find(path_, type) != path_.end()) return;
    if (goal_ == nullptr) goal_ = type;
    path_.push_back(type);
    for (const Field& next : (*type)->fields) follow(*type, next);
    path_.pop_back();
  }

  void report(const schema::Placed& owner, const Field& field) {
    const bool self = field.type_name == owner->name;
    report_
        .error("composite-type-cycle", {owner->block.get(), field.syntax->line},
               self ? fmt::format("The composite type `{}` contains itself.", owner->name)
                    : fmt::format("The composite type of the field `{}` contains its own type `{}`.", field.name,
                                  owner->name))
        .advise("Make one of the fields of the cycle optional or a list.")
        .fact("type", std::string(owner->name))
        .fact("field", std::string(field.name))
        .fix("Make the field optional",
             {{{owner->block.get(), {field.syntax->type->range.end, field.syntax->type->range.end}}, "?"}});
  }

  const Environment& environment_;
  Report& report_;
  const schema::Placed* goal_ = nullptr;  // the type of the first field
  std::vector<const schema::Placed*> path_;
  std::size_t steps_left_ = 10'000;  // there can be more ways than anyone could read
};

}  // namespace

void check_composite(Subject& subject) {
  if (!subject.connector().composite_types) {
    std::vector<BlockEdit> edits{remove_block(subject.block())};
    for (const auto& [owner, field] : subject.snapshot().fields_of_composite_type(subject.declaration.name))
      edits.push_back({{(*owner)->block.get(), field->syntax->type->name.range}, "Json"});
    subject.report
        .error("composite-type-unsupported", subject.whole(),
               fmt::format("{} does not support composite types.", database_name(subject.connector())))
        .advise("Use a model with a relation, or a `Json` field.")
        .fact("type", std::string(subject.declaration.name))
        .fix("Use `Json` fields", std::move(edits));
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
  if (!environment.snapshot->has_composite_types()) return;
  CycleSearch search(environment, report);
  for (const schema::Placed& placed : environment.snapshot->declarations()) {
    // A type that cannot be read may have fields of what follows it, because it is not closed.
    if (placed->kind != syntax::BlockKind::composite_type || environment.is_unread(placed->name)) continue;
    for (const Field& field : placed->fields) search.start(placed, field);
  }
}

}  // namespace refract::validation
