#include "report/painted.h"

#include <algorithm>
#include <array>

namespace refract::report {
namespace {

constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kGreen = "\033[32m";
constexpr std::string_view kYellow = "\033[1;33m";
constexpr std::string_view kBlue = "\033[1;34m";
constexpr std::string_view kFaint = "\033[2m";
constexpr std::string_view kPlain = "\033[0m";

struct Colour {
  std::string_view text;
  std::string_view colour;
};

// "danger: …", also after the place of the problem.
constexpr std::array kLevelWords = {
    Colour{"danger", kRed},         Colour{"error", kRed},   Colour{"warning", kYellow},
    Colour{"notice", kBlue},        Colour{"kept", kBlue},   Colour{"possible rename", kBlue},
    Colour{"possible cast", kBlue}, Colour{"refract", kRed}, Colour{"lost", kYellow}};
// The lines of a plan, of `verify`, `deploy` and `rollback`.
constexpr std::array kBeginnings = {
    Colour{"- Create ", kGreen},  Colour{"- Add ", kGreen},      Colour{"- Install ", kGreen},
    Colour{"- Drop ", kRed},      Colour{"- Remove ", kRed},     Colour{"- ", kYellow},
    Colour{"FAIL ", kRed},        Colour{"  ok ", kGreen},       Colour{"  -  ", kFaint},
    Colour{"  applied ", kGreen}, Colour{"  recorded ", kGreen}, Colour{"  undone ", kGreen},
    Colour{"  failed ", kRed},    Colour{"  = ", kFaint},        Colour{"       ", kFaint}};
// "  20260101_init  pending" of `status`.
constexpr std::array kStates = {Colour{"applied", kGreen},
                                Colour{"pending", kYellow},
                                Colour{"running", kYellow},
                                Colour{"failed", kRed},
                                Colour{"rolled back", kYellow},
                                Colour{"edited after it was applied", kRed},
                                Colour{"applied, but not in the folder", kRed}};

std::string wrapped(std::string_view before, const Colour& colour, std::string_view after) {
  return std::string(before).append(colour.colour).append(colour.text).append(kPlain).append(after);
}

std::string state_line(std::string_view line) {
  const std::size_t gap = line.find("  ", 2);
  if (!line.starts_with("  ") || gap == std::string_view::npos || line[2] == ' ') return {};
  std::string_view rest = line.substr(gap + 2);
  const std::string_view note = rest.substr(std::min(rest.find(" (marked"), rest.size()));
  rest.remove_suffix(note.size());
  const auto* state = std::ranges::find(kStates, rest, &Colour::text);
  return state == kStates.end() ? std::string() : wrapped(line.substr(0, gap + 2), *state, note);
}

std::string level_line(std::string_view line) {
  for (const Colour& level : kLevelWords) {
    const std::string label = std::string(level.text) + ": ";
    const std::string within = ": " + label;
    if (line.starts_with(label)) return wrapped({}, level, line.substr(level.text.size()));
    if (const std::size_t at = line.find(within); at != std::string_view::npos) {
      return wrapped(line.substr(0, at + 2), level, line.substr(at + 2 + level.text.size()));
    }
  }
  return {};
}

std::string painted_line(std::string_view line) {
  if (line.contains('\033')) return std::string(line);
  if (std::string state = state_line(line); !state.empty()) return state;
  for (const Colour& beginning : kBeginnings) {
    if (!line.starts_with(beginning.text)) continue;
    if (beginning.colour == kFaint) return std::string(kFaint).append(line).append(kPlain);
    return wrapped({}, beginning, line.substr(beginning.text.size()));
  }
  if (std::string level = level_line(line); !level.empty()) return level;
  return std::string(line);
}

}  // namespace

std::string painted(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += painted_line(text.substr(0, end));
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace refract::report
