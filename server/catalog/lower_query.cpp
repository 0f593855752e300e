#include <algorithm>
#include <unordered_set>

#include "catalog/lower.h"

namespace refract::catalog {
namespace {

// Depth of the JSON tree is bounded by the parser, so walking it cannot run away.
template <class Visit>
void walk(const Value& value, const Visit& visit) {
  if (value.is_array()) {
    for (const Value& item : value.items()) walk(item, visit);
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.members()) {
      visit(key, member);
      walk(member, visit);
    }
  }
}

// Functions that take part in queries without touching the structure. Others may do anything: a migration calls its
// own helpers this way.
bool is_harmless(std::string_view function) {
  static const std::unordered_set<std::string_view> kHarmless = {"count",
                                                                 "sum",
                                                                 "min",
                                                                 "max",
                                                                 "avg",
                                                                 "now",
                                                                 "coalesce",
                                                                 "lower",
                                                                 "upper",
                                                                 "length",
                                                                 "concat",
                                                                 "concat_ws",
                                                                 "md5",
                                                                 "random",
                                                                 "set_config",
                                                                 "current_setting",
                                                                 "setval",
                                                                 "nextval",
                                                                 "currval",
                                                                 "pg_get_serial_sequence",
                                                                 "gen_random_uuid",
                                                                 "uuid_generate_v4",
                                                                 "array_agg",
                                                                 "string_agg",
                                                                 "json_agg",
                                                                 "jsonb_agg",
                                                                 "unnest",
                                                                 "generate_series",
                                                                 "row_number",
                                                                 "rank",
                                                                 "dense_rank",
                                                                 "lag",
                                                                 "lead",
                                                                 "first_value",
                                                                 "last_value",
                                                                 "exists",
                                                                 "to_char",
                                                                 "to_timestamp",
                                                                 "date_trunc",
                                                                 "extract",
                                                                 "age",
                                                                 "substring",
                                                                 "substr",
                                                                 "replace",
                                                                 "regexp_replace",
                                                                 "split_part",
                                                                 "trim",
                                                                 "btrim",
                                                                 "ltrim",
                                                                 "rtrim",
                                                                 "left",
                                                                 "right",
                                                                 "abs",
                                                                 "round",
                                                                 "ceil",
                                                                 "floor",
                                                                 "greatest",
                                                                 "least",
                                                                 "jsonb_build_object",
                                                                 "json_build_object",
                                                                 "to_jsonb",
                                                                 "to_json",
                                                                 "jsonb_set",
                                                                 "jsonb_array_elements",
                                                                 "jsonb_array_length",
                                                                 "jsonb_each",
                                                                 "array_length",
                                                                 "array_append",
                                                                 "array_remove",
                                                                 "array_to_string",
                                                                 "string_to_array",
                                                                 "bool_or",
                                                                 "bool_and",
                                                                 "encode",
                                                                 "decode",
                                                                 "digest",
                                                                 "format",
                                                                 "pg_sleep",
                                                                 "version",
                                                                 "to_regclass",
                                                                 "timezone",
                                                                 "pg_advisory_lock",
                                                                 "pg_advisory_unlock",
                                                                 "pg_advisory_xact_lock",
                                                                 "pg_try_advisory_lock"};
  return kHarmless.contains(function);
}

std::vector<std::string> search_path_of(std::string_view text) {
  std::vector<std::string> schemas;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    std::string_view item = text.substr(at, end - at);
    at = end + 1;
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.size() >= 2 && item.front() == '"' && item.back() == '"') item = item.substr(1, item.size() - 2);
    if (!item.empty() && item != "$user") schemas.emplace_back(item);
  }
  return schemas;
}

std::string_view argument_text(const Value& argument) {
  return argument["A_Const"]["sval"]["sval"].string();
}

// SELECT set_config('search_path', …): how pg_dump writes it.
bool lower_set_config(const Value& body, Lowering& lowering) {
  const std::vector<Value> targets = body["targetList"].items();
  if (targets.size() != 1) return false;
  const Value call = targets[0]["ResTarget"]["val"]["FuncCall"];
  if (!call.exists() || tree::qualified(call["funcname"]).name != "set_config") return false;
  const std::vector<Value> arguments = call["args"].items();
  if (arguments.size() != 3 || argument_text(arguments[0]) != "search_path") return false;
  const bool local = arguments[2]["A_Const"]["boolval"]["boolval"].boolean();
  lowering.add(SetSearchPath{search_path_of(argument_text(arguments[1])), local});
  return true;
}

}  // namespace

std::vector<QualifiedName> relations_of(const Value& tree) {
  std::vector<QualifiedName> found;
  std::unordered_set<std::string> common;  // WITH names are no relations
  walk(tree, [&](std::string_view key, const Value& value) {
    if (key == "RangeVar" || key == "relation") {
      if (QualifiedName name = tree::relation(value); !name.name.empty()) found.push_back(std::move(name));
    } else if (key == "ctename") {
      common.emplace(value.string());
    }
  });
  std::erase_if(found, [&](const QualifiedName& name) { return name.schema.empty() && common.contains(name.name); });
  std::ranges::sort(found);
  const auto rest = std::ranges::unique(found);
  found.erase(rest.begin(), rest.end());
  return found;
}

void lower_create_view(const Value& body, Lowering& lowering) {
  View view{tree::relation(body["view"]), false, std::string(lowering.statement()), relations_of(body["query"])};
  lowering.add(CreateView{std::move(view), body["replace"].boolean()});
}

void lower_select(const Value& body, Lowering& lowering) {
  if (body["intoClause"].exists()) {
    const QualifiedName name = tree::relation(body["intoClause"]["rel"]);
    lowering.add(CreateTable{.table = {.name = name}});
    lowering.opaque("the columns of \"" + name.name + "\" come from a query and are not known without running it");
    return;
  }
  if (lower_set_config(body, lowering)) return;
  std::string unknown;
  walk(body, [&](std::string_view key, const Value& value) {
    if (key != "FuncCall" || !unknown.empty()) return;
    const QualifiedName function = tree::qualified(value["funcname"]);
    if (!is_harmless(function.name)) unknown = function.name;
  });
  if (unknown.empty()) {
    lowering.add(DataStatement{"SELECT", relations_of(body)});
  } else {
    lowering.opaque("SELECT calls the function \"" + unknown + "\", which may change the structure");
  }
}

void lower_set_variable(const Value& body, Lowering& lowering) {
  const std::string_view kind = body["kind"].string();
  if (body["name"].string() != "search_path") {
    lowering.add(kind == "VAR_RESET_ALL" ? Change(SetSearchPath{{"public"}}) : Change(DataStatement{"SET", {}}));
    return;
  }
  SetSearchPath path{.schemas = {}, .local = body["is_local"].boolean()};
  for (const Value& argument : body["args"].items()) {
    if (const std::string_view schema = argument_text(argument); !schema.empty() && schema != "$user")
      path.schemas.emplace_back(schema);
  }
  if (kind != "VAR_SET_VALUE") path.schemas = {"public"};
  lowering.add(std::move(path));
}

}  // namespace refract::catalog
