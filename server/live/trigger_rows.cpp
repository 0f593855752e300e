#include "live/trigger_rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/expression/expression.h"
#include "catalog/parse/name_uses.h"
#include "migrate/diff/display_name.h"

namespace refract::live {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::UnmanagedKind;

QualifiedName resolved(QualifiedName name) {
  if (name.schema.empty()) name.schema = "public";
  return name;
}

std::string full(const QualifiedName& name) {
  return catalog::quote_name(name.schema) + "." + catalog::quote_name(name.name);
}

// What a step changes; triggers' functions by their own names.
struct Touched {
  std::set<QualifiedName> tables;
  std::set<std::string> functions;

  void add(const QualifiedName& table) { tables.insert(resolved(table)); }

  void operator()(const catalog::CreateTable& step) { add(step.table.name); }
  void operator()(const catalog::RenameTable& step) { add({step.table.schema, step.to}); }
  void operator()(const catalog::SetTableSchema& step) { add({step.schema, step.table.name}); }
  void operator()(const catalog::CreateUnmanaged& step) {
    if (step.object.on_table) add(*step.object.on_table);
    if (step.object.kind == UnmanagedKind::function) functions.insert(step.object.name.name);
  }
  void operator()(const catalog::RenameUnmanaged& step) {
    if (step.on_table) add(*step.on_table);
    if (step.kind == UnmanagedKind::function) functions.insert(step.to.name.empty() ? step.name.name : step.to.name);
  }
  void operator()(const catalog::DropUnmanaged& step) {
    if (step.on_table) add(*step.on_table);
  }
  void operator()(const catalog::DataStatement& step) {
    for (const QualifiedName& table : step.tables) add(table);
  }
  void operator()(const auto& step) {
    if constexpr (requires { QualifiedName(step.table); }) add(step.table);
  }
};

// A value of the type as the text of a literal. nullopt: no valid value is known.
std::optional<std::string> value_of(const catalog::ColumnType& type, const Catalog& catalog) {
  if (type.array) return "{}";
  if (!type.schema.empty()) {
    if (const catalog::Enum* enumeration = catalog.find_enum({type.schema, type.name}))
      return enumeration->values.empty() ? std::nullopt : std::optional(enumeration->values.front());
    for (const catalog::Unmanaged& object : catalog.unmanaged) {
      if (object.domain && object.name == QualifiedName{type.schema, type.name})
        return value_of(object.domain->base, catalog);
    }
    return type.name == "citext" ? std::optional<std::string>("refract") : std::nullopt;
  }
  const std::size_t length = type.modifiers.empty() ? 0 : static_cast<std::size_t>(type.modifiers.front());
  if (type.name == "text" || type.name == "varchar" || type.name == "bpchar" || type.name == "name") {
    return std::string("refract").substr(0, length == 0 ? std::string::npos : length);
  }
  if (type.name == "numeric") return type.modifiers.empty() ? "31415" : "0";
  if (type.name == "bit" || type.name == "varbit") return std::string(std::max<std::size_t>(length, 1), '0');
  static const std::map<std::string_view, std::string_view> kValues = {{"int2", "31415"},
                                                                       {"int4", "31415"},
                                                                       {"int8", "31415"},
                                                                       {"float4", "31415"},
                                                                       {"float8", "31415"},
                                                                       {"money", "31415"},
                                                                       {"oid", "31415"},
                                                                       {"bool", "true"},
                                                                       {"date", "2001-02-03"},
                                                                       {"timestamp", "2001-02-03 04:05:06"},
                                                                       {"timestamptz", "2001-02-03 04:05:06+00"},
                                                                       {"time", "04:05:06"},
                                                                       {"timetz", "04:05:06+00"},
                                                                       {"interval", "1 day"},
                                                                       {"uuid", "5f6f1c0a-3d5e-4a53-9c3a-7e0d1b2a3c4d"},
                                                                       {"json", "{}"},
                                                                       {"jsonb", "{}"},
                                                                       {"bytea", "\\x00"},
                                                                       {"inet", "127.0.0.1"},
                                                                       {"cidr", "127.0.0.0/8"},
                                                                       {"macaddr", "08:00:2b:01:02:03"},
                                                                       {"xml", "<a/>"},
                                                                       {"tsvector", "refract"},
                                                                       {"point", "(0,0)"},
                                                                       {"int4range", "empty"},
                                                                       {"int8range", "empty"},
                                                                       {"numrange", "empty"},
                                                                       {"tsrange", "empty"},
                                                                       {"tstzrange", "empty"},
                                                                       {"daterange", "empty"}};
  const auto found = kValues.find(type.name);
  return found == kValues.end() ? std::nullopt : std::optional(std::string(found->second));
}

struct GeneratedRow {
  std::vector<std::string> columns;
  std::vector<std::string> values;
  std::vector<std::string> assignments;
  std::optional<std::string> impossible;  // a column that needs an unknown value
};

GeneratedRow row_of(const catalog::Table& table, const Catalog& catalog) {
  GeneratedRow row;
  for (const catalog::Column& column : table.columns) {
    if (column.generated || column.identity == catalog::Identity::always) continue;
    const std::string name = catalog::quote_name(column.name);
    row.assignments.push_back(fmt::format("{0} = {0}", name));
    if (column.default_value || column.identity != catalog::Identity::none) continue;
    const auto value = value_of(column.type, catalog);
    if (!value && column.nullable) continue;
    if (!value) {
      row.impossible = fmt::format("no value could be generated for column {} of type {}", column.name,
                                   migrate::display_type(column.type));
      return row;
    }
    row.columns.push_back(name);
    row.values.push_back(catalog::quote_literal(*value));
  }
  return row;
}

constexpr std::string_view kBroken = "refract: broken: ";
constexpr std::string_view kOther = "refract: other: ";

// Errors of class 42 and unknown enum values are names that lead nowhere; everything else a trigger may mean.
std::string script(const catalog::Table& table, const GeneratedRow& row) {
  const std::string name = full(table.name);
  std::string sql = "BEGIN;\n";
  for (const catalog::ForeignKey& key : table.foreign_keys)
    sql += fmt::format("ALTER TABLE {} DROP CONSTRAINT {};\n", name, catalog::quote_name(key.name));
  for (const catalog::Check& check : table.checks)
    sql += fmt::format("ALTER TABLE {} DROP CONSTRAINT {};\n", name, catalog::quote_name(check.name));
  sql += "SET CONSTRAINTS ALL IMMEDIATE;\nDO $refract_rows$\nBEGIN\n";
  sql += row.columns.empty() ? fmt::format("  INSERT INTO {} DEFAULT VALUES;\n", name)
                             : fmt::format("  INSERT INTO {} ({}) VALUES ({});\n", name, fmt::join(row.columns, ", "),
                                           fmt::join(row.values, ", "));
  if (!row.assignments.empty()) sql += fmt::format("  UPDATE {} SET {};\n", name, fmt::join(row.assignments, ", "));
  sql += fmt::format("  DELETE FROM {};\n", name);
  sql +=
      "EXCEPTION WHEN OTHERS THEN\n  RAISE EXCEPTION '%', CASE WHEN SQLSTATE LIKE '42%' OR SQLERRM LIKE 'invalid input "
      "value for enum%' THEN ";
  sql += fmt::format("'{}' ELSE '{}' END || SQLERRM;\n", kBroken, kOther);
  return sql + "END $refract_rows$;\n";
}

// PostgreSQL's message without our mark and without where it was raised.
std::string said(std::string_view message, std::string_view mark) {
  message.remove_prefix(message.find(mark) + mark.size());
  return std::string(message.substr(0, message.find('\n')));
}

}  // namespace

std::vector<QualifiedName> touched_tables_with_triggers(std::span<const catalog::Step> steps, const Catalog& after) {
  Touched touched;
  for (const catalog::Step& step : steps) std::visit(touched, step.change);
  std::vector<QualifiedName> tables;
  for (const catalog::Unmanaged& object : after.unmanaged) {
    if (object.kind != UnmanagedKind::trigger || !object.on_table || !after.find_table(*object.on_table)) continue;
    const std::vector<catalog::NameUse> uses = catalog::name_uses(object.definition);
    const bool by_function =
        std::ranges::any_of(uses, [&](const catalog::NameUse& use) { return touched.functions.contains(use.name); });
    const bool listed = std::ranges::find(tables, *object.on_table) != tables.end();
    if ((by_function || touched.tables.contains(*object.on_table)) && !listed) tables.push_back(*object.on_table);
  }
  return tables;
}

std::vector<TriedTable> try_triggers(Session& session, const Catalog& catalog, std::span<const QualifiedName> tables) {
  std::vector<TriedTable> tried;
  for (const QualifiedName& name : tables) {
    TriedTable& one = tried.emplace_back(TriedTable{name, std::nullopt, std::nullopt});
    const catalog::Table& table = *catalog.find_table(name);
    const GeneratedRow row = row_of(table, catalog);
    if (row.impossible) {
      one.not_tried = *row.impossible;
      continue;
    }
    const auto ran = session.execute(script(table, row));
    static_cast<void>(session.execute("ROLLBACK"));
    if (ran) continue;
    const std::string& message = ran.error().message;
    if (message.contains(kBroken)) {
      one.failure = said(message, kBroken);
    } else {
      one.not_tried = message.contains(kOther) ? said(message, kOther) : message;
    }
  }
  return tried;
}

}  // namespace refract::live
