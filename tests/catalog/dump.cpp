#include "catalog/dump.h"

#include <fmt/format.h>

#include "catalog/expression/expression.h"
#include "support/catch.h"

namespace refract::catalog::test {
namespace {

std::string name_of(const QualifiedName& name) {
  return name.schema == "public" ? name.name : name.schema + "." + name.name;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string column_line(const Column& column) {
  std::string line = "  " + column.name + " " + type_sql(column.type);
  if (!column.nullable) line += " not null";
  if (column.default_value) {
    static constexpr std::string_view kKinds[] = {"=", "now", "from", "computed"};
    const Default& value = *column.default_value;
    line += fmt::format(" {}", kKinds[static_cast<int>(value.kind)]);
    if (value.kind == DefaultKind::sequence) line += " " + name_of(*value.sequence);
    if (value.kind == DefaultKind::literal || value.kind == DefaultKind::expression) line += " " + value.expression;
  }
  if (column.identity != Identity::none) line += column.identity == Identity::always ? " identity always" : " identity";
  if (column.generated) line += " generated " + *column.generated;
  if (column.collation) line += " collate " + *column.collation;
  return line + "\n";
}

std::string index_line(const Index& index) {
  std::string columns;
  for (const IndexColumn& part : index.columns) {
    columns += (columns.empty() ? "" : ", ") + (part.column.empty() ? "<" + part.expression + ">" : part.column);
    if (part.op_class) columns += " " + *part.op_class;
    for (const std::string& option : part.op_class_options) columns += " " + option;
    if (part.order == SortOrder::descending) columns += " desc";
    if (part.nulls != NullsOrder::usual) columns += part.nulls == NullsOrder::first ? " nulls first" : " nulls last";
  }
  std::string line = fmt::format("  {} {} ({})",
                                 index.constraint ? "unique constraint"
                                 : index.unique   ? "unique index"
                                                  : "index",
                                 index.name, columns);
  if (index.method != "btree") line += " using " + index.method;
  if (!index.include.empty()) line += " include " + list_of(index.include);
  if (index.predicate) line += " where " + *index.predicate;
  if (index.nulls_not_distinct) line += " nulls not distinct";
  if (!index.valid) line += " invalid";
  return line + "\n";
}

std::string foreign_key_line(const ForeignKey& key) {
  static constexpr std::string_view kActions[] = {"no action", "restrict", "cascade", "set null", "set default"};
  std::string line = fmt::format("  foreign key {} ({}) -> {} ({})", key.name, list_of(key.columns),
                                 name_of(key.referenced_table), list_of(key.referenced_columns));
  if (key.on_delete != ReferentialAction::no_action)
    line += fmt::format(" delete {}", kActions[static_cast<int>(key.on_delete)]);
  if (key.on_update != ReferentialAction::no_action)
    line += fmt::format(" update {}", kActions[static_cast<int>(key.on_update)]);
  if (key.deferrable) line += key.initially_deferred ? " initially deferred" : " deferrable";
  if (!key.valid) line += " not valid";
  return line + "\n";
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \n") + 1 - begin));
}

}  // namespace

std::string dump(const Catalog& catalog) {
  std::string text;
  for (const std::string& schema : catalog.schemas) {
    if (schema != "public") text += "schema " + schema + "\n";
  }
  for (const auto& [name, extension] : catalog.extensions) text += "extension " + name + "\n";
  for (const auto& [name, value] : catalog.enums)
    text += fmt::format("enum {}: {}\n", name_of(name), list_of(value.values));
  for (const auto& [name, table] : catalog.tables) {
    text += "table " + name_of(name);
    if (table.partitioned) text += " partitioned";
    if (table.partition_of) text += " partition of " + name_of(*table.partition_of);
    if (!table.inherits.empty()) text += " inherits";
    for (const QualifiedName& parent : table.inherits) text += " " + name_of(parent);
    text += table.row_level_security ? " with row security\n" : "\n";
    for (const Column& column : table.columns) text += column_line(column);
    if (table.primary_key)
      text += fmt::format("  primary key {} ({})\n", table.primary_key->name, list_of(table.primary_key->columns));
    for (const Index& index : table.indexes) text += index_line(index);
    for (const ForeignKey& key : table.foreign_keys) text += foreign_key_line(key);
    for (const Check& check : table.checks)
      text += fmt::format("  check {} {}{}\n", check.name, check.expression, check.valid ? "" : " not valid");
    for (const Exclusion& exclusion : table.exclusions)
      text += fmt::format("  exclusion {} {}\n", exclusion.name, exclusion.definition);
  }
  for (const auto& [name, sequence] : catalog.sequences) {
    text += fmt::format("sequence {} {}", name_of(name), sequence.type);
    if (sequence.start) text += fmt::format(" start {}", *sequence.start);
    if (sequence.increment) text += fmt::format(" increment {}", *sequence.increment);
    if (sequence.owner_table) text += fmt::format(" of {}.{}", name_of(*sequence.owner_table), sequence.owner_column);
    text += "\n";
  }
  for (const auto& [name, view] : catalog.views) {
    text += fmt::format("{} {} of", view.materialized ? "materialized view" : "view", name_of(name));
    for (const QualifiedName& used : view.uses) text += " " + name_of(used);
    text += "\n";
  }
  for (const Unmanaged& object : catalog.unmanaged) {
    text += fmt::format("unmanaged {}{}\n", name_of(object.name),
                        object.on_table ? " on " + name_of(*object.on_table) : "");
  }
  return text;
}

std::vector<Step> steps_of(std::string_view sql) {
  ParsedSql parsed = parse_sql(sql);
  for (const SqlError& error : parsed.errors) FAIL_CHECK("does not parse: " << error.message);
  return std::move(parsed.steps);
}

void check_catalog(std::string_view sql, std::string_view expected) {
  Catalog catalog = Catalog::empty();
  for (const ReplayIssue& issue : replay(steps_of(sql), catalog)) FAIL_CHECK(issue.message);
  CHECK(trimmed(dump(catalog)) == trimmed(expected));
}

std::string issues_of(std::string_view sql) {
  Catalog catalog = Catalog::empty();
  std::string text;
  for (const ReplayIssue& issue : replay(steps_of(sql), catalog)) {
    text += (text.empty() ? "" : "\n") + std::string(issue.error ? "error: " : "opaque: ") + issue.message;
  }
  return text;
}

}  // namespace refract::catalog::test
