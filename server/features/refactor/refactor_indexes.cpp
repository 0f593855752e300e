#include <fmt/format.h>

#include <algorithm>

#include "features/refactor/refactoring_families.h"
#include "features/refactor/schema_change.h"

// The index that a foreign key's columns lack: without it, each delete of a referenced row reads the whole table.
namespace refract::features {
namespace {

using schema::Field;

bool leads(const schema::Index& index, const std::vector<std::string_view>& fields) {
  if (index.kind == schema::IndexKind::fulltext || index.where != nullptr || index.fields.size() < fields.size())
    return false;
  return std::equal(fields.begin(), fields.end(), index.fields.begin(),
                    [](std::string_view name, const schema::IndexField& part) {
                      return part.path.size() == 1 && part.path.front() == name;
                    });
}

bool lacks_index(const schema::Declaration& model, const Field& field) {
  if (!field.relation || field.relation->fields.empty()) return false;
  const bool all_there = std::ranges::all_of(field.relation->fields, [&](std::string_view name) {
    const Field* scalar = model.find_field(name);
    return scalar != nullptr && scalar->is_stored();
  });
  return all_there && std::ranges::none_of(model.indexes, [&](const schema::Index& index) {
           return leads(index, field.relation->fields);
         });
}

std::string index_of(const Field& field) {
  return fmt::format("@@index([{}])", fmt::join(field.relation->fields, ", "));
}

bool touches(const RefactoringContext& context, const Field& field) {
  return std::ranges::any_of(context.fields, [&](const Field* touched) {
    return touched == &field || contains(field.relation->fields, touched->name);
  });
}

}  // namespace

void add_index_refactorings(const RefactoringContext& context, std::vector<Refactoring>& found) {
  if (!context.placed->is_model()) return;
  // MySQL makes them by itself.
  const schema::Datasource* datasource = context.snapshot.datasource();
  const bool foreign_keys = datasource == nullptr || datasource->foreign_keys;
  if (context.snapshot.provider() == schema::Provider::mysql && foreign_keys) return;
  std::vector<std::string> lacking;
  for (const Field& field : context.placed->fields) {
    if (!lacks_index(*context.placed, field)) continue;
    std::string line = index_of(field);
    if (contains(lacking, line)) continue;
    if (touches(context, field)) {
      SchemaChange change;
      change.add_member(context.placed, line);
      found.push_back({fmt::format("Add {} for the foreign key of {}", line, field.name), RefactoringKind::rewrite,
                       change.edits(context.snapshot)});
    }
    lacking.push_back(std::move(line));
  }
  if (!context.at_header || lacking.empty()) return;
  SchemaChange change;
  change.add_member(context.placed, fmt::format("{}", fmt::join(lacking, "\n")));
  found.push_back({lacking.size() == 1 ? fmt::format("Add the missing foreign key index {}", lacking.front())
                                       : fmt::format("Add the {} missing foreign key indexes of {}", lacking.size(),
                                                     context.placed->name),
                   RefactoringKind::rewrite, change.edits(context.snapshot)});
}

}  // namespace refract::features
