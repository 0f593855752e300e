#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/expression/resolve.h"

// The parts of a typed form (typed_form.h) and the casts that PostgreSQL puts around them.
namespace refract::catalog {

using Modifiers = std::vector<std::int64_t>;

struct Typed {
  std::string text;
  TypeKey type = TypeKey(kUndetermined);
  Modifiers modifiers = {};
  // Without its casts: what counts where it is not known which of them PostgreSQL added.
  std::string loose = {};
  bool literal = false;  // a string or NULL of no type yet: `raw` is its value
  std::optional<std::string> raw = {};
  bool constant = false;
  std::vector<Typed> elements = {};  // of ARRAY[…]; of COLLATE the one collated
  bool array = false;                // is ARRAY[…]
  std::string collation = {};        // is … COLLATE this
};

Typed known(std::string text, TypeKey type);
Typed constant_of(const TypeKey& type, std::string_view raw, const Modifiers& modifiers = {});
Typed list_of(std::vector<Typed> elements, const TypeKey& type);
Typed collated(Typed inner, const std::string& collation);

// The value as one of another type. `modifiers` are those that the constant of an interval is read by.
Typed coerce(Typed from, const TypeKey& to, const Types& types, const Modifiers& modifiers = {});
// varchar(3) of a value that is varchar already.
Typed with_modifiers(Typed typed, const TypeKey& type, const Modifiers& modifiers);
// A default that is a value is that value of the column's type: (-100)::real, ARRAY[1, 2].
Typed value_of(Typed typed);

std::string joined(const std::vector<std::string>& parts, std::string_view between);

}  // namespace refract::catalog
