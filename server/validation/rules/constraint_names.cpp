#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "validation/rules/constraint_registry.h"
#include "validation/rules/schema_checks.h"

// Names of indexes, keys and foreign keys as Prisma gives them, and where two of them clash.
namespace refract::validation {
namespace {

using schema::ConstraintScope;
using schema::Field;
using schema::Index;
using schema::IndexKind;

// Cut to the provider's limit with room for the suffix, at a character's border.
std::string limited(std::string name, std::string_view suffix, std::uint32_t limit) {
  const std::size_t room = limit - suffix.size();
  if (name.size() >= room) {
    std::size_t end = std::min(room, name.size());
    while (end > 0 && end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
  }
  return name + std::string(suffix);
}

std::string join_columns(const Subject& subject, const Index& index) {
  std::string joined = subject.declaration.database_name + "_";
  for (std::size_t i = 0; i < index.fields.size(); ++i) {
    if (i > 0) joined += '_';
    const schema::Declaration* holder = &subject.declaration;
    for (std::size_t step = 0; step < index.fields[i].path.size(); ++step) {
      const Field* field = holder->find_field(index.fields[i].path[step]);
      if (!field) break;
      if (step > 0) joined += '_';
      joined += field->database_name;
      const schema::Placed* type = subject.snapshot().find(field->type_name);
      if (!type) break;
      holder = type->declaration;
    }
  }
  return joined;
}

bool has_foreign_key(const schema::Relation& relation) {
  return relation.kind != schema::RelationKind::many_to_many;
}

// Whether a name of this kind is compared in the scope. (A primary key is also held by scopes where only other names
// are compared.)
bool compares(ConstraintScope scope, ConstraintKind kind) {
  using enum ConstraintScope;
  switch (kind) {
    case ConstraintKind::index:
      return scope == global_key || scope == global_primary_key_and_key || scope == model_key ||
             scope == model_primary_key_and_key;
    case ConstraintKind::foreign_key:
      return scope == global_foreign_key || scope == global_primary_foreign_key_default ||
             scope == model_primary_foreign_key_and_key;
    case ConstraintKind::default_value:
      return scope == global_primary_foreign_key_default;
    case ConstraintKind::primary_key:
      return scope == global_primary_foreign_key_default || scope == global_primary_key_and_key ||
             scope == model_primary_key_and_key || scope == model_primary_foreign_key_and_key;
  }
  return false;
}

class NameList {
 public:
  explicit NameList(const Subject& subject)
      : subject_(subject), model_(subject.declaration), limit_(subject.connector().max_identifier_length) {}

  void add_index(const Index& index) {
    const syntax::Attribute& attribute = *index.attribute;
    const auto map = argument_range(attribute, "map");
    if (index.kind == IndexKind::id) {
      if (!subject_.connector().named_primary_keys) return;
      add(ConstraintKind::primary_key, model_, index.map ? *index.map : limited(model_.database_name, "_pkey", limit_),
          subject_.at(map.value_or(attribute.span)));
      return;
    }
    const std::string_view suffix = index.kind == IndexKind::unique ? "_key" : "_idx";
    const auto name = argument_range(attribute, "name");
    add(ConstraintKind::index, model_, index.map ? *index.map : limited(join_columns(subject_, index), suffix, limit_),
        subject_.at(map ? *map : name.value_or(attribute.span)));
  }

  void add_default(const Field& field) {
    const auto map = argument_range(*field.default_value->attribute, "map");
    add(ConstraintKind::default_value, model_,
        field.default_value->map ? *field.default_value->map
                                 : limited(model_.database_name + "_" + field.database_name, "_df", limit_),
        subject_.at(map.value_or(field.syntax->line)));
  }

  void add_foreign_key(const Field& field) {
    std::string joined = model_.database_name + "_";
    if (field.relation) {
      const auto columns = fields_named(model_, field.relation->fields);
      for (std::size_t i = 0; i < columns.size(); ++i) joined += (i > 0 ? "_" : "") + columns[i]->database_name;
    }
    const auto map = field.relation ? argument_range(*field.relation->attribute, "map") : std::nullopt;
    add(ConstraintKind::foreign_key, model_,
        field.relation && field.relation->map ? *field.relation->map : limited(std::move(joined), "_fkey", limit_),
        subject_.at(map.value_or(field.syntax->line)));
  }

  // A list whose opposite is missing: the other model would have the foreign key.
  void add_missing_foreign_key(const schema::Declaration& owner) {
    add(ConstraintKind::foreign_key, owner, limited(owner.database_name + "_", "_fkey", limit_), subject_.whole());
  }

  std::vector<ConstraintName> take() { return std::move(names_); }

 private:
  void add(ConstraintKind kind, const schema::Declaration& model, std::string name, Place at) {
    // No schema differs from the schema with the empty name.
    const std::string schema = model.database_schema ? *model.database_schema + '\0' : std::string();
    const std::uint64_t hash = std::hash<std::string>{}(schema + '\0' + name);
    names_.push_back({kind, std::move(name), model.name, at, hash});
  }

  const Subject& subject_;
  const schema::Declaration& model_;
  std::uint32_t limit_;
  std::vector<ConstraintName> names_;
};

// Which names Prisma compares. All are held, but since Prisma 6 nothing is reported for the keys and indexes of a view;
// and Prisma stops before the indexes of a model with an ambiguous relation, and then does not come to the foreign
// keys.
class Comparison {
 public:
  Comparison(std::span<const Named> models, const schema::Placed* ambiguous, schema::PrismaVersion version)
      : ambiguous_(ambiguous), version_(version) {
    const auto last = std::ranges::find(models, ambiguous, &Named::placed);
    compared_ = last == models.end() ? models : models.first(static_cast<std::size_t>(last - models.begin()) + 1);
  }
  std::span<const Named> models() const { return compared_; }
  bool includes(const Named& model, ConstraintKind kind) const {
    const bool of_index = kind == ConstraintKind::index || kind == ConstraintKind::primary_key;
    if (of_index && (*model.placed)->kind == syntax::BlockKind::view && version_ >= schema::PrismaVersion::v6) {
      return false;
    }
    if (!ambiguous_) return true;
    return kind != ConstraintKind::foreign_key && (kind != ConstraintKind::index || model.placed != ambiguous_);
  }

 private:
  const schema::Placed* ambiguous_;
  schema::PrismaVersion version_;
  std::span<const Named> compared_;
};

}  // namespace

std::vector<ConstraintName> constraint_names(const Subject& subject) {
  const schema::Declaration& model = subject.declaration;
  const schema::Connector& connector = subject.connector();
  if (connector.constraint_scopes.empty()) return {};
  NameList names(subject);
  for (const Index& index : model.indexes) names.add_index(index);
  for (const Field& field : model.fields) {
    if (connector.named_defaults && field.default_value && !field.is_relation()) names.add_default(field);
    if (!field.is_relation()) continue;
    const auto relation = subject.snapshot().relation_of(subject.placed, field);
    if (!relation || !has_foreign_key(*relation)) continue;
    if (relation->owner.field == &field || claimed_twice(*relation)) {
      names.add_foreign_key(field);
    } else if (!relation->owner.field) {
      names.add_missing_foreign_key(**relation->owner.model);
    }
  }
  return names.take();
}

NameClashes check_constraint_names(const Environment& environment, std::span<const Named> models,
                                   const ConstraintRegistry& registry, const schema::Placed* ambiguous) {
  NameClashes clashes;
  if (registry.distinct()) return clashes;
  const Comparison comparison(models, ambiguous, environment.version);
  const auto clash = [&](const Named& model, const ConstraintName& name, std::string_view where) {
    const bool foreign = name.kind == ConstraintKind::foreign_key;
    (foreign ? clashes.foreign_keys[model.placed] : clashes.keys)
        .error("duplicate-constraint-name", name.at,
               fmt::format("The name `{}` is taken by another constraint {}.", name.name, where))
        .advise("Give it another name with `map`.")
        .fact("declaration", std::string(name.model))
        .fact("name", name.name);
  };
  for (const ConstraintScope scope : environment.connector->constraint_scopes) {
    for (const Named& model : comparison.models()) {
      for (const ConstraintName& name : model.constraints) {
        if (!compares(scope, name.kind) || !comparison.includes(model, name.kind)) continue;
        if (!registry.is_repeated(scope, name, (*model.placed)->name)) continue;
        clash(model, name, is_global(scope) ? "of the database" : fmt::format("of `{}`", name.model));
      }
    }
  }
  return clashes;
}

}  // namespace refract::validation
