#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "catalog/expression/system_functions.h"
#include "catalog/parse/lower.h"
#include "catalog/search_path.h"
#include "support/ascii.h"

namespace refract::catalog {
namespace {

// Visits all but constants. Depth of the JSON tree is bounded by the parser, so walking it cannot run away.
template <class Visit>
void walk(const Value& value, const Visit& visit) {
  if (value.is_array()) {
    for (const Value& item : value.items()) walk(item, visit);
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.members()) {
      if (tree::is_leaf(key)) continue;
      visit(key, member);
      walk(member, visit);
    }
  }
}

std::string_view argument_text(const Value& argument) {
  return argument["A_Const"]["sval"]["sval"].string();
}

// A truth value that is in the text; nullopt: known only when it runs.
std::optional<bool> truth_of(const Value& argument) {
  if (const Value value = argument["A_Const"]["boolval"]; value.exists()) return value["boolval"].boolean();
  if (argument["TypeCast"].exists()) return truth_of(argument["TypeCast"]["arg"]);
  if (!argument["A_Const"]["sval"].exists()) return std::nullopt;
  const std::string word = ascii::to_lower(argument_text(argument));
  static constexpr std::string_view kTrue[] = {"true", "t", "on", "yes", "y", "1"};
  return std::ranges::find(kTrue, word) != std::end(kTrue);
}

bool is_search_path(std::string_view setting) {
  return ascii::to_lower(setting) == "search_path";
}

// Triggers and foreign keys do not run in such a session.
bool is_replica(std::string_view setting, std::string_view value) {
  return ascii::to_lower(setting) == "session_replication_role" && ascii::to_lower(value) == "replica";
}
constexpr const char* kReplica = "SET session_replication_role";

// A call of set_config() that sets the search_path, as pg_dump writes it; false: it sets something else.
bool lower_set_config(const Value& call, Lowering& lowering) {
  const std::vector<Value> arguments = call["args"].items();
  if (arguments.size() != 3) return false;
  Value value = arguments[1];
  if (value["TypeCast"].exists()) value = value["TypeCast"]["arg"];
  const bool named = arguments[0]["A_Const"]["sval"].exists();
  if (named && is_replica(argument_text(arguments[0]), argument_text(value))) {
    lowering.add(DataStatement{kReplica, {}});
    return true;
  }
  if (named && !is_search_path(argument_text(arguments[0]))) return false;
  const auto local = truth_of(arguments[2]);
  if (named && local && value["A_Const"]["isnull"].boolean()) {
    lowering.add(SetSearchPath{{}, *local, SetSearchPath::Kind::reset});
    return true;
  }
  auto schemas = value["A_Const"]["sval"].exists() ? parse_search_path(argument_text(value)) : std::nullopt;
  if (named && local && schemas) {
    lowering.add(SetSearchPath{std::move(*schemas), *local});
  } else {
    lowering.opaque("set_config() may set the search_path to a computed value");
  }
  return true;
}

// SELECT set_config('search_path', …), alone or beside others; false: nothing of it concerns the search_path.
bool lower_set_configs(const Value& body, Lowering& lowering) {
  bool found = false;
  for (const Value& target : body["targetList"].items()) {
    const Value call = target["ResTarget"]["val"]["FuncCall"];
    if (call.exists() && tree::qualified(call["funcname"]).name == "set_config")
      found |= lower_set_config(call, lowering);
  }
  return found;
}

}  // namespace

std::vector<QualifiedName> relations_of(const Value& tree) {
  std::vector<QualifiedName> found;
  std::unordered_set<std::string> common;  // WITH names are no relations
  std::vector<QualifiedName> locked;       // nor are those of FOR UPDATE OF: they represent what FROM names
  walk(tree, [&](std::string_view key, const Value& value) {
    if (key == "lockedRels") {
      for (const Value& item : value.items()) locked.push_back(tree::relation(item["RangeVar"]));
    }
    if (key == "RangeVar" || key == "relation") {
      if (QualifiedName name = tree::relation(value); !name.name.empty()) found.push_back(std::move(name));
    } else if (key == "ctename") {
      common.emplace(value.string());
    }
  });
  std::erase_if(found, [&](const QualifiedName& name) { return name.schema.empty() && common.contains(name.name); });
  for (const QualifiedName& name : locked) {
    if (const auto place = std::ranges::find(found, name); place != found.end()) found.erase(place);
  }
  std::ranges::sort(found);
  const auto rest = std::ranges::unique(found);
  found.erase(rest.begin(), rest.end());
  return found;
}

namespace {

// The tables of a FROM clause under the names that the query knows them by. False where one is a query of its own or
// columns are merged by USING.
struct Source {
  std::string alias;
  QualifiedName table;
};
bool sources_of(const Value& item, std::vector<Source>& sources) {
  const tree::Node node = tree::node(item);
  if (node.kind == "RangeVar") {
    const Value alias = node.body["alias"];
    if (alias["colnames"].exists()) return false;
    QualifiedName table = tree::relation(node.body);
    sources.push_back({alias.exists() ? std::string(alias["aliasname"].string()) : table.name, std::move(table)});
    return true;
  }
  return node.kind == "JoinExpr" && !node.body["usingClause"].exists() && !node.body["isNatural"].boolean() &&
         !node.body["alias"].exists() && sources_of(node.body["larg"], sources) &&
         sources_of(node.body["rarg"], sources);
}

std::optional<QueryColumn> column_reference(const Value& reference, const std::vector<Source>& sources) {
  QueryColumn column;
  std::vector<std::string> parts;
  for (const Value& field : reference["fields"].items()) {
    if (!field["A_Star"].exists()) parts.emplace_back(tree::text(field));
  }
  const std::size_t fields = reference["fields"].items().size();
  if (fields == parts.size() && !parts.empty()) {
    column.column = parts.back();
    parts.pop_back();
  }
  if (parts.size() > 1) return std::nullopt;
  for (const Source& source : sources) {
    if (parts.empty() || source.alias == parts.front()) column.tables.push_back(source.table);
  }
  return column.tables.empty() ? std::nullopt : std::optional(std::move(column));
}

// The types of functions that are frequent in such queries and always return the same type.
const char* type_of_call(std::string_view function) {
  static const std::unordered_map<std::string_view, const char*> kTypes = {
      {"count", "int8"},           {"row_number", "int8"}, {"rank", "int8"},  {"dense_rank", "int8"},
      {"now", "timestamptz"},      {"md5", "text"},        {"lower", "text"}, {"upper", "text"},
      {"gen_random_uuid", "uuid"}, {"concat", "text"},     {"length", "int4"}};
  const auto found = kTypes.find(function);
  return found == kTypes.end() ? nullptr : found->second;
}

std::optional<QueryColumn> query_column(const Value& target, const std::vector<Source>& sources) {
  const tree::Node value = tree::node(target["val"]);
  std::optional<QueryColumn> column;
  if (value.kind == "ColumnRef") {
    column = column_reference(value.body, sources);
  } else if (value.kind == "TypeCast") {
    column.emplace(QueryColumn{.type = lower_type_name(value.body["typeName"]).type});
    const std::vector<Value> inner = value.body["arg"]["ColumnRef"]["fields"].items();
    column->name = inner.empty() ? column->type->name : std::string(tree::text(inner.back()));
  } else if (value.kind == "FuncCall") {
    const std::string function = tree::qualified(value.body["funcname"]).name;
    if (const char* type = type_of_call(function)) {
      column.emplace(QueryColumn{.name = function, .type = ColumnType{.name = type, .schema = {}, .modifiers = {}}});
    }
  }
  if (column && !target["name"].string().empty()) column->name = target["name"].string();
  return column;
}

}  // namespace

std::optional<std::vector<QueryColumn>> lower_query_columns(const Value& select) {
  if (select["targetList"].items().empty() || select["withClause"].exists() || select["larg"].exists())
    return std::nullopt;
  std::vector<Source> sources;
  for (const Value& item : select["fromClause"].items()) {
    if (!sources_of(item, sources)) return std::nullopt;
  }
  std::vector<QueryColumn> columns;
  for (const Value& target : select["targetList"].items()) {
    auto column = query_column(target["ResTarget"], sources);
    if (!column) return std::nullopt;
    columns.push_back(std::move(*column));
  }
  return columns;
}

void lower_create_view(const Value& body, Lowering& lowering) {
  View view{tree::relation(body["view"]), false, std::string(lowering.statement()), relations_of(body["query"])};
  const bool temporary = body["view"]["relpersistence"].string() == "t";
  lowering.add(CreateView{std::move(view), body["replace"].boolean(), temporary});
}

void lower_select(const Value& body, Lowering& lowering) {
  if (body["intoClause"].exists()) {
    lower_table_of_query(body["intoClause"], body, false, lowering);
    return;
  }
  if (lower_set_configs(body, lowering)) return;
  std::vector<std::string> calls;
  walk(body, [&](std::string_view key, const Value& value) {
    if (key != "FuncCall") return;
    if (std::string name = tree::qualified(value["funcname"]).name; !changes_no_table(name))
      calls.push_back(std::move(name));
  });
  if (calls.empty()) {
    lower_data("SELECT", body, lowering);
  } else {
    lower_with(body, lowering);
    std::string reason = "SELECT calls the function \"" + calls.front() + "\", which may change the structure";
    lowering.add(Opaque{.reason = std::move(reason), .calls = std::move(calls)});
  }
}

namespace {

bool sets_replica(const Value& set) {
  const std::vector<Value> arguments = set["args"].items();
  return arguments.size() == 1 && is_replica(set["name"].string(), argument_text(arguments.front()));
}

}  // namespace

void lower_stored_setting(std::string verb, const Value& body, Lowering& lowering) {
  lowering.add(DataStatement{sets_replica(body["setstmt"]) ? kReplica : std::move(verb), {}});
}

void lower_set_variable(const Value& body, Lowering& lowering) {
  const std::string_view kind = body["kind"].string();
  const std::string_view name = body["name"].string();
  using enum SetSearchPath::Kind;
  if (kind == "VAR_RESET_ALL") {
    lowering.add(SetSearchPath{{}, false, reset_all});
    return;
  }
  if (sets_replica(body)) {
    lowering.add(DataStatement{kReplica, {}});
    return;
  }
  if (!is_search_path(name)) {
    const bool switches_role = name == "role" || name == "session_authorization";
    lowering.add(DataStatement{switches_role ? "SET ROLE" : "SET", {}});
    return;
  }
  SetSearchPath path{.schemas = {}, .local = body["is_local"].boolean(), .kind = reset};
  if (kind == "VAR_SET_VALUE") path.kind = set;
  if (kind == "VAR_SET_CURRENT") path.kind = current;
  for (const Value& argument : body["args"].items()) {
    if (const std::string_view schema = argument_text(argument); !schema.empty() && schema != "$user")
      path.schemas.emplace_back(schema);
  }
  lowering.add(std::move(path));
}

}  // namespace refract::catalog
