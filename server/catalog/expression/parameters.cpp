#include "catalog/expression/parameters.h"

#include "support/ascii.h"

namespace refract::catalog {
namespace {

using tree::Value;

std::optional<MisplacedParameter> parameter(const Value& node) {
  const Value reference = node["ParamRef"];
  if (!reference.exists()) return std::nullopt;
  return MisplacedParameter{static_cast<std::size_t>(reference["location"].integer()),
                            static_cast<std::size_t>(reference["number"].integer())};
}

// A parameter where only a constant may be, directly in this node.
std::optional<MisplacedParameter> misplaced_in(std::string_view kind, const Value& body) {
  // The parse tree has no location for INTERVAL $1 and DATE $1; for $1::date it is the location of `::`.
  if (kind == "TypeCast" && body["location"].integer() < 0) return parameter(body["arg"]);
  if (kind == "DefElem") return parameter(body["arg"]);
  const bool settings = kind == "VariableSetStmt" || kind == "setstmt";
  const bool extract = kind == "FuncCall" && body["funcformat"].string() == "COERCE_SQL_SYNTAX" &&
                       tree::qualified(body["funcname"]).name == "extract";
  if (!settings && !extract) return std::nullopt;
  for (const Value& argument : body["args"].items()) {
    if (const auto found = parameter(argument)) return found;
    if (extract) break;  // only the first argument (the field to extract) must be a constant
  }
  return std::nullopt;
}

}  // namespace

bool may_hold_parameters(std::string_view sql) {
  for (std::size_t at = sql.find('$'); at != std::string_view::npos; at = sql.find('$', at + 1)) {
    if (at + 1 < sql.size() && ascii::is_digit(sql[at + 1])) return true;
  }
  return false;
}

std::optional<MisplacedParameter> misplaced_parameter(const Value& node) {
  for (const auto& [kind, member] : node.members()) {
    if (auto found = misplaced_in(kind, member)) return found;
    if (auto found = misplaced_parameter(member)) return found;
  }
  for (const Value& item : node.items()) {
    if (auto found = misplaced_parameter(item)) return found;
  }
  return std::nullopt;
}

}  // namespace refract::catalog
