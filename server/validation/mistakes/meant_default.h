#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validation/mistakes/mistake.h"

namespace refract::validation {

struct MeantDefault {
  std::string text;        // "now()", "dbgenerated(\"gen_random_uuid()\")"
  bool is_certain = true;  // false: one of several things that may be meant
};

// The field that gets the default.
struct DefaultUse {
  schema::ScalarType scalar;
  bool list = false;
};

// The default that was meant by a name, or by a call, of a function that Prisma does not have: one that is written
// another way here, or a function of the database. `call`: with its parentheses as written, empty for a name alone.
// The default is one that the field and the database can have. nullopt: nothing is known by the name.
std::optional<MeantDefault> meant_default(const MistakeContext& context, const DefaultUse& field, std::string_view name,
                                          std::string_view call);

}  // namespace refract::validation
