#pragma once

#include <nlohmann/json.hpp>

namespace refract::protocol {

using Json = nlohmann::json;

// Declares how a struct is read and written; members.h defines it from the list of its members.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define LSP_JSON(Struct)                         \
  void to_json(Json& json, const Struct& value); \
  void from_json(const Json& json, Struct& value);

}  // namespace refract::protocol
