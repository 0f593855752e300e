#include "validation/mistakes/meant_action.h"

#include <algorithm>
#include <array>
#include <string>

#include "support/ascii.h"
#include "validation/core/text_tools.h"

namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 5> kActions = {"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};

}  // namespace

std::string_view meant_action(std::string_view written) {
  std::string letters;
  std::ranges::copy_if(written, std::back_inserter(letters), ascii::is_letter_or_digit);
  const auto* const same =
      std::ranges::find(kActions, ascii::to_lower(letters), [](std::string_view one) { return ascii::to_lower(one); });
  return same == kActions.end() ? nearest(written, kActions) : *same;
}

std::span<const std::string_view> referential_actions() {
  return kActions;
}

}  // namespace refract::validation
