#include "catalog/expression/type_faults.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "catalog/expression/expression.h"
#include "catalog/expression/input_text.h"
#include "catalog/expression/type.h"
#include "catalog/expression/typed_value.h"
#include "support/ascii.h"

namespace refract::catalog {

void TypeFaults::note(std::string fault) {
  if (first_.empty()) first_ = std::move(fault);
}

bool TypeFaults::are_known(const std::vector<TypeKey>& types) const {
  return std::ranges::all_of(types, [&](const TypeKey& type) {
    return type != kUndetermined && (!type.starts_with('"') || types_.is_enum(is_list(type) ? element_of(type) : type));
  });
}

void TypeFaults::check_text(std::string_view text, const TypeKey& type) {
  note(text_fault(text, type, types_));
}

void TypeFaults::unresolved_call(const std::string& name, const std::vector<TypeKey>& arguments) {
  if (!are_known(arguments) || may_accept(name, arguments, types_)) return;
  note("calls " + name + "(" + joined(arguments, ", ") + "), which does not exist");
}

void TypeFaults::unresolved_operator(const std::string& symbol, const std::vector<TypeKey>& operands) {
  // Extensions have others for PostgreSQL's own types: % of texts, + and - of lists.
  constexpr std::string_view kAll[] = {"+", "-", "*", "/", "||", "=="};
  if (!is_comparison(symbol) && std::ranges::find(kAll, symbol) == std::end(kAll)) return;
  if (!are_known(operands) || (symbol != "||" && std::ranges::any_of(operands, is_list))) return;
  const std::string shown = operands.size() == 1 ? symbol + " " + operands[0] : joined(operands, " " + symbol + " ");
  note("uses the operator " + shown + ", which does not exist");
}

void TypeFaults::check_type_name(const std::string& name) {
  if (catalog_ == nullptr) return;
  const auto is_it = [&](const QualifiedName& one) { return one.name == name; };
  const auto enums = std::views::keys(catalog_->enums);
  const auto meant = std::ranges::find_if(
      enums, [&](const QualifiedName& one) { return ascii::to_lower(one.name) == name && one.name != name; });
  if (meant == enums.end()) return;
  const bool exists = std::ranges::any_of(enums, is_it) ||
                      std::ranges::any_of(std::views::keys(catalog_->tables), is_it) ||
                      std::ranges::any_of(std::views::keys(catalog_->views), is_it) ||
                      std::ranges::any_of(catalog_->unmanaged, is_it, &Unmanaged::name);
  if (!exists) note("names type " + name + ", which does not exist; in quotes it is " + quote_name((*meant).name));
}

void TypeFaults::check_boolean(const TypeKey& type) {
  if (are_known({type}) && !types_.coerces(type, "bool", CastContext::assignment))
    note("has type " + type + " where it needs a boolean");
}

void TypeFaults::unlike(const std::vector<TypeKey>& types) {
  if (types.empty() || !are_known(types)) return;
  note("has values of types that do not match: " + joined(types, ", "));
}

}  // namespace refract::catalog
