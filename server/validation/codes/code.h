#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "validation/codes/code_names.h"

namespace refract::validation {

// The stable name of a kind of diagnostic, such as "unknown-type". A literal is checked when it is compiled: a code
// that families.txt does not list is an error.
class Code {
 public:
  consteval Code(const char* name) : index_(checked_index(name)) {}

  // For a name that is known only when the program runs. nullopt: there is no such code.
  static constexpr std::optional<Code> find(std::string_view name) {
    const auto* const found = std::ranges::lower_bound(kCodeNames, name);
    if (found == std::end(kCodeNames) || *found != name) return std::nullopt;
    return Code(static_cast<std::uint16_t>(found - kCodeNames));
  }

  constexpr std::string_view name() const { return kCodeNames[index_]; }
  constexpr operator std::string_view() const { return name(); }
  friend constexpr auto operator<=>(Code, Code) = default;

 private:
  constexpr explicit Code(std::uint16_t index) : index_(index) {}
  static consteval std::uint16_t checked_index(const char* name) {
    const auto found = find(name);
    if (!found) throw "server/validation/codes has no such code";
    return found->index_;
  }

  std::uint16_t index_;
};

}  // namespace refract::validation
