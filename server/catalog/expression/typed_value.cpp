#include "catalog/expression/typed_value.h"

#include "catalog/expression/constant_form.h"
#include "catalog/expression/expression.h"
#include "catalog/expression/literal.h"

namespace refract::catalog {

Typed known(std::string text, TypeKey type) {
  Typed typed{.text = std::move(text), .type = std::move(type)};
  typed.loose = typed.text;
  return typed;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (std::size_t at = 0; at < parts.size(); ++at) text.append(at == 0 ? "" : between).append(parts[at]);
  return text;
}

Typed constant_of(const TypeKey& type, std::string_view raw, const Modifiers& modifiers) {
  Typed typed{.text = quote_literal(constant_form(type, raw, modifiers)) + "::" + type, .type = type};
  typed.loose = quote_literal(builtin_category(type) == 'N' ? constant_form(type, raw) : raw);
  typed.raw = std::string(raw);
  typed.constant = true;
  return typed;
}

Typed list_of(std::vector<Typed> elements, const TypeKey& type) {
  Typed list{.text = {}, .type = type, .elements = std::move(elements), .array = true};
  std::vector<std::string> texts, loose;
  for (const Typed& one : list.elements) {
    texts.push_back(one.text);
    loose.push_back(one.loose);
  }
  list.text = "ARRAY[" + joined(texts, ", ") + "]" + (list.elements.empty() ? "::" + type : "");
  list.loose = "ARRAY[" + joined(loose, ", ") + "]";
  return list;
}

Typed collated(Typed inner, const std::string& collation) {
  Typed typed = known("(" + inner.text + " COLLATE " + collation + ")", inner.type);
  typed.modifiers = inner.modifiers;
  typed.loose = "(" + inner.loose + " COLLATE " + collation + ")";
  typed.collation = collation;
  typed.elements.push_back(std::move(inner));
  return typed;
}

namespace {

Typed coerce_elements(Typed list, const TypeKey& to, const Types& types) {
  if (list.elements.empty()) return {.text = list.text + "::" + to, .type = to, .loose = std::move(list.loose)};
  const TypeKey element = element_of(to);
  for (Typed& one : list.elements) one = coerce(std::move(one), one.array ? to : element, types);
  return list_of(std::move(list.elements), to);
}

}  // namespace

Typed coerce(Typed from, const TypeKey& to, const Types& types, const Modifiers& modifiers) {
  if (to == kUndetermined || to == kUnknown || from.type == to) return from;
  if (from.literal) {
    const TypeKey base = types.base(to);
    Typed typed = from.raw ? constant_of(base, *from.raw, modifiers) : known("NULL::" + base, base);
    typed.loose = from.loose;
    if (base == to) return typed;
    from = std::move(typed);
  }
  if (from.array && is_list(to)) return coerce_elements(std::move(from), to, types);
  // A cast goes inside COLLATE, which is dropped where the type has no collations.
  if (!from.collation.empty()) {
    Typed inner = coerce(std::move(from.elements.front()), to, types, modifiers);
    return types.category(to) == 'S' ? collated(std::move(inner), from.collation) : inner;
  }
  Typed typed{.text = from.text + "::" + to, .type = to, .loose = std::move(from.loose)};
  if (from.raw && builtin_category(from.type) == 'N' && from.modifiers.empty())
    typed.raw = constant_form(from.constant ? from.type : "numeric", *from.raw);
  return typed;
}

Typed with_modifiers(Typed typed, const TypeKey& type, const Modifiers& modifiers) {
  if (modifiers.empty() && !typed.modifiers.empty() && typed.type == type) {
    if (!typed.constant) typed.text += "::" + type;
    if (typed.constant && typed.raw) typed = constant_of(type, *typed.raw, typed.modifiers);
    typed.modifiers.clear();
  }
  if (modifiers.empty() || typed.modifiers == modifiers) return typed;
  std::vector<std::string> numbers;
  for (const std::int64_t one : modifiers) numbers.push_back(std::to_string(one));
  typed.text += "(" + joined(numbers, ",") + ")";
  // A constant of interval is read by its modifiers; of other types it is cut by a function.
  typed.constant = typed.constant && typed.type == "interval";
  typed.modifiers = modifiers;
  typed.array = false;
  return typed;
}

Typed value_of(Typed typed) {
  if (typed.array && !typed.elements.empty()) {
    std::string items;
    for (const Typed& one : typed.elements) {
      const Typed element = value_of(one);
      if (!element.constant || !element.raw) return typed;
      items += (items.empty() ? "" : ",") + array_item(*element.raw);
    }
    return is_list(typed.type) ? constant_of(typed.type, "{" + items + "}") : typed;
  }
  const bool number = typed.raw && !typed.constant && typed.modifiers.empty() && builtin_category(typed.type) == 'N';
  return number && typed.raw->find_first_not_of("-0123456789") == std::string::npos
             ? constant_of(typed.type, *typed.raw)
             : typed;
}

}  // namespace refract::catalog
