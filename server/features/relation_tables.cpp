#include "features/relation_tables.h"

#include <algorithm>
#include <tuple>

#include "migrate/wanted/names.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Relation;
using schema::Snapshot;

class Finder {
 public:
  Finder(const Snapshot& snapshot, const Symbol& symbol, std::string_view new_name)
      : snapshot_(snapshot), symbol_(symbol), new_name_(new_name) {}

  std::vector<RelationTableChange> run() && {
    const Placed& placed = *symbol_.declaration;
    for (const schema::Field& field : placed->fields) {
      if (is_concerned(field)) judge(placed, field);
    }
    return std::move(found_);
  }

 private:
  bool is_concerned(const schema::Field& field) const {
    switch (symbol_.kind) {
      case SymbolKind::declaration:
        return true;
      case SymbolKind::field:
        return field.name == symbol_.name;
      default:
        return &field == symbol_.field;
    }
  }

  std::string_view model_after(const schema::RelationEnd& end) const {
    const bool renamed = symbol_.kind == SymbolKind::declaration && end.model == symbol_.declaration;
    return renamed ? new_name_ : (*end.model)->name;
  }

  std::string_view field_after(const schema::RelationEnd& end) const {
    const bool renamed =
        symbol_.kind == SymbolKind::field && end.model == symbol_.declaration && end.field->name == symbol_.name;
    return renamed ? new_name_ : end.field->name;
  }

  std::string name_after(const Relation& relation) const {
    if (symbol_.kind == SymbolKind::relation_name) return std::string(new_name_);
    if (relation.explicitly_named) return relation.name;
    const std::string_view one = model_after(relation.owner);
    const std::string_view other = model_after(relation.other);
    return std::string(std::min(one, other)) + "To" + std::string(std::max(one, other));
  }

  void judge(const Placed& placed, const schema::Field& field) {
    const auto relation = snapshot_.relation_of(placed, field);
    if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->other.field == nullptr) return;
    const bool known = std::ranges::any_of(found_, [&](const RelationTableChange& change) {
      return change.relation.owner.field == relation->owner.field;
    });
    if (known) return;
    const auto key_after = [&](const schema::RelationEnd& end) {
      return std::tuple(model_after(end), field_after(end));
    };
    RelationTableChange change{*relation, migrate::join_names(relation->name).table,
                               migrate::join_names(name_after(*relation)).table,
                               key_after(relation->other) < key_after(relation->owner)};
    if (change.exchanges || change.table != change.table_after) found_.push_back(std::move(change));
  }

  const Snapshot& snapshot_;
  const Symbol& symbol_;
  std::string_view new_name_;
  std::vector<RelationTableChange> found_;
};

}  // namespace

std::vector<RelationTableChange> relation_table_changes(const Snapshot& snapshot, const Symbol& symbol,
                                                        std::string_view new_name) {
  if (!schema::connector(snapshot.provider(), snapshot.options().version).implicit_many_to_many) return {};
  if (symbol.declaration == nullptr || symbol.kind == SymbolKind::database_name) return {};
  return Finder(snapshot, symbol, new_name).run();
}

}  // namespace refract::features
