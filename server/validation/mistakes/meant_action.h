#pragma once

#include <span>
#include <string_view>

namespace refract::validation {

// The referential action that was meant: `CASCADE`, `set_null`, "NO ACTION". Empty: none.
std::string_view meant_action(std::string_view written);

// All of them, for messages.
std::span<const std::string_view> referential_actions();

}  // namespace refract::validation
