#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "schema/snapshot.h"

namespace refract::features {

struct Parameter {
  std::string label;          // a part of the signature's label, unlike any other part
  std::string documentation;  // Markdown
};

struct Signature {
  std::string label;          // "@relation(name: String, fields: […], …)"
  std::string documentation;  // Markdown
  std::vector<Parameter> parameters;
  std::optional<std::size_t> active;  // index of the parameter that the cursor is in; nullopt: none of them
};

// What the parentheses around the cursor take: an attribute's, a function's inside one, or a native type's.
// nullopt: the cursor is in no parentheses, or the name before them is unknown.
std::optional<Signature> signature_help(const schema::Snapshot& snapshot, schema::FilePosition at);

}  // namespace refract::features
