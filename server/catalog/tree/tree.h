#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "support/json.h"

// Reading libpg_query's tree: each node is an object of one member, {"Kind": {…}}; what is zero or empty is left out.
namespace refract::catalog::tree {

using json::Value;

struct Node {
  std::string_view kind;
  Value body;
};

inline Node node(const Value& wrapped) {
  auto [kind, body] = wrapped.first_member();
  return {kind, body};
}

// A constant: most nodes of the statements that bring rows are one, and they name nothing.
inline bool is_leaf(std::string_view kind) {
  return kind == "A_Const";
}

// {"String": {"sval": "x"}}
inline std::string_view text(const Value& string_node) {
  return string_node["String"]["sval"].string();
}

inline std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> found;
  for (const Value& item : list.items()) found.emplace_back(text(item));
  return found;
}

// The items of {"List": {"items": […]}}, or of a bare array.
inline std::vector<Value> list(const Value& value) {
  return value.is_array() ? value.items() : value["List"]["items"].items();
}

// A name of one to three parts; the database's name, should it lead, does not count.
inline QualifiedName qualified(const std::vector<std::string>& parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return {"", parts.back()};
  return {parts[parts.size() - 2], parts.back()};
}

inline QualifiedName qualified(const Value& names) {
  std::vector<std::string> parts;
  for (const Value& item : list(names)) parts.emplace_back(text(item));
  return qualified(parts);
}

// A RangeVar.
inline QualifiedName relation(const Value& range_var) {
  return {std::string(range_var["schemaname"].string()), std::string(range_var["relname"].string())};
}

}  // namespace refract::catalog::tree
