#include <unordered_map>

#include "catalog/parse/lower.h"

namespace refract::catalog {
namespace {

struct Dropped {
  QualifiedName name;
  std::vector<std::string> parts;  // the name as written, part by part
  bool cascade = false;
  bool if_exists = false;
  bool concurrently = false;
};
using Handler = void (*)(const Dropped&, Lowering&);

template <UnmanagedKind kind>
void drop_unmanaged(const Dropped& dropped, Lowering& lowering) {
  lowering.add(DropUnmanaged{kind, dropped.name, std::nullopt, dropped.if_exists});
}

// Triggers, policies and rules: the table's name, then their own.
template <UnmanagedKind kind>
void drop_of_table(const Dropped& dropped, Lowering& lowering) {
  std::vector<std::string> table = dropped.parts;
  const std::string name = table.back();
  table.pop_back();
  lowering.add(DropUnmanaged{kind, {"", name}, tree::qualified(table), dropped.if_exists});
}

const std::unordered_map<std::string_view, Handler>& handlers() {
  static const Handler kType = [](const Dropped& d, Lowering& l) { l.add(DropEnum{d.name, d.cascade, d.if_exists}); };
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"OBJECT_TABLE",
       [](const Dropped& d, Lowering& l) {
         l.add(DropTable{d.name, d.cascade, d.if_exists});
       }},
      {"OBJECT_SEQUENCE",
       [](const Dropped& d, Lowering& l) {
         l.add(DropSequence{d.name, d.cascade, d.if_exists});
       }},
      {"OBJECT_VIEW",
       [](const Dropped& d, Lowering& l) {
         l.add(DropView{d.name, d.cascade, d.if_exists, false});
       }},
      {"OBJECT_MATVIEW",
       [](const Dropped& d, Lowering& l) {
         l.add(DropView{d.name, d.cascade, d.if_exists, true});
       }},
      {"OBJECT_INDEX",
       [](const Dropped& d, Lowering& l) {
         l.add(DropIndex{d.name, d.concurrently, d.cascade, d.if_exists});
       }},
      {"OBJECT_TYPE", kType},
      {"OBJECT_DOMAIN", kType},
      {"OBJECT_SCHEMA",
       [](const Dropped& d, Lowering& l) {
         l.add(DropSchema{d.name.name, d.cascade, d.if_exists});
       }},
      {"OBJECT_EXTENSION",
       [](const Dropped& d, Lowering& l) {
         l.add(DropExtension{d.name.name, d.cascade, d.if_exists});
       }},
      {"OBJECT_FUNCTION", drop_unmanaged<UnmanagedKind::function>},
      {"OBJECT_ROUTINE", drop_unmanaged<UnmanagedKind::function>},
      {"OBJECT_PROCEDURE", drop_unmanaged<UnmanagedKind::procedure>},
      {"OBJECT_AGGREGATE", drop_unmanaged<UnmanagedKind::aggregate>},
      {"OBJECT_OPERATOR", drop_unmanaged<UnmanagedKind::operator_>},
      {"OBJECT_CAST", drop_unmanaged<UnmanagedKind::cast>},
      {"OBJECT_COLLATION", drop_unmanaged<UnmanagedKind::collation>},
      {"OBJECT_STATISTIC_EXT", drop_unmanaged<UnmanagedKind::statistics>},
      {"OBJECT_EVENT_TRIGGER", drop_unmanaged<UnmanagedKind::event_trigger>},
      {"OBJECT_PUBLICATION", drop_unmanaged<UnmanagedKind::publication>},
      {"OBJECT_FOREIGN_TABLE", drop_unmanaged<UnmanagedKind::foreign_table>},
      {"OBJECT_TSCONFIGURATION", drop_unmanaged<UnmanagedKind::text_search>},
      {"OBJECT_TSDICTIONARY", drop_unmanaged<UnmanagedKind::text_search>},
      {"OBJECT_TRIGGER", drop_of_table<UnmanagedKind::trigger>},
      {"OBJECT_POLICY", drop_of_table<UnmanagedKind::policy>},
      {"OBJECT_RULE", drop_of_table<UnmanagedKind::rule>},
  };
  return kHandlers;
}

// The name of what is dropped: a list of strings, a type's or a function's name, or a lone string.
std::vector<std::string> name_parts(const Value& object) {
  const tree::Node node = tree::node(object);
  if (node.kind == "TypeName") return tree::texts(node.body["names"]);
  if (node.kind == "ObjectWithArgs") return tree::texts(node.body["objname"]);
  if (node.kind == "String") return {std::string(tree::text(object))};
  return tree::texts(node.body["items"]);
}

}  // namespace

void lower_drop(const Value& body, Lowering& lowering) {
  const auto handler = handlers().find(body["removeType"].string());
  for (const Value& object : body["objects"].items()) {
    Dropped dropped{.parts = name_parts(object)};
    dropped.name = tree::qualified(dropped.parts);
    dropped.cascade = body["behavior"].string() == "DROP_CASCADE";
    dropped.if_exists = body["missing_ok"].boolean();
    dropped.concurrently = body["concurrent"].boolean();
    if (dropped.parts.empty() || handler == handlers().end()) {
      drop_unmanaged<UnmanagedKind::other>(dropped, lowering);
    } else {
      handler->second(dropped, lowering);
    }
  }
}

}  // namespace refract::catalog
