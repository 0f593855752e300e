#include "features/inlay_hints.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "features/navigation.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"
#include "schema/referential_action.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;

class Hinter {
 public:
  Hinter(const Snapshot& snapshot, const HintOptions& options)
      : snapshot_(snapshot),
        options_(options),
        postgresql_(snapshot.provider() == schema::Provider::postgresql),
        foreign_keys_(snapshot.datasource() == nullptr || snapshot.datasource()->foreign_keys) {}

  void declaration(const Placed& placed, text::Range within) {
    placed_ = &placed;
    within_ = within;
    const bool composite = placed->kind == syntax::BlockKind::composite_type;
    if (options_.mapped_name && placed->mapped) {
      add(HintKind::mapped_name, placed->block->name.range.end, fmt::format("→ {}", placed->database_name),
          "The name in the database");
    }
    if (composite) return;
    for (const schema::Field& field : placed->fields) {
      if (field.is_relation()) {
        relation(field);
      } else if (options_.database_type && postgresql_ && field.is_stored() && !field.native_type &&
                 field.kind != schema::TypeKind::unsupported) {
        add(HintKind::database_type, field.syntax->type->range.end,
            fmt::format(": {}", migrate::type_text(migrate::column_type(field, snapshot_), migrate::Spelling::escaped)),
            "The column's type in the database");
      }
    }
    if (options_.constraint_name && postgresql_) constraints();
  }

  std::vector<InlayHint> found() && {
    std::ranges::stable_sort(found_, {}, &InlayHint::at);
    return std::move(found_);
  }

 private:
  void add(HintKind kind, text::Offset at, std::string label, std::string tooltip) {
    const text::Offset place = at + placed_->start;
    if (within_.touches(place)) found_.push_back({kind, place, std::move(label), std::move(tooltip)});
  }

  void relation(const schema::Field& field) {
    if (!within_.touches(field.syntax->range.end + placed_->start) &&
        !within_.touches(field.syntax->range.begin + placed_->start))
      return;
    const auto relation = snapshot_.relation_of(*placed_, field);
    if (!relation) return;
    if (relation->kind == schema::RelationKind::many_to_many) {
      if (options_.relation_table && snapshot_.provider() != schema::Provider::mongodb && relation->other.field) {
        add(HintKind::relation_table, field.syntax->type->range.end,
            fmt::format("→ {}", migrate::join_names(relation->name).table), "The join table of the relation");
      }
      return;
    }
    if (relation->owner.field != &field || !field.relation || !field.relation->has_fields) return;
    const syntax::Attribute& attribute = *field.relation->attribute;
    if (options_.referential_action) {
      const schema::Actions actions = schema::actions_of(snapshot_, **placed_, field);
      std::vector<std::string> defaults;
      if (!actions.on_delete_given) defaults.push_back(fmt::format("onDelete: {}", to_string(actions.on_delete)));
      if (!actions.on_update_given) defaults.push_back(fmt::format("onUpdate: {}", to_string(actions.on_update)));
      if (!defaults.empty()) {
        add(HintKind::referential_action, attribute.range.end, fmt::format("{}", fmt::join(defaults, ", ")),
            "The default referential action");
      }
    }
    if (options_.constraint_name && postgresql_ && foreign_keys_ && !field.relation->map) {
      if (const auto key = migrate::foreign_key_of(*relation)) constraint(attribute, key->name);
    }
  }

  void constraints() {
    for (const schema::Index& index : (*placed_)->indexes) {
      if (index.map || index.attribute == nullptr) continue;
      if (index.kind == schema::IndexKind::id) {
        if (const auto key = migrate::primary_key_of(**placed_)) constraint(*index.attribute, key->name);
      } else if (const auto made = migrate::index_of(**placed_, index)) {
        constraint(*index.attribute, made->name);
      }
    }
  }

  void constraint(const syntax::Attribute& attribute, const std::string& name) {
    add(HintKind::constraint_name, attribute.range.end, name, "Prisma's default name in the database");
  }

  const Snapshot& snapshot_;
  const HintOptions& options_;
  bool postgresql_;
  bool foreign_keys_;
  const Placed* placed_ = nullptr;
  text::Range within_;
  std::vector<InlayHint> found_;
};

}  // namespace

std::vector<InlayHint> inlay_hints(const Snapshot& snapshot, schema::FileId file, text::Range range,
                                   const HintOptions& options) {
  Hinter hinter(snapshot, options);
  for (const Placed& placed : declarations_in(snapshot, {file, range})) hinter.declaration(placed, range);
  return std::move(hinter).found();
}

}  // namespace refract::features
