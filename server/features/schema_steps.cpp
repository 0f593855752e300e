#include "features/schema_steps.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "catalog/expression/default_fault.h"
#include "catalog/expression/expression.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/parse/sql.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/planner.h"
#include "migrate/wanted/join_table.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"

namespace refract::features {
namespace {

using catalog::QualifiedName;
using schema::Placed;

// PostgreSQL's limit, and one of ours: replaying so many indexes of a table would take long.
constexpr std::size_t kMostColumns = 1600;
constexpr std::size_t kMostIndexes = 2000;

// PostgreSQL cuts longer names.
std::string stored(std::string_view name) {
  return std::string(migrate::cut(name, migrate::kLongestName));
}

QualifiedName stored(const QualifiedName& name) {
  return {stored(name.schema), stored(name.name)};
}

void cut_all(std::vector<std::string>& names) {
  for (std::string& name : names) name = stored(name);
}

bool is_unnamed_sequence(const catalog::Column& column) {
  return column.default_value && column.default_value->kind == catalog::DefaultKind::sequence &&
         !column.default_value->sequence;
}

// By itself, and as a part of an expression: Prisma writes it between others, on one line.
bool parses_as_default(const std::string& expression) {
  const catalog::ParsedSql parsed = catalog::parse_sql("ALTER TABLE t ALTER c SET DEFAULT " + expression + "\n");
  return parsed.errors.empty() && parsed.steps.size() == 1 &&
         catalog::parse_sql("SELECT (" + expression + ")").errors.empty();
}

bool parses_as_condition(const std::string& expression) {
  const catalog::ParsedSql parsed = catalog::parse_sql("CREATE INDEX i ON t (c) WHERE (" + expression + ")");
  return parsed.errors.empty() && parsed.steps.size() == 1;
}

// Prisma writes more after it on its line, which a comment in it would take.
bool parses_as_type(const std::string& type) {
  const catalog::ParsedSql parsed = catalog::parse_sql("ALTER TABLE t ADD c " + type + " NOT NULL, ADD d int");
  return parsed.errors.empty() && parsed.steps.size() == 2;
}

// Where the name in the database is written, or the declaration's own name.
text::Range name_range(const Placed& placed) {
  const syntax::Attribute* map = placed->block->find_attribute("map");
  return map != nullptr ? map->span : placed->block->name.range;
}

// Tables, indexes and types have one name space in a schema: a table is a type too.
std::string occupied(const QualifiedName& name) {
  return fmt::format("{}.{}", name.schema, name.name);
}

// A text of PostgreSQL has no character 0, which a schema can write as \u0000.
constexpr char kNul = '\0';

class Builder {
 public:
  explicit Builder(const schema::Snapshot& snapshot) : snapshot_(snapshot) {}

  SchemaSteps build() && {
    scope_ = migrate::managed_scope(snapshot_.options());
    add_schemas();
    for (const Placed& placed : snapshot_.declarations()) {
      if (snapshot_.find(placed->name) == &placed && placed->is_enum()) add_enum(placed);
    }
    each_model([&](const Placed& model) { add_table(model); });
    each_model([&](const Placed& model) {
      reports_ = scope_.manages_table(stored(migrate::name_of(*model)));
      add_indexes(model);
    });
    each_model([&](const Placed& model) {
      reports_ = scope_.manages_table(stored(migrate::name_of(*model)));
      add_relations(model);
    });
    return std::move(made_);
  }

 private:
  void reject(const Placed& placed, text::Range at, std::string_view what, std::string_view why,
              std::string_view help) {
    if (reports_) made_.rejected.push_back(rejection_of(placed, at, what, why, help));
  }

  void check_name(const Placed& placed, text::Range at, std::string_view what, std::string_view name) {
    if (name.empty()) {
      reject(placed, at, what, "its name is empty", "Give it a name.");
    } else if (name.contains(kNul)) {
      reject(placed, at, what, "its name has the character \\u0000", "Leave that character out of its name.");
    }
  }

  template <class Visit>
  void each_model(Visit visit) {
    for (const Placed& placed : snapshot_.declarations()) {
      if (placed->is_model() && snapshot_.find(placed->name) == &placed) visit(placed);
    }
  }

  void add(catalog::Change change, StepOrigin item) {
    if (!reports_) item.placed = nullptr;
    made_.steps.push_back({.change = std::move(change)});
    made_.origins.push_back(std::move(item));
  }

  static std::string key_of(char kind, const QualifiedName& name, std::string_view column = {}) {
    return fmt::format("{}{}.{}.{}", kind, name.schema, name.name, column);
  }

  static std::vector<std::string> table_keys(const QualifiedName& table, const std::vector<std::string>& columns) {
    std::vector<std::string> keys{key_of('t', table)};
    for (const std::string& column : columns) keys.push_back(key_of('c', table, column));
    return keys;
  }

  void add_schemas() {
    std::set<std::string> names(snapshot_.datasource()->schemas.begin(), snapshot_.datasource()->schemas.end());
    for (const Placed& placed : snapshot_.declarations()) names.insert(placed->database_schema.value_or("public"));
    names.erase("public");
    std::set<std::string> cut;
    for (const std::string& name : names) cut.insert(stored(name));
    for (const std::string& name : cut) add(catalog::CreateSchema{.name = name}, {.makes = "s" + name});
  }

  void check_schema_name(const Placed& placed, const QualifiedName& name) {
    if (!name.schema.starts_with("pg_")) return;
    reject(placed, placed->block->name.range, "schema",
           fmt::format("the name `{}` begins with `pg_`, as only PostgreSQL's own schemas do", name.schema),
           "Use another `@@schema`.");
  }

  void add_named(catalog::Change change, const Placed& placed, std::string_view what, std::string makes,
                 const QualifiedName& name) {
    add(std::move(change), {.placed = &placed,
                            .at = name_range(placed),
                            .what = what,
                            .help = "Give it another name in the database with `@@map`.",
                            .needs = {"s" + name.schema},
                            .makes = std::move(makes),
                            .occupies = occupied(name),
                            .renamed = placed->block->find_attribute("map") != nullptr});
  }

  void add_enum(const Placed& placed) {
    catalog::Enum enumeration;
    enumeration.name = stored(migrate::name_of(*placed));
    reports_ = scope_.manages_enum(enumeration.name);
    check_schema_name(placed, enumeration.name);
    check_name(placed, name_range(placed), "enum", enumeration.name.name);
    std::set<std::string_view> names;
    for (const schema::EnumValue& value : placed->values) {
      if (value.database_name.size() > migrate::kLongestName) {
        reject(placed, value.syntax->range, "enum value", "its name is longer than 63 bytes", "Shorten its name.");
      } else if (value.database_name.contains(kNul)) {
        check_name(placed, value.syntax->range, "enum value", value.database_name);
      } else if (!names.insert(value.database_name).second) {
        reject(placed, value.syntax->range, "enum value",
               fmt::format("another value of `{}` is `{}` in the database too", placed->name, value.database_name),
               "Give each value a name of its own with `@map`.");
      } else {
        enumeration.values.push_back(value.database_name);
      }
    }
    const QualifiedName name = enumeration.name;
    // Columns name their type without a schema where the enum has none, and pg_catalog comes first in every search.
    if (!placed->database_schema && reports_ && catalog::is_builtin_type(name.name)) {
      made_.rejected.push_back(
          {placed->shared_from_this(), name_range(placed),
           fmt::format("Columns of enum `{}` would have PostgreSQL's own type `{}`, which SQL finds "
                       "first.",
                       placed->name, name.name),
           "Give the enum another name, or another one in the database with `@@map`."});
    }
    add_named(catalog::CreateEnum{std::move(enumeration)}, placed, "enum", key_of('e', name), name);
  }

  void add_table(const Placed& placed) {
    catalog::Table table;
    table.name = stored(migrate::name_of(*placed));
    const QualifiedName name = table.name;
    reports_ = scope_.manages_table(name);
    check_schema_name(placed, name);
    check_name(placed, name_range(placed), "table", name.name);
    catalog::Table& known = tables_.tables[name];
    known.name = name;
    add_named(catalog::CreateTable{.table = std::move(table)}, placed, "table", key_of('t', name), name);
    std::vector<const schema::Field*> fields;
    for (const schema::Field& field : placed->fields) {
      if (!field.is_stored()) continue;
      if (known.columns.size() == kMostColumns) {
        reject(placed, field.syntax->name.range, "table", "it has more than 1600 columns", "Split the model.");
        oversized_.insert(name);
        break;
      }
      known.columns.push_back(migrate::column_of(field, snapshot_));
      known.columns.back().name = stored(known.columns.back().name);
      fields.push_back(&field);
    }
    for (std::size_t at = 0; at < fields.size(); ++at) add_column(placed, *fields[at], known, known.columns[at]);
    if (oversized_.contains(name)) return;
    known.primary_key = migrate::primary_key_of(*placed);
    if (!known.primary_key) return;
    cut_all(known.primary_key->columns);
    const schema::Index* index = placed->primary_key();
    check_name(placed, index->attribute->span, "primary key", known.primary_key->name);
    add(catalog::AddPrimaryKey{.table = name, .key = *known.primary_key, .using_index = std::nullopt},
        {.placed = &placed,
         .at = index->attribute->span,
         .what = "primary key",
         .help = "Change its fields, or its name with `map`.",
         .needs = table_keys(name, known.primary_key->columns)});
  }

  void add_column(const Placed& placed, const schema::Field& field, const catalog::Table& owner,
                  const catalog::Column& whole) {
    const QualifiedName& table = owner.name;
    catalog::Column column = whole;
    const bool has_default = column.default_value && !is_unnamed_sequence(column);
    if (has_default) column.default_value.reset();
    check_name(placed, field.syntax->range, "column", column.name);
    const std::string& written = column.type.unsupported.value;
    if (field.kind == schema::TypeKind::unsupported && !parses_as_type(written)) {
      reject(placed, field.syntax->range, "column", fmt::format("`{}` is no type of SQL", written),
             "Write a type as SQL has it.");
    }
    const QualifiedName type = stored({column.type.schema, column.type.name});
    const bool own_enum = field.kind == schema::TypeKind::enumeration;
    StepOrigin item{.placed = &placed,
                    .at = field.syntax->range,
                    .what = "column",
                    .help = "Change its type, or its name in the database with `@map`.",
                    .needs = {key_of('t', table)},
                    .makes = key_of('c', table, column.name),
                    // What is no type of PostgreSQL's own, an extension brings.
                    .relies_on_others = !type.schema.empty() || !catalog::is_builtin_type(column.type.name)};
    if (own_enum) {
      column.type.name = type.name;
      column.type.schema = type.schema;
      item.needs.push_back(key_of('e', type));
      item.relies_on_others = false;
    }
    std::vector<std::string> needs = item.needs;
    needs.push_back(item.makes);
    add(catalog::AddColumn{.table = table, .column = std::move(column)}, std::move(item));
    if (!has_default) return;
    // A default that names other columns becomes a generated column.
    if (const auto generated = migrate::column_in_step(whole, owner, {}).generated) {
      check_generated(placed, field, owner, whole, *generated);
    } else {
      add_default(placed, field, table, whole, std::move(needs));
    }
  }

  static text::Range default_range(const schema::Field& field) {
    return field.default_value && field.default_value->attribute ? field.default_value->attribute->span
                                                                 : field.syntax->range;
  }

  void check_generated(const Placed& placed, const schema::Field& field, const catalog::Table& owner,
                       const catalog::Column& column, const std::string& expression) {
    catalog::Table alone;
    alone.columns.push_back(column);
    std::string fault = catalog::generated_fault(expression);
    if (catalog::names_column_of(alone, expression)) fault = "names the column itself";
    if (const auto missing = catalog::missing_column(owner, expression); missing && fault.empty())
      fault = fmt::format("names column \"{}\", which does not exist", *missing);
    if (fault.empty()) return;
    reject(placed, default_range(field), "generated column", fmt::format("its expression {}", fault),
           "Change the expression.");
  }

  void add_default(const Placed& placed, const schema::Field& field, const QualifiedName& table,
                   const catalog::Column& column, std::vector<std::string> needs) {
    const catalog::Default& value = *column.default_value;
    if (value.dbgenerated.value && value.expression.empty()) return;  // the database's own, which is not written
    const text::Range at = default_range(field);
    if (value.expression.contains(kNul)) {
      return reject(placed, at, "default", "it has the character \\u0000", "Leave that character out.");
    }
    // What a schema writes as SQL, be it a literal or not.
    const bool written = value.kind == catalog::DefaultKind::expression || value.dbgenerated.value;
    if (written && readable_.insert(value.expression).second && !parses_as_default(value.expression)) {
      unreadable_.insert(value.expression);
    }
    if (unreadable_.contains(value.expression)) {
      return reject(placed, at, "default", fmt::format("`{}` is no SQL expression", value.expression),
                    "Write an expression as it follows DEFAULT in SQL.");
    }
    add(catalog::SetColumnDefault{.table = table, .column = column.name, .value = value},
        {.placed = &placed,
         .at = at,
         .what = "default",
         .help = "Change it to a value or an expression of the column's type.",
         .needs = std::move(needs),
         .relies_on_others = value.sequence.has_value()});
  }

  void add_indexes(const Placed& placed) {
    const QualifiedName table = stored(migrate::name_of(*placed));
    if (oversized_.contains(table)) return;
    std::size_t count = 0;
    for (const schema::Index& index : placed->indexes) {
      if (index.kind == schema::IndexKind::id || index.attribute == nullptr || ++count > kMostIndexes) continue;
      auto made = migrate::index_of(*placed, index);
      if (!made) continue;
      std::vector<std::string> columns;
      for (catalog::IndexColumn& part : made->columns) columns.push_back(part.column = stored(part.column));
      const std::string_view what = index.kind == schema::IndexKind::unique ? "unique key" : "index";
      if (made->predicate && !parses_as_condition(*made->predicate)) {
        reject(placed, index.attribute->span, what, fmt::format("`{}` is no SQL condition", *made->predicate),
               "Write a condition as it follows WHERE in SQL.");
        continue;
      }
      check_name(placed, index.attribute->span, what, made->name);
      add(catalog::CreateIndex{.table = table, .index = std::move(*made)},
          {.placed = &placed,
           .at = index.attribute->span,
           .what = what,
           .help = "Change its fields or its type, or give it another name with `map`.",
           .needs = table_keys(table, columns)});
    }
  }

  void add_relations(const Placed& placed) {
    if (oversized_.contains(stored(migrate::name_of(*placed)))) return;
    for (const schema::Field& field : placed->fields) {
      const auto relation = snapshot_.relation_of(placed, field);
      if (!relation || relation->owner.field != &field || !relation->other.model) continue;
      if (!(*relation->other.model)->is_model()) continue;
      if (relation->kind == schema::RelationKind::many_to_many) {
        add_join_table(placed, field, *relation);
      } else if (snapshot_.datasource()->foreign_keys) {
        add_foreign_key(placed, field, *relation);
      }
    }
  }

  void add_foreign_key(const Placed& placed, const schema::Field& field, const schema::Relation& relation) {
    auto key = migrate::foreign_key_of(relation);
    if (!key || oversized_.contains(stored(key->referenced_table))) return;
    const QualifiedName table = stored(migrate::name_of(*placed));
    key->referenced_table = stored(key->referenced_table);
    cut_all(key->columns);
    cut_all(key->referenced_columns);
    check_name(placed, field.syntax->range, "foreign key", key->name);
    StepOrigin item{.placed = &placed,
                    .at = field.syntax->range,
                    .what = "foreign key",
                    .help = "Give the fields of both sides the same native type (`@db.`).",
                    .needs = table_keys(table, key->columns)};
    std::ranges::copy(table_keys(key->referenced_table, key->referenced_columns), std::back_inserter(item.needs));
    add(catalog::AddForeignKey{.table = table, .key = std::move(*key)}, std::move(item));
  }

  void add_join_table(const Placed& placed, const schema::Field& field, const schema::Relation& relation) {
    auto table = migrate::join_table_of(relation, tables_, snapshot_);
    if (!table) return;
    table->name = stored(table->name);
    for (catalog::ForeignKey& key : table->foreign_keys) key.referenced_table = stored(key.referenced_table);
    const QualifiedName name = table->name;
    const catalog::Table* model = tables_.find_table(name);
    if (model != nullptr && migrate::serves_as_join_table(*model, *table)) return;
    check_name(placed, field.syntax->range, "table of the relation", name.name);
    std::vector<std::string> needs{"s" + name.schema};
    for (const catalog::ForeignKey& key : table->foreign_keys) {
      std::ranges::copy(table_keys(key.referenced_table, key.referenced_columns), std::back_inserter(needs));
    }
    add(catalog::CreateTable{.table = std::move(*table)},
        {.placed = &placed,
         .at = field.syntax->range,
         .what = "table of the relation",
         .help = "Give the relation another name with `@relation(\"…\")`.",
         .needs = std::move(needs),
         .makes = key_of('t', name),
         .occupies = occupied(name)});
  }

  const schema::Snapshot& snapshot_;
  migrate::ManagedScope scope_;
  SchemaSteps made_;
  catalog::Catalog tables_;  // those of the models, for join tables
  std::set<QualifiedName> oversized_;
  bool reports_ = true;             // false: of what is external, which migrations leave alone
  std::set<std::string> readable_;  // expressions that were parsed
  std::set<std::string> unreadable_;
};

}  // namespace

SchemaSteps schema_steps(const schema::Snapshot& snapshot) {
  return Builder(snapshot).build();
}

Rejection rejection_of(const Placed& placed, text::Range at, std::string_view what, std::string_view why,
                       std::string_view help) {
  return {placed->shared_from_this(), at, fmt::format("PostgreSQL rejects the {}: {}.", what, why), std::string(help)};
}

}  // namespace refract::features
