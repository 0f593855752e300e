#include "catalog/expression/comparison.h"

#include <algorithm>

#include "catalog/expression/resolve.h"

namespace refract::catalog {
namespace {

bool compares(std::string_view one, std::string_view other) {
  return std::ranges::any_of(builtin_operators("="), [&](const Signature& signature) {
    return signature.arguments[0] == one && signature.arguments[1] == other;
  });
}

// The type that the default B-tree operator class of a type compares: its own, or one that it has the same bytes as, of
// several the preferred one (GetDefaultOpClass in indexcmds.c).
TypeKey compared_type(const TypeKey& type) {
  if (compares(type, type)) return type;
  TypeKey found = type;
  for (const Signature& signature : builtin_operators("=")) {
    const std::string_view other = signature.arguments[0];
    const BuiltinCast cast = builtin_cast(type, other);
    if (other != signature.arguments[1] || !cast.binary || cast.context != CastContext::implicit) continue;
    if (found == type || is_preferred_type(other)) found = other;
  }
  return found;
}

bool is_citext(const TypeKey& type) {
  return type.ends_with(".\"citext\"");
}

// An extension's: what it compares and converts is not known.
bool is_foreign(const TypeKey& type, const Types& types) {
  if (is_list(type)) return is_foreign(types.base(element_of(type)), types);
  return type.starts_with('"') && !types.is_enum(type) && !is_citext(type);
}

}  // namespace

bool can_refer(const ColumnType& from, const ColumnType& to, const Catalog& catalog) {
  const Types types(&catalog);
  const TypeKey referring = types.base(types.key(from));
  const TypeKey referred = types.base(types.key(to));
  if (referring == referred || is_foreign(referring, types) || is_foreign(referred, types)) return true;
  // Lists and enums have one class for all of them, which compares those of one type.
  if (is_list(referring) || is_list(referred)) return false;
  const TypeKey compared = compared_type(referred);
  if (is_citext(referring)) return compared == "text";  // the extension's implicit cast
  return compares(compared, referring) || types.coerces(referring, compared, CastContext::implicit);
}

bool takes_type(std::string_view op_class, std::string_view method, const ColumnType& type, const Catalog& catalog) {
  const std::string_view taken = builtin_op_class(method, op_class);
  if (taken.empty()) return true;
  const Types types(&catalog);
  const TypeKey key = types.base(types.key(type));
  if (is_foreign(key, types) || key == taken) return true;
  if (taken == "anyarray") return is_list(key);
  if (is_list(key)) return false;
  if (taken == "anyenum") return types.is_enum(key);
  if (taken == "anyrange") return key.ends_with("range") && !key.ends_with("multirange");
  if (taken == "anymultirange") return key.ends_with("multirange");
  if (is_citext(key)) return taken == "text";
  const BuiltinCast cast = builtin_cast(key, taken);
  return cast.binary && cast.context == CastContext::implicit;
}

}  // namespace refract::catalog
