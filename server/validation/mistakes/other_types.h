#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "validation/mistakes/mistake.h"

// The types of other languages and databases, as Prisma writes them.
namespace refract::validation {

struct PrismaType {
  std::string scalar;      // "String"
  std::string attributes;  // " @db.VarChar(20)", with a blank before each; may be empty

  std::string text() const { return scalar + attributes; }
};

// The field that gets the type.
struct TypeUse {
  bool id = false;
  bool list = false;
  bool native = false;       // it has a native type, which it keeps
  bool has_default = false;  // likewise a default
};

// What a type of another language is in this schema's database, the most likely one first. `name`: "varchar" or
// "timestamp with time zone"; `arguments`: "(20)" or empty. Each is one that the database accepts
// for the field; all differ. Empty: the name is not known.
std::vector<PrismaType> types_for(const MistakeContext& context, std::string_view name, std::string_view arguments = {},
                                  const TypeUse& use = {});

}  // namespace refract::validation
