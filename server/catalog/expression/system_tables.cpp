#include "catalog/expression/system_tables.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "catalog/expression/expression.h"

namespace refract::catalog {
namespace {

using Row = std::vector<SqlValue>;

SqlValue text(std::string_view value) {
  return std::string(value);
}

std::string schema_oid(const std::string& schema) {
  return oid_of("schema", {schema, schema});
}

std::string_view table_kind(const Table& table) {
  return table.partitioned ? "p" : "r";
}

void each_table(const Catalog& catalog, const std::function<void(const Table&)>& visit) {
  for (const auto& [name, table] : catalog.tables) visit(table);
}

// Name, kind as pg_constraint has it, and whether it was validated.
void each_constraint(const Table& table,
                     const std::function<void(const std::string&, std::string_view, bool valid)>& visit) {
  if (table.primary_key) visit(table.primary_key->name, "p", true);
  for (const Index& index : table.indexes) {
    if (index.constraint) visit(index.name, "u", true);
  }
  for (const ForeignKey& key : table.foreign_keys) visit(key.name, "f", key.valid);
  for (const Check& check : table.checks) visit(check.name, "c", check.valid);
  for (const Exclusion& exclusion : table.exclusions) visit(exclusion.name, "x", true);
}

// Every index of a table, the constraints' own included.
void each_index(const Table& table, const std::function<void(const std::string&, bool unique)>& visit) {
  if (table.primary_key) visit(table.primary_key->name, true);
  for (const Index& index : table.indexes) visit(index.name, index.unique);
  for (const Exclusion& exclusion : table.exclusions) visit(exclusion.name, false);
}

SystemTable pg_type(const Catalog& catalog) {
  SystemTable table{{"oid", "typname", "typnamespace", "typtype"}, {}};
  const auto add = [&](const QualifiedName& name, std::string_view kind) {
    table.rows.push_back({oid_of("type", name), name.name, schema_oid(name.schema), text(kind)});
  };
  for (const auto& [name, value] : catalog.enums) add(name, "e");
  for (const auto& [name, value] : catalog.tables) add(name, "c");
  for (const auto& [name, value] : catalog.views) add(name, "c");
  for (const Unmanaged& object : catalog.unmanaged) {
    if (object.kind == UnmanagedKind::domain) add(object.name, "d");
    if (object.kind == UnmanagedKind::composite_type) add(object.name, "c");
    if (object.kind == UnmanagedKind::range_type) add(object.name, "r");
  }
  return table;
}

SystemTable pg_enum(const Catalog& catalog) {
  SystemTable table{{"enumtypid", "enumlabel"}, {}};
  for (const auto& [name, value] : catalog.enums) {
    for (const std::string& label : value.values) table.rows.push_back({oid_of("type", name), label});
  }
  return table;
}

SystemTable pg_namespace(const Catalog& catalog) {
  SystemTable table{{"oid", "nspname", "schema_name", "catalog_name"}, {}};
  for (const std::string& schema : catalog.schemas)
    table.rows.push_back({schema_oid(schema), schema, schema, text(kDatabase)});
  return table;
}

SystemTable pg_class(const Catalog& catalog) {
  SystemTable table{{"oid", "relname", "relnamespace", "relkind", "relrowsecurity"}, {}};
  const auto add = [&](const QualifiedName& name, std::string_view kind, bool secured) {
    table.rows.push_back({oid_of("table", name), name.name, schema_oid(name.schema), text(kind), secured});
  };
  each_table(catalog, [&](const Table& of) {
    add(of.name, table_kind(of), of.row_level_security);
    each_index(of, [&](const std::string& name, bool) {
      add({of.name.schema, name}, of.partitioned ? "I" : "i", false);
    });
  });
  for (const auto& [name, view] : catalog.views) add(name, view.materialized ? "m" : "v", false);
  for (const auto& [name, sequence] : catalog.sequences) add(name, "S", false);
  return table;
}

SystemTable pg_index(const Catalog& catalog) {
  SystemTable table{{"indexrelid", "indrelid", "indisunique"}, {}};
  each_table(catalog, [&](const Table& of) {
    each_index(of, [&](const std::string& name, bool unique) {
      table.rows.push_back({oid_of("table", {of.name.schema, name}), oid_of("table", of.name), unique});
    });
  });
  return table;
}

SystemTable pg_indexes(const Catalog& catalog) {
  SystemTable table{{"schemaname", "tablename", "indexname"}, {}};
  each_table(catalog, [&](const Table& of) {
    each_index(of, [&](const std::string& name, bool) { table.rows.push_back({of.name.schema, of.name.name, name}); });
  });
  return table;
}

SystemTable pg_constraint(const Catalog& catalog) {
  SystemTable table{{"oid", "conname", "conrelid", "connamespace", "contype", "convalidated"}, {}};
  each_table(catalog, [&](const Table& of) {
    each_constraint(of, [&](const std::string& name, std::string_view kind, bool valid) {
      table.rows.push_back({oid_of("constraint", {of.name.schema + "." + of.name.name, name}), name,
                            oid_of("table", of.name), schema_oid(of.name.schema), text(kind), valid});
    });
  });
  return table;
}

SystemTable pg_attribute(const Catalog& catalog) {
  SystemTable table{{"attrelid", "attname", "attnotnull", "attisdropped"}, {}};
  each_table(catalog, [&](const Table& of) {
    for (const Column& column : of.columns)
      table.rows.push_back({oid_of("table", of.name), column.name, !column.nullable, false});
  });
  return table;
}

SystemTable pg_tables(const Catalog& catalog) {
  SystemTable table{{"schemaname", "tablename"}, {}};
  each_table(catalog, [&](const Table& of) { table.rows.push_back({of.name.schema, of.name.name}); });
  return table;
}

template <bool materialized>
SystemTable pg_views(const Catalog& catalog) {
  SystemTable table{{"schemaname", materialized ? "matviewname" : "viewname"}, {}};
  for (const auto& [name, view] : catalog.views) {
    if (view.materialized == materialized) table.rows.push_back({name.schema, name.name});
  }
  return table;
}

SystemTable pg_sequences(const Catalog& catalog) {
  SystemTable table{{"schemaname", "sequencename", "sequence_schema", "sequence_name"}, {}};
  for (const auto& [name, value] : catalog.sequences)
    table.rows.push_back({name.schema, name.name, name.schema, name.name});
  return table;
}

SystemTable pg_extension(const Catalog& catalog) {
  SystemTable table{{"extname"}, {}};
  table.rows.push_back({text("plpgsql")});
  for (const auto& [name, value] : catalog.extensions) table.rows.push_back({name});
  return table;
}

// Triggers and policies: objects on a table.
template <UnmanagedKind kind>
SystemTable on_tables(const Catalog& catalog) {
  SystemTable table{{}, {}};
  table.columns = kind == UnmanagedKind::trigger
                      ? std::vector<std::string_view>{"tgname",
                                                      "tgrelid",
                                                      "trigger_name",
                                                      "event_object_schema",
                                                      "event_object_table",
                                                      "trigger_schema"}
                      : std::vector<std::string_view>{"polname", "polrelid", "policyname", "schemaname", "tablename"};
  for (const Unmanaged& object : catalog.unmanaged) {
    if (object.kind != kind || !object.on_table) continue;
    Row row{object.name.name, oid_of("table", *object.on_table), object.name.name, object.on_table->schema,
            object.on_table->name};
    if (kind == UnmanagedKind::trigger) row.push_back(object.on_table->schema);
    table.rows.push_back(std::move(row));
  }
  return table;
}

SystemTable pg_proc(const Catalog& catalog) {
  SystemTable table{{"proname", "pronamespace", "routine_name", "routine_schema"}, {}};
  for (const Unmanaged& object : catalog.unmanaged) {
    if (object.kind != UnmanagedKind::function && object.kind != UnmanagedKind::procedure) continue;
    table.rows.push_back({object.name.name, schema_oid(object.name.schema), object.name.name, object.name.schema});
  }
  return table;
}

SystemTable information_tables(const Catalog& catalog) {
  SystemTable table{{"table_catalog", "table_schema", "table_name", "table_type"}, {}};
  const auto add = [&](const QualifiedName& name, std::string_view kind) {
    table.rows.push_back({text(kDatabase), name.schema, name.name, text(kind)});
  };
  each_table(catalog, [&](const Table& of) { add(of.name, "BASE TABLE"); });
  for (const auto& [name, view] : catalog.views) {
    if (!view.materialized) add(name, "VIEW");
  }
  return table;
}

SystemTable information_views(const Catalog& catalog) {
  SystemTable table{{"table_catalog", "table_schema", "table_name"}, {}};
  for (const auto& [name, view] : catalog.views) {
    if (!view.materialized) table.rows.push_back({text(kDatabase), name.schema, name.name});
  }
  return table;
}

// "integer", "text[]"…, as information_schema.columns.data_type spells a type.
std::string data_type(const ColumnType& type) {
  static const std::unordered_map<std::string_view, std::string_view> kNames = {
      {"int2", "smallint"},
      {"int4", "integer"},
      {"int8", "bigint"},
      {"float4", "real"},
      {"float8", "double precision"},
      {"bool", "boolean"},
      {"varchar", "character varying"},
      {"bpchar", "character"},
      {"varbit", "bit varying"},
      {"timestamp", "timestamp without time zone"},
      {"timestamptz", "timestamp with time zone"},
      {"time", "time without time zone"},
      {"timetz", "time with time zone"}};
  if (type.array) return "ARRAY";
  if (!type.schema.empty()) return "USER-DEFINED";
  const auto found = kNames.find(type.name);
  return std::string(found == kNames.end() ? std::string_view(type.name) : found->second);
}

SystemTable information_columns(const Catalog& catalog) {
  SystemTable table{{"table_catalog", "table_schema", "table_name", "column_name", "is_nullable", "data_type",
                     "udt_name", "is_identity", "is_generated"},
                    {}};
  each_table(catalog, [&](const Table& of) {
    for (const Column& column : of.columns) {
      table.rows.push_back(
          {text(kDatabase), of.name.schema, of.name.name, column.name, text(column.nullable ? "YES" : "NO"),
           data_type(column.type), (column.type.array ? "_" : "") + column.type.name,
           text(column.identity == Identity::none ? "NO" : "YES"), text(column.generated ? "ALWAYS" : "NEVER")});
    }
  });
  return table;
}

SystemTable information_constraints(const Catalog& catalog) {
  SystemTable table{{"constraint_catalog", "constraint_schema", "constraint_name", "table_catalog", "table_schema",
                     "table_name", "constraint_type"},
                    {}};
  each_table(catalog, [&](const Table& of) {
    each_constraint(of, [&](const std::string& name, std::string_view kind, bool) {
      // Exclusion constraints are not listed there.
      if (kind == "x") return;
      const std::string_view type = kind == "p"   ? "PRIMARY KEY"
                                    : kind == "u" ? "UNIQUE"
                                    : kind == "f" ? "FOREIGN KEY"
                                                  : "CHECK";
      table.rows.push_back(
          {text(kDatabase), of.name.schema, name, text(kDatabase), of.name.schema, of.name.name, text(type)});
    });
  });
  return table;
}

using Maker = SystemTable (*)(const Catalog&);

}  // namespace

std::string oid_of(std::string_view kind, const QualifiedName& name) {
  return std::string(kind) + " " + name.schema + "." + name.name;
}

bool is_name_column(std::string_view column) {
  return column == "enumlabel" || column == "relname" || column == "conname" || column == "attname" ||
         column.ends_with("_name") || (column.ends_with("name") && column != "schemaname");
}

std::optional<SystemTable> system_table(const QualifiedName& name, const Catalog& catalog) {
  static const std::unordered_map<std::string_view, Maker> kSystem = {{"pg_type", pg_type},
                                                                      {"pg_enum", pg_enum},
                                                                      {"pg_namespace", pg_namespace},
                                                                      {"pg_class", pg_class},
                                                                      {"pg_index", pg_index},
                                                                      {"pg_indexes", pg_indexes},
                                                                      {"pg_constraint", pg_constraint},
                                                                      {"pg_attribute", pg_attribute},
                                                                      {"pg_tables", pg_tables},
                                                                      {"pg_views", pg_views<false>},
                                                                      {"pg_matviews", pg_views<true>},
                                                                      {"pg_sequences", pg_sequences},
                                                                      {"pg_extension", pg_extension},
                                                                      {"pg_trigger", on_tables<UnmanagedKind::trigger>},
                                                                      {"pg_policies", on_tables<UnmanagedKind::policy>},
                                                                      {"pg_policy", on_tables<UnmanagedKind::policy>},
                                                                      {"pg_proc", pg_proc}};
  static const std::unordered_map<std::string_view, Maker> kInformation = {
      {"tables", information_tables},
      {"views", information_views},
      {"columns", information_columns},
      {"table_constraints", information_constraints},
      {"schemata", pg_namespace},
      {"sequences", pg_sequences},
      {"triggers", on_tables<UnmanagedKind::trigger>},
      {"routines", pg_proc}};
  const bool information = name.schema == "information_schema";
  if (!information && !name.schema.empty() && name.schema != "pg_catalog") return std::nullopt;
  const auto& makers = information ? kInformation : kSystem;
  const auto found = makers.find(name.name);
  return found == makers.end() ? std::nullopt : std::optional(found->second(catalog));
}

}  // namespace refract::catalog
