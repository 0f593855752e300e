#include "migrate/pull/pull.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/expression.h"
#include "migrate/diff/diff_options.h"
#include "migrate/diff/expressible.h"
#include "migrate/pull/pull_column.h"
#include "migrate/pull/pull_relations.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/domains.h"
#include "migrate/wanted/names.h"
#include "migrate/wanted/table_parts.h"

namespace refract::migrate {
namespace {

using catalog::Index;
using catalog::Table;

std::string capitalised(std::string_view method) {
  if (method == "spgist") return "SpGist";
  std::string name(method);
  if (!name.empty()) name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

class Puller {
 public:
  Puller(const catalog::Catalog& database, const schema::Snapshot& existing, const PullOptions& options)
      : database_(database), existing_(existing), names_(database, existing, options) {
    const schema::Datasource* datasource = existing.datasource();
    exceptions_ = &options.exceptions;
    lists_schemas_ = datasource && !datasource->schemas.empty();
    options_ = diff_options(existing);
    foreign_keys_ = !datasource || datasource->foreign_keys;
  }

  std::vector<PulledBlock> run() && {
    std::vector<PulledRelation> relations;
    if (foreign_keys_) relations = pulled_relations(database_, existing_, names_, *exceptions_);
    std::vector<PulledBlock> blocks;
    for (const auto& [name, table] : database_.tables) {
      if (!names_.describes(table) || table.columns.empty()) continue;
      if (is_expressed_by_relation(table, database_, names_)) continue;
      PulledBlock& block = blocks.emplace_back(model(table));
      for (PulledRelation& relation : relations) {
        if (relation.table == name) block.fields.push_back(std::move(relation.field));
      }
    }
    for (const auto& [name, enumeration] : database_.enums) {
      if (names_.describes(enumeration)) blocks.push_back(enum_block(enumeration));
    }
    return blocks;
  }

 private:
  PulledBlock block_of(const catalog::QualifiedName& origin, std::string keyword, std::string name) const {
    PulledBlock block{.origin = origin,
                      .keyword = std::move(keyword),
                      .name = std::move(name),
                      .remarks = {},
                      .fields = {},
                      .attributes = {}};
    return block;
  }

  // @@map and @@schema.
  void add_place(PulledBlock& block) const {
    if (block.name != block.origin.name)
      block.attributes.push_back({fmt::format("@@map({})", schema_string(block.origin.name)), ""});
    if (lists_schemas_)
      block.attributes.push_back({fmt::format("@@schema({})", schema_string(block.origin.schema)), ""});
  }

  PulledBlock enum_block(const catalog::Enum& enumeration) const {
    PulledBlock block = block_of(enumeration.name, "enum", names_.name_of_enum(enumeration.name));
    for (const std::string& value : enumeration.values) {
      PulledField& field = block.fields.emplace_back();
      field.name = names_.name_of_value(enumeration.name, value);
      field.origin = value;
      field.text = field.name == value ? value : fmt::format("{} @map({})", field.name, schema_string(value));
    }
    add_place(block);
    return block;
  }

  PulledBlock model(const Table& table) const {
    PulledBlock block = block_of(table.name, "model", names_.name_of_table(table.name));
    const schema::Placed* known = names_.model(table.name);
    const bool usable = has_usable_identifier(table, database_, names_);
    if (!known) block.remarks = remarks(table, usable);
    block.reserved = names_.is_reserved(table.name.name);
    block.usable = usable;
    for (const catalog::Column& column : table.columns) block.fields.push_back(column_field(table, column));
    if (table.primary_key && table.primary_key->columns.size() > 1) {
      block.attributes.push_back(
          {fmt::format("@@id({}{})", field_list(table, table.primary_key->columns), key_arguments(table)),
           table.primary_key->name});
    }
    for (const Index& index : table.indexes) {
      if (!is_described(table, index) || unique_over(table, index.columns.front().column) == &index) continue;
      block.attributes.push_back({fmt::format("@@{}({}{})", index.unique ? "unique" : "index",
                                              index_fields(table, index), index_arguments(table, index)),
                                  index.name});
    }
    const bool ignored = (known && (*known)->ignored) || !usable;
    if (ignored) block.attributes.push_back({"@@ignore", ""});
    add_place(block);
    return block;
  }

  bool is_described(const Table& table, const Index& index) const {
    if (exceptions_->without.contains({table.name, index.name})) return false;
    return !inexpressible(index, options_) || has_added_options(table, index) || is_only_unique(table, index);
  }

  // An index that a schema cannot express completely, but the only one that makes these columns unique, so it is pulled
  // as @unique.
  bool is_only_unique(const Table& table, const Index& index) const {
    return is_plain_unique(index) && std::ranges::none_of(table.indexes, [&](const Index& other) {
             const bool same = is_plain_unique(other) &&
                               std::ranges::equal(other.columns, index.columns, {}, &catalog::IndexColumn::column,
                                                  &catalog::IndexColumn::column);
             return same && (other.name < index.name || (other.name != index.name && !inexpressible(other, options_)));
           });
  }

  // An index of the schema to which options were added in the database. Migrations keep it.
  bool has_added_options(const Table& table, const Index& index) const {
    const schema::Placed* known = names_.model(table.name);
    if (!known || std::ranges::any_of(index.columns, &std::string::empty, &catalog::IndexColumn::column)) return false;
    return std::ranges::any_of((*known)->indexes, [&](const schema::Index& one) {
      if (one.kind == schema::IndexKind::id) return false;
      const auto wanted = index_of(**known, one);
      return wanted && wanted->name == index.name && index_differences(index, *wanted).empty();
    });
  }

  std::vector<std::string> remarks(const Table& table, bool usable) const {
    std::vector<std::string> found;
    if (names_.is_reserved(table.name.name)) {
      found.push_back(fmt::format("The table is named {}, which Prisma reserves.", table.name.name));
    }
    if (table.partitioned)
      found.emplace_back(
          "The table is partitioned, which a schema cannot express; migrations do not change the partitioning.");
    if (!table.checks.empty())
      found.push_back(
          fmt::format("The table has CHECK constraints, which a schema cannot express: {}.", joined(table.checks)));
    if (!table.exclusions.empty()) {
      found.push_back(fmt::format("The table has exclusion constraints, which a schema cannot express: {}.",
                                  joined(table.exclusions)));
    }
    if (!usable) {
      found.emplace_back(
          "The model has @@ignore, because the table has no unique key over required columns of supported types.");
    }
    if (std::ranges::any_of(table.foreign_keys, &catalog::ForeignKey::deferrable)) {
      found.emplace_back("The table has DEFERRABLE constraints, which a schema cannot express.");
    }
    if (table.row_level_security)
      found.emplace_back("The table has row-level security, which a schema cannot express.");
    const auto hidden =
        std::ranges::count_if(table.indexes, [&](const Index& index) { return !is_described(table, index); });
    std::vector<std::string> generated;
    for (const catalog::Column& column : table.columns) {
      if (column.generated) generated.push_back(column.name);
    }
    if (!generated.empty()) {
      found.push_back(fmt::format("The table has generated columns, which a schema cannot express: {}.",
                                  fmt::join(generated, ", ")));
    }
    if (hidden > 0) found.emplace_back("The table has indexes that a schema cannot express.");
    return found;
  }

  static std::string joined(const auto& constraints) {
    std::vector<std::string> names;
    for (const auto& constraint : constraints) names.push_back(constraint.name);
    return fmt::format("{}", fmt::join(names, ", "));
  }

  PulledField column_field(const Table& table, const catalog::Column& column) const {
    PulledField field;
    const schema::Field* known = names_.field(table.name, column.name);
    field.name = names_.name_of_column(table.name, column.name);
    field.origin = column.name;
    const PulledType type = type_of(table, column, known);
    field.text = fmt::format("{} {}{}", field.name, type.name, column.type.array ? "[]" : column.nullable ? "?" : "");
    if (table.primary_key && table.primary_key->columns == std::vector{column.name}) {
      const std::string arguments = key_arguments(table);
      field.text += arguments.empty() ? " @id" : fmt::format(" @id({})", arguments.substr(2));
    }
    if (const Index* unique = unique_over(table, column.name)) {
      std::string arguments = index_arguments(table, *unique);
      if (unique->columns.front().order == catalog::SortOrder::descending) arguments += ", sort: Desc";
      field.text += arguments.empty() ? " @unique" : fmt::format(" @unique({})", arguments.substr(2));
    }
    if (const std::string value = default_of(table, column, known); !value.empty())
      field.text += fmt::format(" @default({})", value);
    if (known && known->updated_at) field.text += " @updatedAt";
    if (field.name != column.name) field.text += fmt::format(" @map({})", schema_string(column.name));
    if (!type.native.empty()) field.text += fmt::format(" @{}", with_datasource(type.native));
    if (known && known->ignored) field.text += " @ignore";
    return field;
  }

  PulledType type_of(const Table& table, const catalog::Column& column, const schema::Field* known) const {
    if (known && known->kind == schema::TypeKind::unsupported) {
      const catalog::ColumnType written = column_type(*known, existing_);
      const catalog::ColumnType& type = column.type;
      const bool same = written.name == type.name && written.array == type.array &&
                        (written.modifiers.empty() || written.modifiers == type.modifiers);
      if (same) return {fmt::format("Unsupported({})", schema_string(written.unsupported.value)), "", true};
    }
    if (exceptions_->unsupported.contains({table.name, column.name})) return unsupported_type(column.type);
    return pulled_type(column, database_, names_);
  }

  // Attributes of native types carry the datasource's name.
  std::string with_datasource(const std::string& native) const {
    const schema::Datasource* datasource = existing_.datasource();
    return datasource ? fmt::format("{}{}", datasource->name, native.substr(2)) : native;
  }

  // The database's default, or else the one that Prisma Client generates.
  std::string default_of(const Table& table, const catalog::Column& column, const schema::Field* known) const {
    const bool raw = exceptions_->raw_defaults.contains({table.name, column.name});
    std::string value = raw ? raw_default(column) : pulled_default(column, database_, names_);
    if (!value.empty() || !known || !known->default_value || !known->default_value->expression) return value;
    const syntax::Expression& expression = *known->default_value->expression;
    const bool of_database = expression.kind != syntax::ExpressionKind::function || expression.value == "dbgenerated" ||
                             expression.value == "now" || expression.value == "autoincrement";
    return of_database ? value : std::string(expression.text);
  }

  const Index* unique_over(const Table& table, const std::string& column) const {
    const auto found = std::ranges::find_if(table.indexes, [&](const Index& index) {
      return index.unique && is_described(table, index) && index.columns.size() == 1 &&
             index.columns.front().column == column;
    });
    return found == table.indexes.end() ? nullptr : &*found;
  }

  std::string field_list(const Table& table, const std::vector<std::string>& columns) const {
    std::vector<std::string> fields;
    for (const std::string& column : columns) fields.push_back(names_.name_of_column(table.name, column));
    return fmt::format("[{}]", fmt::join(fields, ", "));
  }

  // ", map: …" and similar arguments.
  std::string key_arguments(const Table& table) const {
    const bool is_default_name = table.primary_key->name == primary_key_name(table.name.name);
    return client_name(table, table.primary_key->name) +
           (is_default_name ? "" : fmt::format(", map: {}", schema_string(table.primary_key->name)));
  }

  std::string index_fields(const Table& table, const Index& index) const {
    std::vector<std::string> fields;
    for (const catalog::IndexColumn& column : index.columns) {
      std::vector<std::string> arguments;
      // Prisma writes operator classes only for index types other than btree.
      if (index.method != "btree" && column.op_class && !is_default_operator_class(*column.op_class, index.method)) {
        arguments.push_back(fmt::format("ops: {}", operator_class_text(*column.op_class)));
      } else if (exceptions_->raw_classes.contains({table.name, index.name}) && !column.op_class) {
        const std::string name = catalog::default_op_class(index.method, table.find_column(column.column)->type);
        arguments.push_back(fmt::format("ops: raw({})", schema_string(name)));
      }
      if (column.order == catalog::SortOrder::descending) arguments.emplace_back("sort: Desc");
      const std::string name = names_.name_of_column(table.name, column.column);
      fields.push_back(arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", ")));
    }
    return fmt::format("[{}]", fmt::join(fields, ", "));
  }

  std::string index_arguments(const Table& table, const Index& index) const {
    std::vector<std::string> columns;
    for (const catalog::IndexColumn& column : index.columns) columns.push_back(column.column);
    const std::string is_default_name =
        index.unique ? unique_name(table.name.name, columns) : index_name(table.name.name, columns);
    std::string text = client_name(table, index.name);
    if (index.name != is_default_name) text += fmt::format(", map: {}", schema_string(index.name));
    if (index.method != "btree") text += fmt::format(", type: {}", capitalised(index.method));
    if (index.predicate) text += fmt::format(", where: raw({})", schema_string(*index.predicate));
    return text;
  }

  // The argument `name`: the index's name in Prisma Client, which is not in the database.
  std::string client_name(const Table& table, const std::string& constraint) const {
    const schema::Placed* known = names_.model(table.name);
    if (!known) return {};
    for (const schema::Index& index : (*known)->indexes) {
      if (!index.name || index.name == constraint) continue;
      std::string name;
      if (index.kind == schema::IndexKind::id) {
        const auto key = primary_key_of(**known);
        if (key) name = key->name;
      } else if (const auto made = index_of(**known, index)) {
        name = made->name;
      }
      if (name == constraint) return fmt::format(", name: {}", schema_string(*index.name));
    }
    return {};
  }

  const catalog::Catalog& database_;
  const schema::Snapshot& existing_;
  PullNames names_;
  const PullExceptions* exceptions_ = nullptr;
  bool lists_schemas_ = false;
  DiffOptions options_;
  bool foreign_keys_ = true;
};

}  // namespace

std::vector<PulledBlock> pull(const catalog::Catalog& database, const schema::Snapshot& existing,
                              const PullOptions& options) {
  catalog::Catalog without_domains = database;
  const Domains domains(database);
  for (auto& [name, table] : without_domains.tables) {
    if (auto shown = domains.with_base_types(table)) table = std::move(*shown);
    if (table.primary_key && inexpressible(*table.primary_key, table, {})) table.primary_key.reset();
  }
  return Puller(without_domains, existing, options).run();
}

std::string text_of(const PulledBlock& block) {
  std::string text;
  for (std::string remark : block.remarks) {
    // A name may have line breaks.
    std::ranges::replace_if(
        remark, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    text += fmt::format("/// {}\n", remark);
  }
  text += fmt::format("{} {} {{\n", block.keyword, block.name);
  for (const PulledField& field : block.fields) text += fmt::format("  {}\n", field.text);
  if (!block.attributes.empty()) text += "\n";
  for (const PulledAttribute& attribute : block.attributes) text += fmt::format("  {}\n", attribute.text);
  return text + "}\n";
}

}  // namespace refract::migrate
