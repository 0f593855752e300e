#include <algorithm>

#include "catalog/expression/default.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/names.h"
#include "catalog/expression/printer.h"
#include "catalog/parse/lower.h"

namespace refract::catalog {
namespace {

ReferentialAction action_of(std::string_view letter) {
  if (letter == "r") return ReferentialAction::restrict_;
  if (letter == "c") return ReferentialAction::cascade;
  if (letter == "n") return ReferentialAction::set_null;
  if (letter == "d") return ReferentialAction::set_default;
  return ReferentialAction::no_action;
}

std::string written(const Value& expression) {
  return print_expression(expression, PrintStyle::written);
}

}  // namespace

ForeignKey lower_foreign_key(const Value& constraint) {
  ForeignKey key;
  key.name = constraint["conname"].string();
  key.columns = tree::texts(constraint["fk_attrs"]);
  key.referenced_table = tree::relation(constraint["pktable"]);
  key.referenced_columns = tree::texts(constraint["pk_attrs"]);
  key.on_delete = action_of(constraint["fk_del_action"].string());
  key.on_update = action_of(constraint["fk_upd_action"].string());
  key.deferrable = constraint["deferrable"].boolean();
  key.initially_deferred = constraint["initdeferred"].boolean();
  key.valid = !constraint["skip_validation"].boolean();
  return key;
}

Exclusion lower_exclusion(const Value& constraint) {
  std::string elements;
  std::vector<std::string> labels;
  for (const Value& pair : constraint["exclusions"].items()) {
    const std::vector<Value> parts = tree::list(pair);
    if (parts.size() != 2) continue;
    const IndexColumn column = lower_index_column(parts[0]["IndexElem"]);
    const std::vector<std::string> symbol = tree::texts(parts[1]["List"]["items"]);
    labels.push_back(column.column.empty() ? expression_label(column.expression) : column.column);
    if (!elements.empty()) elements += ", ";
    elements += (column.column.empty() ? column.expression : quote_name(column.column)) + " WITH " +
                (symbol.empty() ? std::string() : symbol.back());
  }
  const std::string_view method = constraint["access_method"].string();
  std::string definition = "EXCLUDE USING " + std::string(method.empty() ? "btree" : method) + " (" + elements + ")";
  if (constraint["where_clause"].exists()) definition += " WHERE (" + written(constraint["where_clause"]) + ")";
  return {std::string(constraint["conname"].string()), std::move(definition), {std::move(labels)}};
}

Index lower_unique(const Value& constraint, const std::string& column) {
  Index index{.name = std::string(constraint["conname"].string()), .unique = true, .constraint = true};
  index.nulls_not_distinct = constraint["nulls_not_distinct"].boolean();
  std::vector<std::string> keys = tree::texts(constraint["keys"]);
  if (keys.empty() && !column.empty()) keys.push_back(column);
  for (std::string& key : keys) index.columns.push_back({.column = std::move(key)});
  index.include = tree::texts(constraint["including"]);
  index.storage = lower_options(constraint["options"]);
  index.deferrable = constraint["deferrable"].boolean();
  index.initially_deferred = constraint["initdeferred"].boolean();
  return index;
}

PrimaryKey lower_primary_key(const Value& constraint, const std::string& column) {
  PrimaryKey key{std::string(constraint["conname"].string()), tree::texts(constraint["keys"])};
  if (key.columns.empty() && !column.empty()) key.columns.push_back(column);
  return key;
}

Check lower_check(const Value& constraint) {
  return {std::string(constraint["conname"].string()), written(constraint["raw_expr"]),
          !constraint["skip_validation"].boolean(), constraint["is_no_inherit"].boolean()};
}

LoweredColumn lower_column(const Value& definition) {
  LoweredColumn lowered;
  Column& column = lowered.column;
  column.name = definition["colname"].string();
  const bool typed = definition["typeName"].exists();
  LoweredType type = typed ? lower_type_name(definition["typeName"]) : LoweredType();
  column.type = std::move(type.type);
  if (type.serial) {
    column.nullable = false;
    column.default_value = Default{.kind = DefaultKind::sequence, .expression = {}};
  }
  if (definition["collClause"].exists()) {
    column.collation = tree::qualified(definition["collClause"]["collname"]).name;
  }
  for (const Value& item : definition["constraints"].items()) {
    const Value constraint = item["Constraint"];
    const std::string_view kind = constraint["contype"].string();
    if (kind == "CONSTR_NOTNULL") {
      column.nullable = false;
    } else if (kind == "CONSTR_NULL") {
      column.nullable = true;
    } else if (kind == "CONSTR_DEFAULT") {
      Default value = lower_untyped_default(constraint["raw_expr"]);
      // A partition may leave the type to its parent.
      if (!typed || resolve_default(value, column.type, "")) column.default_value = std::move(value);
    } else if (kind == "CONSTR_IDENTITY") {
      column.identity = constraint["generated_when"].string() == "a" ? Identity::always : Identity::by_default;
      column.nullable = false;
      if (constraint["options"].exists()) {
        lowered.identity.emplace();
        lower_sequence_options(constraint["options"], *lowered.identity);
      }
    } else if (kind == "CONSTR_GENERATED") {
      column.generated = written(constraint["raw_expr"]);
    } else if (!kind.starts_with("CONSTR_ATTR_")) {
      lowered.constraints.push_back(constraint);
    } else if (!lowered.constraints.empty()) {
      lowered.deferrable_of.emplace_back(lowered.constraints.size() - 1, kind);
    }
  }
  return lowered;
}

ForeignKey lower_column_foreign_key(const LoweredColumn& lowered, std::size_t constraint) {
  ForeignKey key = lower_foreign_key(lowered.constraints[constraint]);
  key.columns = {lowered.column.name};
  for (const auto& [of, attribute] : lowered.deferrable_of) {
    if (of != constraint) continue;
    if (attribute == "CONSTR_ATTR_DEFERRABLE") key.deferrable = true;
    if (attribute == "CONSTR_ATTR_DEFERRED") key.deferrable = key.initially_deferred = true;
  }
  return key;
}

namespace {

// False for a second primary key, which a table cannot hold.
bool add_constraint(const Value& constraint, const std::string& column, Table& table) {
  const std::string_view kind = constraint["contype"].string();
  if (kind == "CONSTR_PRIMARY") {
    if (table.primary_key) return false;
    table.primary_key = lower_primary_key(constraint, column);
  } else if (kind == "CONSTR_UNIQUE") {
    table.indexes.push_back(lower_unique(constraint, column));
  } else if (kind == "CONSTR_FOREIGN") {
    table.foreign_keys.push_back(lower_foreign_key(constraint));
    table.foreign_keys.back().valid = true;  // a new table has no rows to check: NOT VALID has no effect
  } else if (kind == "CONSTR_CHECK") {
    table.checks.push_back(lower_check(constraint));
    table.checks.back().valid = true;
  } else if (kind == "CONSTR_EXCLUSION") {
    table.exclusions.push_back(lower_exclusion(constraint));
  }
  return true;
}

LikeTable lower_like(const Value& clause, std::size_t position) {
  // Bits of PostgreSQL's TableLikeOption.
  constexpr std::int64_t kConstraints = 4, kDefaults = 8, kGenerated = 16, kIdentity = 32, kIndexes = 64;
  const std::int64_t options = clause["options"].integer();
  return {.table = tree::relation(clause["relation"]),
          .position = position,
          .defaults = (options & kDefaults) != 0,
          .constraints = (options & kConstraints) != 0,
          .identity = (options & kIdentity) != 0,
          .generated = (options & kGenerated) != 0,
          .indexes = (options & kIndexes) != 0};
}

}  // namespace

void lower_create_table(const Value& body, Lowering& lowering) {
  CreateTable create;
  Table& table = create.table;
  const Value relation = body["relation"];
  table.name = tree::relation(relation);
  create.if_not_exists = body["if_not_exists"].boolean();
  create.unlogged = relation["relpersistence"].string() == "u";
  create.temporary = relation["relpersistence"].string() == "t";
  table.partitioned = body["partspec"].exists();
  std::vector<PrimaryKey> surplus;  // replay refuses them, as PostgreSQL does
  std::vector<std::pair<std::string, Sequence>> identities;
  const auto add_or_defer = [&](const Value& constraint, const std::string& column) {
    if (!add_constraint(constraint, column, table)) surplus.push_back(lower_primary_key(constraint, column));
  };
  for (const Value& element : body["tableElts"].items()) {
    const tree::Node node = tree::node(element);
    if (node.kind == "ColumnDef") {
      LoweredColumn lowered = lower_column(node.body);
      for (std::size_t i = 0; i < lowered.constraints.size(); ++i) {
        if (lowered.constraints[i]["contype"].string() == "CONSTR_FOREIGN") {
          table.foreign_keys.push_back(lower_column_foreign_key(lowered, i));
        } else {
          add_or_defer(lowered.constraints[i], lowered.column.name);
        }
      }
      if (lowered.identity) identities.emplace_back(lowered.column.name, std::move(*lowered.identity));
      table.columns.push_back(std::move(lowered.column));
    } else if (node.kind == "Constraint") {
      add_or_defer(node.body, {});
    } else if (node.kind == "TableLikeClause") {
      create.like.push_back(lower_like(node.body, table.columns.size()));
    }
  }
  for (const Value& parent : body["inhRelations"].items()) {
    const QualifiedName name = tree::relation(parent["RangeVar"]);
    if (body["partbound"].exists()) {
      table.partition_of = name;
    } else {
      table.inherits.push_back(name);
    }
  }
  const QualifiedName name = table.name;
  // CREATE TABLE … OF a type has the type's columns, which are not kept.
  const bool of_type = body["ofTypename"].exists();
  lowering.add(std::move(create));
  if (of_type) lowering.opaque("the columns of \"" + name.name + "\" are those of a type");
  for (auto& [column, options] : identities) {
    lowering.add(SetColumnIdentity{
        .table = name, .column = std::move(column), .options = std::move(options), .options_only = true});
  }
  for (PrimaryKey& key : surplus) lowering.add(AddPrimaryKey{name, std::move(key), std::nullopt});
}

void lower_create_table_as(const Value& body, Lowering& lowering) {
  const Value into = body["into"];
  const QualifiedName name = tree::relation(into["rel"]);
  if (body["objtype"].string() == "OBJECT_MATVIEW") {
    View view{name, true, std::string(lowering.statement()), relations_of(body["query"])};
    lowering.add(CreateView{std::move(view), body["if_not_exists"].boolean()});
    return;
  }
  lower_table_of_query(into, body["query"]["SelectStmt"], body["if_not_exists"].boolean(), lowering);
}

void lower_table_of_query(const Value& into, const Value& select, bool if_not_exists, Lowering& lowering) {
  const QualifiedName name = tree::relation(into["rel"]);
  CreateTable create{.table = {.name = name}, .if_not_exists = if_not_exists};
  create.temporary = into["rel"]["relpersistence"].string() == "t";
  auto columns = lower_query_columns(select);
  const std::vector<std::string> names = tree::texts(into["colNames"]);
  if (columns) {
    // A star expands to columns that only replay knows.
    const bool star =
        std::ranges::any_of(*columns, [](const QueryColumn& one) { return !one.type && one.column.empty(); });
    if (star && !names.empty()) columns.reset();
  }
  if (columns) {
    for (std::size_t i = 0; i < std::min(names.size(), columns->size()); ++i) (*columns)[i].name = names[i];
    create.query = std::move(*columns);
  }
  const bool known = !create.query.empty();
  lowering.add(std::move(create));
  if (!known) lowering.opaque("the columns of \"" + name.name + "\" come from a query, whose columns are unknown");
}

}  // namespace refract::catalog
