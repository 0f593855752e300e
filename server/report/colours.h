#pragma once

#include <string>
#include <string_view>

// The colours of text on a terminal.
namespace refract::report {

inline constexpr std::string_view kRed = "\033[1;31m";
inline constexpr std::string_view kGreen = "\033[32m";
inline constexpr std::string_view kYellow = "\033[1;33m";
inline constexpr std::string_view kBlue = "\033[1;34m";
inline constexpr std::string_view kStrong = "\033[1m";
inline constexpr std::string_view kFaint = "\033[2m";
inline constexpr std::string_view kPlain = "\033[0m";

inline std::string in_colour(std::string_view colour, std::string_view text) {
  return std::string(colour).append(text).append(kPlain);
}

}  // namespace refract::report
