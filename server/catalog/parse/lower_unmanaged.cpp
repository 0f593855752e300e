#include <algorithm>
#include <unordered_map>

#include "catalog/expression/expression.h"
#include "catalog/parse/lower.h"

namespace refract::catalog {
namespace {

using Handler = void (*)(const Value&, Lowering&);

std::string string_of(const Value& body, std::string_view key) {
  return std::string(body[key].string());
}

// What is not built in; replay leaves out what it does not know.
void add_type(const Value& type_name, std::vector<QualifiedName>& types) {
  const ColumnType type = lower_type_name(type_name).type;
  QualifiedName name{type.schema, type.name};
  if (!is_builtin_type(type.name) && std::ranges::find(types, name) == types.end()) types.push_back(std::move(name));
}

void create_function(const Value& body, Lowering& lowering) {
  const UnmanagedKind kind = body["is_procedure"].boolean() ? UnmanagedKind::procedure : UnmanagedKind::function;
  std::vector<QualifiedName> types;
  for (const Value& parameter : body["parameters"].items()) add_type(parameter["FunctionParameter"]["argType"], types);
  if (body["returnType"].exists()) add_type(body["returnType"], types);
  lowering.unmanaged(kind, tree::qualified(body["funcname"]), std::nullopt, body["replace"].boolean(),
                     std::move(types));
}

void create_cast(const Value& body, Lowering& lowering) {
  std::vector<QualifiedName> types;
  add_type(body["sourcetype"], types);
  add_type(body["targettype"], types);
  lowering.unmanaged(UnmanagedKind::cast, {}, std::nullopt, false, std::move(types));
}

void create_composite_type(const Value& body, Lowering& lowering) {
  std::vector<QualifiedName> types;
  for (const Value& column : body["coldeflist"].items()) add_type(column["ColumnDef"]["typeName"], types);
  lowering.unmanaged(UnmanagedKind::composite_type, tree::relation(body["typevar"]), std::nullopt, false,
                     std::move(types));
}

// One object for each table or view that it names, so that it goes with it and is known of it.
void grant(const Value& body, Lowering& lowering) {
  const bool relations = body["targtype"].string() == "ACL_TARGET_OBJECT" && body["objtype"].string() == "OBJECT_TABLE";
  if (!relations) {
    lowering.unmanaged(UnmanagedKind::grant, {"", std::string(body["targtype"].string())});
    return;
  }
  for (const Value& object : body["objects"].items())
    lowering.unmanaged(UnmanagedKind::grant, {}, tree::relation(object["RangeVar"]));
}

void create_trigger(const Value& body, Lowering& lowering) {
  lowering.unmanaged(UnmanagedKind::trigger, {"", string_of(body, "trigname")}, tree::relation(body["relation"]),
                     body["replace"].boolean(), {tree::qualified(body["funcname"])});
}

void create_policy(const Value& body, Lowering& lowering) {
  lowering.unmanaged(UnmanagedKind::policy, {"", string_of(body, "policy_name")}, tree::relation(body["table"]));
}

void create_rule(const Value& body, Lowering& lowering) {
  lowering.unmanaged(UnmanagedKind::rule, {"", string_of(body, "rulename")}, tree::relation(body["relation"]),
                     body["replace"].boolean());
}

// The table that a comment hangs on goes with the object: comments of tables, columns, constraints, triggers.
void comment(const Value& body, Lowering& lowering) {
  const std::string_view kind = body["objtype"].string();
  std::vector<std::string> parts = tree::texts(body["object"]["List"]["items"]);
  std::optional<QualifiedName> table;
  if (kind == "OBJECT_TABLE" || kind == "OBJECT_VIEW" || kind == "OBJECT_MATVIEW") {
    table = tree::qualified(parts);
  } else if (parts.size() > 1 && (kind == "OBJECT_COLUMN" || kind == "OBJECT_TABCONSTRAINT" ||
                                  kind == "OBJECT_TRIGGER" || kind == "OBJECT_POLICY" || kind == "OBJECT_RULE")) {
    table = tree::qualified(std::vector<std::string>(parts.begin(), parts.end() - 1));
  }
  std::string name(kind);
  for (const std::string& part : parts) name += " " + part;
  if (parts.empty()) name += " " + std::string(tree::text(body["object"]));
  if (!body["comment"].exists()) {
    lowering.add(DropUnmanaged{UnmanagedKind::comment, {"", name}, table, true});
  } else {
    lowering.unmanaged(UnmanagedKind::comment, {"", name}, table, true);
  }
}

// The types in (STYPE = …, LEFTARG = …, SUBTYPE = …): of an aggregate, an operator, a range.
void add_types_of_options(const Value& options, std::vector<QualifiedName>& types) {
  static constexpr std::string_view kTypes[] = {"stype", "mstype", "basetype", "leftarg", "rightarg", "subtype"};
  for (const Value& item : options.items()) {
    const Value option = item["DefElem"];
    if (std::ranges::find(kTypes, option["defname"].string()) != std::end(kTypes) && option["arg"]["TypeName"].exists())
      add_type(option["arg"]["TypeName"], types);
  }
}

void define(const Value& body, Lowering& lowering) {
  static const std::unordered_map<std::string_view, UnmanagedKind> kKinds = {
      {"OBJECT_AGGREGATE", UnmanagedKind::aggregate},      {"OBJECT_OPERATOR", UnmanagedKind::operator_},
      {"OBJECT_COLLATION", UnmanagedKind::collation},      {"OBJECT_TSCONFIGURATION", UnmanagedKind::text_search},
      {"OBJECT_TSDICTIONARY", UnmanagedKind::text_search}, {"OBJECT_TYPE", UnmanagedKind::composite_type}};
  const auto kind = kKinds.find(body["kind"].string());
  std::vector<QualifiedName> types;
  for (const Value& argument : tree::list(body["args"].items().empty() ? Value() : body["args"].items().front()))
    add_type(argument["FunctionParameter"]["argType"], types);
  add_types_of_options(body["definition"], types);
  lowering.unmanaged(kind == kKinds.end() ? UnmanagedKind::other : kind->second, tree::qualified(body["defnames"]),
                     std::nullopt, body["replace"].boolean() || body["if_not_exists"].boolean(), std::move(types));
}

void create_range(const Value& body, Lowering& lowering) {
  std::vector<QualifiedName> types;
  add_types_of_options(body["params"], types);
  lowering.unmanaged(UnmanagedKind::range_type, tree::qualified(body["typeName"]), std::nullopt, false,
                     std::move(types));
}

void create_domain(const Value& body, Lowering& lowering) {
  Domain domain{.base = lower_type_name(body["typeName"]).type};
  for (const Value& item : body["constraints"].items()) {
    if (item["Constraint"]["contype"].string() == "CONSTR_NOTNULL") domain.not_null = true;
  }
  lowering.add(CreateUnmanaged{{.kind = UnmanagedKind::domain,
                                .name = tree::qualified(body["domainname"]),
                                .on_table = std::nullopt,
                                .definition = std::string(lowering.statement()),
                                .uses = {},
                                .domain = std::move(domain)},
                               false});
}

// Its checks and defaults show in no column.
void alter_domain(const Value& body, Lowering& lowering) {
  const std::string_view what = body["subtype"].string();
  if (what == "N" || what == "O") {
    lowering.add(SetDomainNullable{tree::qualified(body["typeName"]), what == "N"});
  } else {
    lowering.add(DataStatement{"AlterDomain", {}});
  }
}

template <UnmanagedKind kind>
void other(const Value&, Lowering& lowering) {
  lowering.unmanaged(kind, {});
}

const std::unordered_map<std::string_view, Handler>& handlers() {
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"CreateFunctionStmt", create_function},
      {"CreateTrigStmt", create_trigger},
      {"CreatePolicyStmt", create_policy},
      {"RuleStmt", create_rule},
      {"CommentStmt", comment},
      {"DefineStmt", define},
      {"CreateDomainStmt", create_domain},
      {"AlterDomainStmt", alter_domain},
      {"CompositeTypeStmt", create_composite_type},
      {"CreateRangeStmt", create_range},
      {"CreateCastStmt", create_cast},
      {"CreateStatsStmt",
       [](const Value& b, Lowering& l) { l.unmanaged(UnmanagedKind::statistics, tree::qualified(b["defnames"])); }},
      {"CreateEventTrigStmt",
       [](const Value& b, Lowering& l) {
         l.unmanaged(UnmanagedKind::event_trigger, {"", string_of(b, "trigname")});
       }},
      {"CreatePublicationStmt",
       [](const Value& b, Lowering& l) {
         l.unmanaged(UnmanagedKind::publication, {"", string_of(b, "pubname")});
       }},
      {"CreateForeignTableStmt",
       [](const Value& b, Lowering& l) {
         l.unmanaged(UnmanagedKind::foreign_table, tree::relation(b["base"]["relation"]));
       }},
      {"CreateRoleStmt",
       [](const Value& b, Lowering& l) {
         l.unmanaged(UnmanagedKind::role, {"", string_of(b, "role")});
       }},
      {"GrantStmt", grant},
      {"GrantRoleStmt", other<UnmanagedKind::grant>},
      {"AlterDefaultPrivilegesStmt",
       [](const Value&, Lowering& l) {
         l.unmanaged(UnmanagedKind::grant, {"", "DEFAULT PRIVILEGES"});
       }},
  };
  return kHandlers;
}

}  // namespace

void Lowering::unmanaged(UnmanagedKind kind, QualifiedName name, std::optional<QualifiedName> on_table, bool or_replace,
                         std::vector<QualifiedName> uses) {
  add(CreateUnmanaged{{kind, std::move(name), std::move(on_table), std::string(statement()), std::move(uses)},
                      or_replace});
}

bool lower_unmanaged(std::string_view kind, const Value& body, Lowering& lowering) {
  const auto handler = handlers().find(kind);
  if (handler == handlers().end()) return false;
  handler->second(body, lowering);
  return true;
}

}  // namespace refract::catalog
