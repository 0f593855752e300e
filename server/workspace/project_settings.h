#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/formatting.h"
#include "migrate/hazards/suppressions.h"
#include "text/position.h"

namespace refract::workspace {

inline constexpr const char* kSettingsFile = "refract.toml";

// Settings by their names ("prisma.version"), each as text: "true" or "false", a word, a path.
using SettingValues = std::map<std::string, std::string, std::less<>>;

// `codes`: a list of codes of diagnostics; as text they are joined by spaces.
enum class SettingKind { boolean, word, path, codes };

// One setting, as refract.toml and clients know it.
struct SettingSpec {
  std::string_view name;
  SettingKind kind = SettingKind::boolean;
  std::vector<std::string_view> words = {};  // that a word may be
  bool in_file_alone = false;                // clients have none
};

// All settings. The one table of them.
std::span<const SettingSpec> settings_table();
// nullptr: there is none of this name.
const SettingSpec* find_setting(std::string_view name);
// Whether a value given as text fits a word or a path.
bool fits(const SettingSpec& setting, std::string_view value);
// What a setting takes, for a message: "`true` or `false`".
std::string expectation(const SettingSpec& setting);

// Why a list of codes of diagnostics cannot have a code: there is none of this name, or it is that of a hazard.
struct CodeFault {
  std::string message;
  std::string help;
};
std::optional<CodeFault> code_fault(std::string_view code);

// What the group `diagnostics` hides: `show = false` all in an editor, `ignore` those with a code.
class HiddenDiagnostics {
 public:
  explicit HiddenDiagnostics(const SettingValues& values);
  bool all() const { return all_; }
  bool any() const { return all_ || !codes_.empty(); }
  bool ignores(std::string_view code) const { return codes_.contains(code); }
  // In an editor.
  bool hides(std::string_view code) const { return all_ || ignores(code); }
  bool operator==(const HiddenDiagnostics&) const = default;

 private:
  bool all_ = false;
  std::set<std::string, std::less<>> codes_;
};

// A wrong place of a refract.toml.
struct SettingsProblem {
  std::size_t line = 1;  // from 1, as is the column, which counts characters
  std::size_t column = 1;
  text::Range range;
  std::string message;
  std::string help;
  bool operator==(const SettingsProblem&) const = default;
};

// A refract.toml as read. What is wrong in it is left out of the values.
struct ProjectSettings {
  std::filesystem::path file;  // empty: there is none
  std::string text;
  SettingValues values;
  std::vector<migrate::AcceptedHazard> accepted_hazards;  // [[hazards.ignore]]
  std::vector<SettingsProblem> problems;

  // Empty: the file does not say.
  std::string_view value(std::string_view name) const;
};

// The group `format`.
features::FormattingOptions formatting_options(const SettingValues& values);

ProjectSettings parse_settings(std::filesystem::path file, std::string text);

}  // namespace refract::workspace
