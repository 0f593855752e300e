#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "validation/second_stage.h"
#include "validation/whole_schema.h"

// Names of indexes, keys and foreign keys as Prisma gives them, and where two of them meet.
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
      holder = type->declaration.get();
    }
  }
  return joined;
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

bool is_global(ConstraintScope scope) {
  using enum ConstraintScope;
  return scope == global_key || scope == global_foreign_key || scope == global_primary_key_and_key ||
         scope == global_primary_foreign_key_default;
}

// Which kinds of names a scope holds.
bool holds(ConstraintScope scope, ConstraintKind kind) {
  using enum ConstraintScope;
  const bool index = kind == ConstraintKind::index, key = kind == ConstraintKind::primary_key,
             foreign = kind == ConstraintKind::foreign_key, value = kind == ConstraintKind::default_value;
  switch (scope) {
    case global_key:
    case model_key:
      return index;
    case global_foreign_key:
      return foreign;
    case global_primary_key_and_key:
    case model_primary_key_and_key:
      return index || key;
    case global_primary_foreign_key_default:
      return key || foreign || value;
    case model_primary_foreign_key_and_key:
      return index || key || foreign;
  }
  return false;
}

// Counts hashes in one flat table: of thousands of names almost all are seen once.
class HashCounts {
 public:
  explicit HashCounts(std::size_t expected) {
    std::size_t size = 64;
    while (size < expected * 2) size *= 2;
    slots_.resize(size);
  }
  void add(std::uint64_t hash) {
    Slot& slot = find(hash);
    slot.hash = hash;
    ++slot.count;
  }
  bool repeated(std::uint64_t hash) { return find(hash).count > 1; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;
  };
  Slot& find(std::uint64_t hash) {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].count != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  std::vector<Slot> slots_;
};

bool has_foreign_key(const schema::Relation& relation) {
  return relation.kind != schema::RelationKind::many_to_many;
}

}  // namespace

std::vector<ConstraintName> constraint_names(const Subject& subject) {
  std::vector<ConstraintName> names;
  const schema::Declaration& model = subject.declaration;
  const schema::Connector& connector = subject.connector();
  if (connector.constraint_scopes.empty()) return names;
  const std::uint32_t limit = connector.max_identifier_length;
  const auto add = [&](ConstraintKind kind, std::string name, Place at) {
    // No schema is another one than that of the empty name.
    const std::string schema = model.database_schema ? *model.database_schema + '\0' : std::string();
    const std::uint64_t hash = std::hash<std::string>{}(schema + '\0' + name);
    names.push_back({kind, std::move(name), at, hash});
  };
  for (const Index& index : model.indexes) {
    const syntax::Attribute& attribute = *index.attribute;
    const auto map = argument_range(attribute, "map");
    if (index.kind == IndexKind::id) {
      if (!connector.named_primary_keys) continue;
      add(ConstraintKind::primary_key, index.map ? *index.map : limited(model.database_name, "_pkey", limit),
          subject.at(map.value_or(attribute.span)));
      continue;
    }
    const std::string_view suffix = index.kind == IndexKind::unique ? "_key" : "_idx";
    const auto name = argument_range(attribute, "name");
    add(ConstraintKind::index, index.map ? *index.map : limited(join_columns(subject, index), suffix, limit),
        subject.at(map ? *map : name.value_or(attribute.span)));
  }
  for (const Field& field : model.fields) {
    if (connector.named_defaults && field.default_value && !field.is_relation()) {
      const auto map = argument_range(*field.default_value->attribute, "map");
      add(ConstraintKind::default_value,
          field.default_value->map ? *field.default_value->map
                                   : limited(model.database_name + "_" + field.database_name, "_df", limit),
          subject.at(map.value_or(field.syntax->line)));
    }
    if (!field.is_relation()) continue;
    const auto relation = subject.snapshot().relation_of(subject.placed, field);
    if (!relation || !has_foreign_key(*relation) || relation->owner.field != &field) continue;
    std::string joined = model.database_name + "_";
    if (field.relation) {
      const auto columns = fields_named(model, field.relation->fields);
      for (std::size_t i = 0; i < columns.size(); ++i) joined += (i > 0 ? "_" : "") + columns[i]->database_name;
    }
    const auto map = field.relation ? argument_range(*field.relation->attribute, "map") : std::nullopt;
    add(ConstraintKind::foreign_key,
        field.relation && field.relation->map ? *field.relation->map : limited(std::move(joined), "_fkey", limit),
        subject.at(map.value_or(field.syntax->line)));
  }
  return names;
}

void check_constraint_names(const Environment& environment, std::span<const Named> models, Report& report) {
  const auto scopes = environment.connector->constraint_scopes;
  const auto clash = [&](const Named& model, const ConstraintName& name, std::string_view where) {
    // Since Prisma 6 a view has no keys and indexes; what stands there is reported as such.
    const bool own = name.kind == ConstraintKind::foreign_key || name.kind == ConstraintKind::default_value;
    const bool view = (*model.placed)->kind == syntax::BlockKind::view;
    if (view && !own && environment.version != schema::PrismaVersion::v5) return;
    report
        .error("duplicate-constraint-name", name.at,
               fmt::format("The name `{}` is taken by another constraint {}.", name.name, where))
        .advise("Give it another name with `map`.")
        .fact("declaration", std::string((*model.placed)->name))
        .fact("name", name.name);
  };
  std::size_t total = 0;
  for (const Named& model : models) total += model.constraints.size();
  for (const ConstraintScope scope : scopes) {
    if (is_global(scope)) {
      HashCounts counts(total);
      for (const Named& model : models) {
        for (const ConstraintName& name : model.constraints) {
          if (holds(scope, name.kind)) counts.add(name.hash);
        }
      }
      for (const Named& model : models) {
        for (const ConstraintName& name : model.constraints) {
          if (compares(scope, name.kind) && counts.repeated(name.hash)) clash(model, name, "of the database");
        }
      }
      continue;
    }
    for (const Named& model : models) {
      for (const ConstraintName& name : model.constraints) {
        if (!compares(scope, name.kind)) continue;
        const auto same = std::ranges::count_if(model.constraints, [&](const ConstraintName& other) {
          return other.hash == name.hash && holds(scope, other.kind);
        });
        if (same > 1) clash(model, name, fmt::format("of `{}`", (*model.placed)->name));
      }
    }
  }
}

}  // namespace refract::validation
