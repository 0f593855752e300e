#include "migrate/pull.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "migrate/domains.h"
#include "migrate/names.h"
#include "migrate/pull_column.h"
#include "migrate/pull_relations.h"
#include "migrate/table_parts.h"

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
    many_schemas_ = datasource && !datasource->schemas.empty();
    partial_indexes_ = existing.has_preview_feature("partialIndexes");
    foreign_keys_ = !datasource || datasource->foreign_keys;
  }

  std::vector<PulledBlock> run() && {
    std::vector<PulledRelation> relations;
    if (foreign_keys_) relations = pulled_relations(database_, existing_, names_);
    std::vector<PulledBlock> blocks;
    for (const auto& [name, table] : database_.tables) {
      if (!is_described(name) || table.partition_of || is_implicit_join_table(table)) continue;
      PulledBlock& block = blocks.emplace_back(model(table));
      for (PulledRelation& relation : relations) {
        if (relation.table == name) block.fields.push_back(std::move(relation.field));
      }
    }
    for (const auto& [name, enumeration] : database_.enums) {
      if (is_described(name)) blocks.push_back(enum_block(enumeration));
    }
    return blocks;
  }

 private:
  // Without `schemas` a datasource is about the one that its URL names.
  bool is_described(const catalog::QualifiedName& name) const {
    if (!many_schemas_) return name.schema == "public";
    const auto& schemas = existing_.datasource()->schemas;
    return std::ranges::find(schemas, name.schema) != schemas.end();
  }

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
    if (many_schemas_)
      block.attributes.push_back({fmt::format("@@schema({})", schema_string(block.origin.schema)), ""});
  }

  PulledBlock enum_block(const catalog::Enum& enumeration) const {
    PulledBlock block = block_of(enumeration.name, "enum", names_.name_of_enum(enumeration.name));
    for (const std::string& value : enumeration.values) {
      PulledField& field = block.fields.emplace_back();
      field.name = names_.name_of_value(enumeration.name, value);
      field.commented = field.name.empty();
      if (field.commented) field.name = value;
      field.text = field.name == value && !field.commented
                       ? value
                       : fmt::format("{} @map({})", field.name, schema_string(value));
    }
    add_place(block);
    return block;
  }

  PulledBlock model(const Table& table) const {
    PulledBlock block = block_of(table.name, "model", names_.name_of_table(table.name));
    const schema::Placed* known = names_.model(table.name);
    const bool usable = has_usable_identifier(table, database_, names_);
    if (!known) block.remarks = remarks(table, usable);
    block.commented = table.columns.empty();
    for (const catalog::Column& column : table.columns) block.fields.push_back(column_field(table, column));
    if (table.primary_key && table.primary_key->columns.size() > 1) {
      block.attributes.push_back(
          {fmt::format("@@id({}{})", field_list(table, table.primary_key->columns), key_arguments(table)),
           table.primary_key->name});
    }
    for (const Index& index : table.indexes) {
      if (!is_described(index) || (index.unique && index.columns.size() == 1)) continue;
      block.attributes.push_back({fmt::format("@@{}({}{})", index.unique ? "unique" : "index",
                                              index_fields(table, index), index_arguments(table, index)),
                                  index.name});
    }
    const bool ignored = (known && (*known)->ignored) || (!usable && !table.columns.empty());
    if (ignored) block.attributes.push_back({"@@ignore", ""});
    add_place(block);
    return block;
  }

  bool is_described(const Index& index) const {
    const bool expressions =
        std::ranges::any_of(index.columns, [](const catalog::IndexColumn& column) { return column.column.empty(); });
    return !expressions && (!index.predicate || partial_indexes_);
  }

  std::vector<std::string> remarks(const Table& table, bool usable) const {
    std::vector<std::string> found;
    if (names_.is_reserved(table.name)) {
      found.push_back(fmt::format("The table is called {}, a name that Prisma keeps for itself.", table.name.name));
    }
    if (table.partitioned)
      found.emplace_back("The table is partitioned, which a schema cannot express; migrations leave that alone.");
    if (!table.checks.empty())
      found.push_back(fmt::format("The table has checks, which a schema cannot express: {}.", joined(table.checks)));
    if (!table.exclusions.empty()) {
      found.push_back(fmt::format("The table has exclusion constraints, which a schema cannot express: {}.",
                                  joined(table.exclusions)));
    }
    if (table.columns.empty()) {
      found.emplace_back("The table shows no columns: it has none, or you lack the right to see them.");
    } else if (!usable) {
      found.emplace_back("Prisma Client leaves the table out: it has no key over required columns of known types.");
    }
    if (std::ranges::any_of(table.foreign_keys, &catalog::ForeignKey::deferrable)) {
      found.emplace_back("The table has DEFERRABLE constraints, which a schema cannot express.");
    }
    if (table.row_level_security)
      found.emplace_back("The table has row level security, which a schema cannot express.");
    const auto hidden = std::ranges::count_if(table.indexes, [&](const Index& index) { return !is_described(index); });
    if (hidden > 0) found.emplace_back("The table has partial or expression indexes, which a schema cannot express.");
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
    field.commented = !known && schema_name(column.name).empty();
    if (field.commented) {
      field.remarks.emplace_back(
          "The column's name has no letter, which a field needs: give it a name and take this in.");
    }
    const PulledType type = pulled_type(column, database_, names_);
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
    if (const std::string value = default_of(column, known); !value.empty())
      field.text += fmt::format(" @default({})", value);
    if (known && known->updated_at) field.text += " @updatedAt";
    if (field.name != column.name || field.commented)
      field.text += fmt::format(" @map({})", schema_string(column.name));
    if (!type.native.empty()) field.text += fmt::format(" @{}", with_datasource(type.native));
    if (known && known->ignored) field.text += " @ignore";
    return field;
  }

  // Attributes of native types carry the datasource's name.
  std::string with_datasource(const std::string& native) const {
    const schema::Datasource* datasource = existing_.datasource();
    return datasource ? fmt::format("{}{}", datasource->name, native.substr(2)) : native;
  }

  // The database's, else the one that the client makes.
  std::string default_of(const catalog::Column& column, const schema::Field* known) const {
    std::string value = pulled_default(column, database_, names_);
    if (!value.empty() || !known || !known->default_value || !known->default_value->expression) return value;
    const syntax::Expression& expression = *known->default_value->expression;
    const bool of_database = expression.kind != syntax::ExpressionKind::function || expression.value == "dbgenerated" ||
                             expression.value == "now" || expression.value == "autoincrement";
    return of_database ? value : std::string(expression.text);
  }

  const Index* unique_over(const Table& table, const std::string& column) const {
    const auto found = std::ranges::find_if(table.indexes, [&](const Index& index) {
      return index.unique && is_described(index) && index.columns.size() == 1 && index.columns.front().column == column;
    });
    return found == table.indexes.end() ? nullptr : &*found;
  }

  std::string field_list(const Table& table, const std::vector<std::string>& columns) const {
    std::vector<std::string> fields;
    for (const std::string& column : columns) fields.push_back(names_.name_of_column(table.name, column));
    return fmt::format("[{}]", fmt::join(fields, ", "));
  }

  // ", map: …" and the like.
  std::string key_arguments(const Table& table) const {
    const bool usual = table.primary_key->name == primary_key_name(table.name.name);
    return client_name(table, table.primary_key->name) +
           (usual ? "" : fmt::format(", map: {}", schema_string(table.primary_key->name)));
  }

  std::string index_fields(const Table& table, const Index& index) const {
    std::vector<std::string> fields;
    for (const catalog::IndexColumn& column : index.columns) {
      std::vector<std::string> arguments;
      // Prisma says operator classes of other methods than btree only.
      if (index.method != "btree" && column.op_class && !is_default_operator_class(*column.op_class, index.method)) {
        arguments.push_back(fmt::format("ops: {}", operator_class_text(*column.op_class)));
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
    const std::string usual =
        index.unique ? unique_name(table.name.name, columns) : index_name(table.name.name, columns);
    std::string text = client_name(table, index.name);
    if (index.name != usual) text += fmt::format(", map: {}", schema_string(index.name));
    if (index.method != "btree") text += fmt::format(", type: {}", capitalised(index.method));
    if (index.predicate) text += fmt::format(", where: raw({})", schema_string(*index.predicate));
    return text;
  }

  // The name that only the client knows an index by: no database has it.
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
  bool many_schemas_ = false;
  bool partial_indexes_ = false;
  bool foreign_keys_ = true;
};

}  // namespace

std::vector<PulledBlock> pull(const catalog::Catalog& database, const schema::Snapshot& existing,
                              const PullOptions& options) {
  catalog::Catalog seen = database;
  const Domains domains(database);
  for (auto& [name, table] : seen.tables) {
    if (auto shown = domains.beneath(table)) table = std::move(*shown);
  }
  return Puller(seen, existing, options).run();
}

std::string text_of(const PulledBlock& block) {
  std::string text;
  for (const std::string& remark : block.remarks) text += fmt::format("/// {}\n", remark);
  const std::string_view lead = block.commented ? "// " : "";
  text += fmt::format("{}{} {} {{\n", lead, block.keyword, block.name);
  for (const PulledField& field : block.fields) {
    for (const std::string& remark : field.remarks) text += fmt::format("  /// {}\n", remark);
    text += fmt::format("  {}{}\n", field.commented ? "// " : "", field.text);
  }
  if (!block.attributes.empty()) text += "\n";
  for (const PulledAttribute& attribute : block.attributes) text += fmt::format("{}  {}\n", lead, attribute.text);
  return text + fmt::format("{}}}\n", lead);
}

}  // namespace refract::migrate
