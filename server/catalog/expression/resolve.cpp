#include "catalog/expression/resolve.h"

#include <algorithm>

#include "catalog/expression/expression.h"

namespace refract::catalog {
namespace {

bool is_polymorphic(std::string_view type) {
  return type.starts_with("any");
}

TypeKey range_element(std::string_view range) {
  if (range.starts_with("int4")) return "int4";
  if (range.starts_with("int8")) return "int8";
  if (range.starts_with("num")) return "numeric";
  if (range.starts_with("date")) return "date";
  if (range.starts_with("tstz")) return "timestamptz";
  return range.starts_with("ts") ? "timestamp" : TypeKey(kUndetermined);
}

std::string range_named(std::string_view element, std::string_view ending) {
  for (const std::string_view begin : {"int4", "int8", "num", "date", "tstz", "ts"}) {
    if (range_element(begin) == element) return std::string(begin) + std::string(ending);
  }
  return std::string(kUndetermined);
}

bool is_range(std::string_view type) {
  return type.ends_with("range") && !type.ends_with("multirange");
}

// The types that the polymorphic arguments of one call have.
struct Binding {
  TypeKey element, compatible;  // empty: not known yet
};

// Binds the polymorphic types of a declaration to the arguments'. False: they contradict one another.
bool bind(const std::vector<std::string_view>& declared, const std::vector<TypeKey>& given, const Types& types,
          Binding& binding) {
  std::vector<TypeKey> compatible;
  for (std::size_t at = 0; at < declared.size(); ++at) {
    const std::string_view type = declared[at];
    if (!is_polymorphic(type) || type == "any" || given[at] == kUnknown) continue;
    const TypeKey actual = types.base(given[at]);
    TypeKey element = actual;
    if (type.ends_with("nonarray") && is_list(actual)) return false;
    if (type == "anyenum" && !types.is_enum(actual)) return false;
    if (type.ends_with("array") && !type.ends_with("nonarray")) {
      if (!is_list(actual)) return false;
      element = element_of(actual);
    } else if (type.ends_with("multirange")) {
      if (!actual.ends_with("multirange")) return false;
      element = range_element(actual);
    } else if (type.ends_with("range")) {
      if (!is_range(actual)) return false;
      element = range_element(actual);
    }
    if (type.starts_with("anycompatible")) {
      compatible.push_back(std::move(element));
    } else if (binding.element.empty()) {
      binding.element = std::move(element);
    } else if (binding.element != element) {
      return false;
    }
  }
  if (!compatible.empty()) {
    auto common = common_type(compatible, types);
    if (!common) return false;
    binding.compatible = std::move(*common);
  }
  return true;
}

TypeKey bound(std::string_view declared, const TypeKey& actual, const Binding& binding) {
  if (!is_polymorphic(declared)) return TypeKey(declared);
  if (declared == "any") return actual == kUnknown ? TypeKey("text") : actual;
  const bool compatible = declared.starts_with("anycompatible");
  TypeKey element = compatible ? binding.compatible : binding.element;
  if (element.empty()) {
    if (!compatible) return TypeKey(kUndetermined);
    element = "text";
  }
  if (declared.ends_with("nonarray")) return element;
  if (declared.ends_with("array")) return element + "[]";
  if (declared.ends_with("multirange")) return range_named(element, "multirange");
  if (declared.ends_with("range")) return range_named(element, "range");
  return element;
}

struct Candidate {
  std::vector<std::string_view> arguments;
  std::string_view result;
};

// The signature, expanded to `count` arguments; nullopt: it does not accept that many.
std::optional<Candidate> as_called(const Signature& signature, std::size_t count) {
  Candidate candidate{signature.arguments, signature.result};
  const std::size_t declared = signature.arguments.size();
  if (signature.variadic && declared > 0 && count >= declared) {
    const std::string_view list = candidate.arguments.back();
    const std::string_view element = list == "any"                  ? list
                                     : list == "anyarray"           ? "anyelement"
                                     : list == "anycompatiblearray" ? "anycompatible"
                                                                    : list.substr(0, list.size() - 2);
    candidate.arguments.pop_back();
    candidate.arguments.resize(count, element);
    return candidate;
  }
  if (count > declared || count + signature.defaults < declared) return std::nullopt;
  candidate.arguments.resize(count);
  return candidate;
}

bool fits(const Candidate& candidate, const std::vector<TypeKey>& given, const Types& types) {
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (is_polymorphic(candidate.arguments[at])) continue;
    if (!types.coerces(given[at], TypeKey(candidate.arguments[at]), CastContext::implicit)) return false;
  }
  Binding binding;
  return bind(candidate.arguments, given, types, binding);
}

char category_of(std::string_view declared, const Types& types) {
  return is_polymorphic(declared) ? 'P' : types.category(TypeKey(declared));
}

// Keeps the candidates with the most arguments for which `counts` holds.
void keep_best(std::vector<Candidate>& candidates, const std::vector<TypeKey>& given, auto counts) {
  std::vector<Candidate> best;
  std::size_t most = 0;
  for (const Candidate& candidate : candidates) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < given.size(); ++at) {
      if (given[at] != kUnknown && counts(at, candidate.arguments[at])) ++count;
    }
    if (best.empty() || count > most) {
      best.clear();
      most = count;
    }
    if (count == most) best.push_back(candidate);
  }
  candidates = std::move(best);
}

// For arguments of unknown type: keeps the candidates of the type category that all share, or of the string category if
// a candidate has it.
void keep_by_category(std::vector<Candidate>& candidates, const std::vector<TypeKey>& given, const Types& types) {
  struct Slot {
    char category = '\0';
    bool preferred = false;
  };
  std::vector<Slot> slots(given.size());
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (given[at] != kUnknown) continue;
    bool conflict = false;
    for (const Candidate& candidate : candidates) {
      const char category = category_of(candidate.arguments[at], types);
      const bool preferred = is_preferred_type(candidate.arguments[at]);
      if (slots[at].category == '\0') {
        slots[at] = {category, preferred};
      } else if (slots[at].category == category) {
        slots[at].preferred = slots[at].preferred || preferred;
      } else if (category == 'S') {
        slots[at] = {category, preferred};
      } else {
        conflict = true;
      }
    }
    if (conflict && slots[at].category != 'S') return;
  }
  std::vector<Candidate> kept;
  for (const Candidate& candidate : candidates) {
    bool keeps = true;
    for (std::size_t at = 0; at < given.size() && keeps; ++at) {
      if (given[at] != kUnknown) continue;
      keeps = category_of(candidate.arguments[at], types) == slots[at].category &&
              (!slots[at].preferred || is_preferred_type(candidate.arguments[at]));
    }
    if (keeps) kept.push_back(candidate);
  }
  if (!kept.empty()) candidates = std::move(kept);
}

// As func_select_candidate() in PostgreSQL's parse_func.c.
std::optional<Candidate> select(std::vector<Candidate> candidates, const std::vector<TypeKey>& given,
                                const Types& types) {
  std::erase_if(candidates, [&](const Candidate& one) { return !fits(one, given, types); });
  if (candidates.empty()) return std::nullopt;
  if (candidates.size() == 1) return candidates.front();
  std::vector<TypeKey> base;
  for (const TypeKey& type : given) base.push_back(type == kUnknown ? type : types.base(type));
  keep_best(candidates, base, [&](std::size_t at, std::string_view type) { return base[at] == type; });
  if (candidates.size() == 1) return candidates.front();
  keep_best(candidates, base, [&](std::size_t at, std::string_view type) {
    return base[at] == type || (types.category(base[at]) == category_of(type, types) && is_preferred_type(type));
  });
  if (candidates.size() == 1) return candidates.front();
  const auto unknown = std::ranges::count(base, kUnknown);
  if (unknown == 0) return std::nullopt;
  keep_by_category(candidates, base, types);
  if (candidates.size() == 1) return candidates.front();
  // If all known arguments have the same type, the unknown ones are assumed to have it too.
  TypeKey known;
  for (const TypeKey& type : base) {
    if (type == kUnknown) continue;
    if (!known.empty() && known != type) return std::nullopt;
    known = type;
  }
  if (known.empty()) return std::nullopt;
  const std::vector<TypeKey> assumed_types(base.size(), known);
  std::erase_if(candidates, [&](const Candidate& one) { return !fits(one, assumed_types, types); });
  return candidates.size() == 1 ? std::optional(candidates.front()) : std::nullopt;
}

std::optional<Resolved> called(const Candidate& candidate, const std::vector<TypeKey>& given, const Types& types) {
  Binding binding;
  if (!bind(candidate.arguments, given, types, binding)) return std::nullopt;
  Resolved resolved;
  for (std::size_t at = 0; at < given.size(); ++at)
    resolved.arguments.push_back(bound(candidate.arguments[at], given[at], binding));
  resolved.result = bound(candidate.result, TypeKey(kUndetermined), binding);
  return resolved;
}

std::optional<Candidate> exact(const std::vector<Candidate>& candidates, const std::vector<TypeKey>& given) {
  const auto found = std::ranges::find_if(candidates, [&](const Candidate& one) {
    return std::ranges::equal(one.arguments, given, {}, {}, [](const TypeKey& type) { return std::string_view(type); });
  });
  return found == candidates.end() ? std::nullopt : std::optional(*found);
}

bool is_unclear(const std::vector<TypeKey>& given) {
  return std::ranges::find(given, kUndetermined) != given.end();
}

}  // namespace

TypeKey Types::key(const ColumnType& type) const {
  std::string key = type.name;
  if (!type.schema.empty() || !is_builtin_type(type.name)) {
    QualifiedName name{type.schema, type.name};
    // What SQL leaves unqualified is looked for in the catalog.
    if (name.schema.empty() && catalog_ != nullptr) {
      for (const auto& [found, enumeration] : catalog_->enums) {
        if (found.name == name.name && (name.schema.empty() || found.schema == "public")) name = found;
      }
      for (const Unmanaged& object : catalog_->unmanaged) {
        if (object.domain && object.name.name == name.name && name.schema.empty()) name = object.name;
      }
    }
    key = quote_name(name.schema) + "." + quote_name(name.name);
  }
  return type.array ? key + "[]" : key;
}

const Enum* Types::enumeration(const TypeKey& type) const {
  if (catalog_ == nullptr || !type.starts_with('"')) return nullptr;
  for (const auto& [name, enumeration] : catalog_->enums) {
    if (quote_name(name.schema) + "." + quote_name(name.name) == type) return &enumeration;
  }
  return nullptr;
}

TypeKey Types::base(const TypeKey& type) const {
  if (catalog_ == nullptr || !type.starts_with('"') || is_list(type)) return type;
  for (const Unmanaged& object : catalog_->unmanaged) {
    if (object.domain && quote_name(object.name.schema) + "." + quote_name(object.name.name) == type)
      return base(key(object.domain->base));
  }
  return type;
}

char Types::category(const TypeKey& type) const {
  if (is_list(type)) return 'A';
  const TypeKey base_type = base(type);
  if (base_type.starts_with('"')) return is_enum(base_type) ? 'E' : 'U';
  return builtin_category(base_type);
}

bool Types::preferred(const TypeKey& type) const {
  return is_preferred_type(type);
}

bool Types::coerces(const TypeKey& from, const TypeKey& to, CastContext context) const {
  if (from == to || from == kUnknown) return true;
  if (from == kUndetermined || to == kUndetermined) return false;
  const TypeKey source = base(from);
  const TypeKey target = base(to);
  if (source == target) return true;
  if (is_list(source) && is_list(target)) return coerces(element_of(source), element_of(target), context);
  const BuiltinCast cast = builtin_cast(source, target);
  if (cast.context != CastContext::none) return cast.context <= context;
  // Casts through text (I/O conversion).
  if (category(target) == 'S') return context >= CastContext::assignment;
  return category(source) == 'S' && context == CastContext::explicit_;
}

std::optional<Resolved> resolve_function(std::string_view name, const std::vector<TypeKey>& arguments,
                                         const Types& types) {
  if (is_unclear(arguments)) {
    // The types of the arguments do not matter if all signatures with this many have the same result.
    std::vector<Candidate> all;
    for (const Signature& signature : builtin_functions(name)) {
      if (auto candidate = as_called(signature, arguments.size())) all.push_back(std::move(*candidate));
    }
    if (all.empty() ||
        !std::ranges::all_of(all, [&](const Candidate& one) { return one.result == all.front().result; }))
      return std::nullopt;
    return is_polymorphic(all.front().result) ? std::nullopt
                                              : std::optional(Resolved{arguments, TypeKey(all.front().result)});
  }
  std::vector<Candidate> candidates;
  for (const Signature& signature : builtin_functions(name)) {
    if (auto candidate = as_called(signature, arguments.size())) candidates.push_back(std::move(*candidate));
  }
  if (const auto found = exact(candidates, arguments)) return called(*found, arguments, types);
  // A type's name with one argument is a cast.
  if (arguments.size() == 1 && is_builtin_type(name) &&
      (arguments.front() == kUnknown || builtin_cast(arguments.front(), name).binary)) {
    return Resolved{{TypeKey(name)}, TypeKey(name)};
  }
  const auto chosen = select(std::move(candidates), arguments, types);
  return chosen ? called(*chosen, arguments, types) : std::nullopt;
}

bool may_accept(std::string_view name, const std::vector<TypeKey>& arguments, const Types& types) {
  // Functions that PostgreSQL 16 to 18 gave more signatures, and one of which the table does not have all.
  constexpr std::string_view kMore[] = {"random", "reverse", "json_strip_nulls", "jsonb_strip_nulls", "tsquery_phrase"};
  const std::span<const Signature> signatures = builtin_functions(name);
  if (signatures.empty() || is_builtin_type(name) || std::ranges::find(kMore, name) != std::end(kMore)) return true;
  return std::ranges::any_of(signatures, [&](const Signature& signature) {
    const auto candidate = as_called(signature, arguments.size());
    return candidate && fits(*candidate, arguments, types);
  });
}

bool is_comparison(std::string_view symbol) {
  constexpr std::string_view kAll[] = {"=",   "<>",  "!=",   "<", ">",  "<=", ">=", "~~",
                                       "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"};
  return std::ranges::find(kAll, symbol) != std::end(kAll);
}

std::optional<Resolved> resolve_operator(std::string_view symbol, const std::vector<TypeKey>& arguments,
                                         const Types& types) {
  if (is_unclear(arguments)) return std::nullopt;
  const bool prefix = arguments.size() == 1;
  std::vector<Candidate> candidates;
  for (const Signature& signature : builtin_operators(symbol)) {
    if (signature.arguments.front().empty() != prefix) continue;
    Candidate& candidate = candidates.emplace_back(Candidate{signature.arguments, signature.result});
    if (prefix) candidate.arguments.erase(candidate.arguments.begin());
  }
  std::vector<TypeKey> assumed_types = arguments;
  bool assumed = false;
  if (!prefix) {
    for (const std::size_t at : {0U, 1U}) {
      if (assumed_types[at] != kUnknown || arguments[1 - at] == kUnknown) continue;
      assumed_types[at] = arguments[1 - at];
      assumed = true;
    }
  }
  if (const auto found = exact(candidates, assumed_types)) return called(*found, arguments, types);
  if (assumed || prefix) {
    std::vector<TypeKey> base;
    for (const TypeKey& type : assumed_types) base.push_back(types.base(type));
    if (const auto found = exact(candidates, base)) return called(*found, arguments, types);
  }
  const auto chosen = select(std::move(candidates), arguments, types);
  return chosen ? called(*chosen, arguments, types) : std::nullopt;
}

std::optional<TypeKey> common_type(const std::vector<TypeKey>& types_of, const Types& types) {
  if (types_of.empty() || is_unclear(types_of)) return std::nullopt;
  if (types_of.front() != kUnknown &&
      std::ranges::all_of(types_of, [&](const TypeKey& type) { return type == types_of.front(); }))
    return types_of.front();
  TypeKey common(kUnknown);
  for (const TypeKey& one : types_of) {
    const TypeKey type = types.base(one);
    if (type == kUnknown || type == common) continue;
    if (common == kUnknown) {
      common = type;
    } else if (types.category(type) != types.category(common)) {
      return std::nullopt;
    } else if (!types.preferred(common) && types.coerces(common, type, CastContext::implicit) &&
               !types.coerces(type, common, CastContext::implicit)) {
      common = type;
    }
  }
  return common == kUnknown ? TypeKey("text") : common;
}

}  // namespace refract::catalog
