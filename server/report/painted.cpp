#include "report/painted.h"

#include <algorithm>
#include <array>

#include "report/colours.h"

namespace refract::report {
namespace {

struct Colour {
  std::string_view text;
  std::string_view colour;
};

// "danger: …", also after the place of the problem.
constexpr std::array kLevelWords = {
    Colour{"danger", kRed},         Colour{"error", kRed},   Colour{"warning", kYellow},
    Colour{"notice", kBlue},        Colour{"kept", kBlue},   Colour{"possible rename", kBlue},
    Colour{"possible cast", kBlue}, Colour{"refract", kRed}, Colour{"lost", kYellow},
    Colour{"note", kBlue},          Colour{"blocked", kRed}};
// The lines of a plan, of `verify`, `deploy`, `rollback` and `format`, and those that say what a command works on.
constexpr std::array kBeginnings = {
    Colour{"- Create ", kGreen},  Colour{"- Add ", kGreen},      Colour{"- Install ", kGreen},
    Colour{"- Drop ", kRed},      Colour{"- Remove ", kRed},     Colour{"- ", kYellow},
    Colour{"FAIL ", kRed},        Colour{"  ok ", kGreen},       Colour{"  -  ", kFaint},
    Colour{"  applied ", kGreen}, Colour{"  recorded ", kGreen}, Colour{"  undone ", kGreen},
    Colour{"  failed ", kRed},    Colour{"  = ", kFaint},        Colour{"       ", kFaint},
    Colour{"using ", kFaint},     Colour{"formatted ", kGreen}};
// "schema.prisma is not formatted; …"
constexpr Colour kUnformatted{" is not formatted", kYellow};
// "  20260101_init  pending" of `status`.
constexpr std::array kStates = {Colour{"applied", kGreen},
                                Colour{"pending", kYellow},
                                Colour{"running", kYellow},
                                Colour{"failed", kRed},
                                Colour{"rolled back", kYellow},
                                Colour{"edited after it was applied", kRed},
                                Colour{"applied, but not in the folder", kRed}};

std::string wrapped(std::string_view before, const Colour& colour, std::string_view after) {
  return std::string(before).append(in_colour(colour.colour, colour.text)).append(after);
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
    if (beginning.colour == kFaint) return in_colour(kFaint, line);
    return wrapped({}, beginning, line.substr(beginning.text.size()));
  }
  if (std::string level = level_line(line); !level.empty()) return level;
  if (const std::size_t at = line.find(kUnformatted.text); at != std::string_view::npos)
    return wrapped(line.substr(0, at), kUnformatted, line.substr(at + kUnformatted.text.size()));
  return std::string(line);
}

// A line of CLI11's help: a heading, "Usage: …", or an option or command with its description.
std::string help_line(std::string_view line) {
  constexpr std::string_view kUsage = "Usage:";
  if (line.starts_with(kUsage)) return in_colour(kStrong, kUsage).append(line.substr(kUsage.size()));
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin == 0 && line.ends_with(':')) return in_colour(kStrong, line);
  if (begin != 2) return std::string(line);
  const std::size_t end = std::min(line.find("  ", begin), line.size());
  const std::string name = in_colour(kGreen, line.substr(begin, end - begin));
  return std::string(line.substr(0, begin)).append(name).append(line.substr(end));
}

std::string painted_lines(std::string_view text, std::string (*paint)(std::string_view)) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += paint(text.substr(0, end));
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string painted(std::string_view text) {
  return painted_lines(text, painted_line);
}

std::string painted_help(std::string_view text) {
  return painted_lines(text, help_line);
}

}  // namespace refract::report
