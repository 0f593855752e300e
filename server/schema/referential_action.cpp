#include "schema/referential_action.h"

#include <algorithm>

namespace refract::schema {

ReferentialAction default_on_delete(const Declaration& owner, const Field& field,
                                    std::span<const ReferentialAction> allowed) {
  const auto is_required = [&](std::string_view name) {
    const Field* scalar = owner.find_field(name);
    return scalar && scalar->arity == syntax::Arity::required;
  };
  const bool has_required_key_field = field.relation && std::ranges::any_of(field.relation->fields, is_required);
  if (!has_required_key_field && field.arity != syntax::Arity::required) return ReferentialAction::set_null;
  return std::ranges::find(allowed, ReferentialAction::restrict_) != allowed.end() ? ReferentialAction::restrict_
                                                                                   : ReferentialAction::no_action;
}

Actions actions_of(const Snapshot& snapshot, const Declaration& owner, const Field& field) {
  const Connector& known = connector(snapshot.provider(), snapshot.options().version);
  const bool foreign_keys = snapshot.datasource() == nullptr || snapshot.datasource()->foreign_keys;
  Actions actions;
  actions.on_delete =
      default_on_delete(owner, field, foreign_keys ? known.referential_actions : known.emulated_actions);
  if (!field.relation) return actions;
  actions.on_delete_given = field.relation->on_delete.has_value();
  actions.on_update_given = field.relation->on_update.has_value();
  actions.on_delete = field.relation->on_delete.value_or(actions.on_delete);
  actions.on_update = field.relation->on_update.value_or(actions.on_update);
  return actions;
}

}  // namespace refract::schema
