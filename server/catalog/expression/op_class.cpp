#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

#include "catalog/expression/expression.h"

namespace refract::catalog {
namespace {

// Where an operator class is not named after the type it is the default of.
std::string_view class_prefix(std::string_view type, std::string_view method) {
  static const std::unordered_map<std::string_view, std::string_view> kNames = {
      {"bpchar", "bpchar"}, {"varchar", "text"},  {"text", "text"},
      {"cidr", "inet"},     {"varbit", "varbit"}, {"char", "char"}};
  if (method == "gin" && type == "jsonb") return "jsonb";
  const auto found = kNames.find(type);
  return found == kNames.end() ? type : found->second;
}

// Types that have no default class of a method in PostgreSQL's own catalog (pg_opclass).
constexpr std::array<std::string_view, 10> kNotInTrees = {"json", "xml", "jsonpath", "point",   "line",
                                                          "lseg", "box", "path",     "polygon", "circle"};
constexpr std::array<std::string_view, 5> kNotInHashes = {"bit", "varbit", "money", "tsvector", "tsquery"};
constexpr std::array<std::string_view, 14> kNotInRanges = {"json", "jsonb", "xml",      "jsonpath", "point",
                                                           "line", "lseg",  "path",     "polygon",  "circle",
                                                           "bool", "money", "tsvector", "tsquery"};

bool contains(std::span<const std::string_view> types, std::string_view type) {
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

bool has_default_op_class(std::string_view method, const ColumnType& type) {
  if (!type.schema.empty()) return true;
  if (type.array) return method != "brin";
  if (method == "btree") return !contains(kNotInTrees, type.name);
  if (method == "hash") return !contains(kNotInTrees, type.name) && !contains(kNotInHashes, type.name);
  if (method == "brin") return !contains(kNotInRanges, type.name);
  return true;
}

bool is_default_op_class(std::string_view op_class, std::string_view method, const ColumnType& type) {
  if (type.array) return op_class == "array_ops";
  // Enums have one class for all of them.
  if (type.name == "citext" && method == "brin") return op_class == "text_minmax_ops";
  if (!type.schema.empty())
    return op_class == "enum_ops" || op_class == type.name + "_ops" || op_class == "gist_" + type.name + "_ops";
  std::string name(class_prefix(type.name, method));
  if (method == "brin") return op_class == name + "_minmax_ops" || op_class == "range_inclusion_ops";
  if (method == "gist" && type.name == "inet") return false;
  if ((method == "gist" || method == "spgist") && type.name.ends_with("range")) return op_class == "range_ops";
  if (type.name.ends_with("range")) return op_class == "range_ops";
  if (type.name.ends_with("multirange")) return op_class == "multirange_ops";
  if (method == "spgist" && type.name == "point") return op_class == "quad_point_ops";
  // Those of btree_gist.
  if (method == "gist" && op_class == "gist_" + name + "_ops") return true;
  return op_class == name + "_ops";
}

std::string default_op_class(std::string_view method, const ColumnType& type) {
  if (type.array) return "array_ops";
  const std::string_view own = type.name == "citext" ? "text" : "enum";
  const std::string name(type.schema.empty() ? class_prefix(type.name, method) : own);
  if (method == "brin") return name + "_minmax_ops";
  return (method == "gist" ? "gist_" : "") + name + "_ops";
}

}  // namespace refract::catalog
