#pragma once

#include <nlohmann/json.hpp>

namespace refract::protocol {

using Json = nlohmann::json;

}  // namespace refract::protocol
