#include <fmt/format.h>

#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"
#include "migrate/wanted/names.h"
#include "schema/new_members.h"
#include "text/unicode.h"

// From an implicit many-to-many relation to an explicit model for the table that Prisma keeps between the two: it
// represents the same table, so that no migration follows.
namespace refract::features {
namespace {

using schema::Field;
using schema::Placed;
using schema::PrismaVersion;
using schema::RelationEnd;

struct Names {
  std::string field;   // the relation field
  std::string scalar;  // the field of the column
};

Names names_for(const RelationEnd& end, std::string_view column, bool self) {
  const std::string model = text::with_first_letter((*end.model)->name, false);
  if (!self) return {model, model + text::with_first_letter(single_id(**end.model)->name, true)};
  return {fmt::format("{}{}", model, column),
          fmt::format("{}{}{}", model, column, text::with_first_letter(single_id(**end.model)->name, true))};
}

class Conversion {
 public:
  Conversion(const RefactoringContext& context, const schema::Relation& relation)
      : context_(context),
        relation_(relation),
        table_(migrate::join_names(relation.name)),
        self_(relation.owner.model == relation.other.model) {
    const std::string base = pascal_case(relation.name);
    name_ = free_type_name(context.snapshot,
                           base.empty() || !text::is_letter(text::code_point_at(base, 0).value)
                               ? fmt::format("{}To{}", (*relation.owner.model)->name, (*relation.other.model)->name)
                               : base);
  }

  Refactoring run() {
    const Names a = names_for(relation_.owner, "A", self_);
    const Names b = names_for(relation_.other, "B", self_);
    std::string block = fmt::format("model {} {{\n", name_);
    block += lines_of(relation_.owner, a, "A", table_.foreign_key_a);
    block += lines_of(relation_.other, b, "B", table_.foreign_key_b);
    block += "\n" + key_of(a, b);
    block += fmt::format("  @@index([{}], map: \"{}\")\n", b.scalar, table_.index);
    block += fmt::format("  @@map(\"{}\")\n", table_.table);
    if (const auto& schema = (*relation_.owner.model)->database_schema)
      block += fmt::format("  @@schema(\"{}\")\n", *schema);
    block += "}";
    change_.add_block_after(*relation_.owner.model, block);
    point_to_table(relation_.owner, "A");
    point_to_table(relation_.other, "B");
    return {fmt::format("Make the many-to-many relation explicit as the model {}", name_), RefactoringKind::rewrite,
            change_.edits(context_.snapshot)};
  }

 private:
  std::string relation_name(std::string_view column) const {
    return self_ ? fmt::format("{}_{}", relation_.name, column) : std::string();
  }

  std::string lines_of(const RelationEnd& end, const Names& names, std::string_view column,
                       const std::string& foreign_key) const {
    const Field& id = *single_id(**end.model);
    const schema::Datasource* datasource = context_.snapshot.datasource();
    const bool named = context_.connector().named_foreign_keys && (datasource == nullptr || datasource->foreign_keys);
    std::string arguments = self_ ? fmt::format("\"{}\", ", relation_name(column)) : "";
    arguments +=
        fmt::format("fields: [{}], references: [{}], onDelete: Cascade, onUpdate: Cascade", names.scalar, id.name);
    if (named) arguments += fmt::format(", map: \"{}\"", foreign_key);
    return fmt::format("  {} {} {} @map(\"{}\")\n  {} {} @relation({})\n", names.scalar, id.type_name,
                       schema::native_type_text(**end.model, id), column, names.field, (*end.model)->name, arguments);
  }

  // PostgreSQL has had a primary key there since Prisma 6.
  std::string key_of(const Names& a, const Names& b) const {
    const bool primary = context_.snapshot.provider() == schema::Provider::postgresql &&
                         context_.snapshot.options().version >= PrismaVersion::v6;
    return primary ? fmt::format("  @@id([{}, {}], map: \"{}\")\n", a.scalar, b.scalar, table_.primary_key)
                   : fmt::format("  @@unique([{}, {}], map: \"{}\")\n", a.scalar, b.scalar, table_.unique);
  }

  void point_to_table(const RelationEnd& end, std::string_view column) {
    const Field& field = *end.field;
    change_.replace(*end.model, field.syntax->type->name.range, name_);
    if (field.relation) change_.remove(*end.model, *field.relation->attribute);
    if (self_) change_.add_attribute(*end.model, field, fmt::format("@relation(\"{}\")", relation_name(column)));
  }

  const RefactoringContext& context_;
  const schema::Relation& relation_;
  migrate::JoinNames table_;
  bool self_;
  std::string name_;
  SchemaChange change_;
};

bool can_convert(const RefactoringContext& context, const schema::Relation& relation) {
  if (relation.kind != schema::RelationKind::many_to_many || !context.connector().implicit_many_to_many) return false;
  for (const RelationEnd* end : {&relation.owner, &relation.other}) {
    if (end->field == nullptr || end->field->ignored || (*end->model)->ignored) return false;
    if (!(*end->model)->is_model() || !(*end->model)->block->errors.empty() || !single_id(**end->model)) return false;
    const Field& id = *single_id(**end->model);
    if (id.kind != schema::TypeKind::scalar && id.kind != schema::TypeKind::enumeration) return false;
  }
  return relation.owner.field != relation.other.field;
}

}  // namespace

void add_many_to_many_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  const Field* field = context.field();
  if (field == nullptr) return;
  const auto relation = context.snapshot.relation_of(context.placed, *field);
  if (relation && can_convert(context, *relation)) found.push_back(Conversion(context, *relation).run());
}

}  // namespace refract::features
