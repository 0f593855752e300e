#include "workspace/project_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "support/toml.h"
#include "validation/codes/code.h"
#include "validation/core/text_tools.h"

namespace refract::workspace {
namespace {

// Line and column count from 1, columns in characters.
text::Offset offset_of(std::string_view text, toml::source_position at) {
  std::size_t offset = 0;
  for (std::uint32_t line = 1; line < at.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) return static_cast<text::Offset>(text.size());
    offset = end + 1;
  }
  for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column) {
    do {
      ++offset;
    } while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80);
  }
  return static_cast<text::Offset>(std::min(offset, text.size()));
}

std::string_view group_of(std::string_view name) {
  return name.substr(0, name.find('.'));
}

bool is_hazard(std::string_view code) {
  const auto specs = migrate::hazard_specs();
  return std::ranges::find(specs, code, &migrate::HazardSpec::code) != specs.end();
}

// Reads one file's tables into its settings and their problems.
class Reader {
 public:
  explicit Reader(ProjectSettings& settings) : settings_(settings) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const std::string group(key.str());
      std::vector<std::string_view> groups;
      for (const SettingSpec& setting : settings_table()) groups.push_back(group_of(setting.name));
      groups.push_back(kHazards);
      if (std::ranges::find(groups, group) == groups.end()) {
        unknown(key.source(), group, groups);
      } else if (const toml::table* members = node.as_table()) {
        group == kHazards ? read_hazards(*members) : read_group(group, *members);
      } else {
        add(key.source(), fmt::format("`{}` is a group of settings and has no value of its own.", group),
            fmt::format("Write `[{}]` on a line of its own, and the settings below it.", group));
      }
    }
  }

  void add(const toml::source_region& at, std::string message, std::string help) {
    const text::Offset begin = offset_of(settings_.text, at.begin);
    const text::Offset end = at.end ? std::max(begin, offset_of(settings_.text, at.end)) : begin;
    settings_.problems.push_back({at.begin.line, at.begin.column, {begin, end}, std::move(message), std::move(help)});
  }

 private:
  static constexpr std::string_view kHazards = "hazards";

  void read_hazards(const toml::table& members) {
    for (const auto& [key, node] : members) {
      const toml::array* entries = node.as_array();
      if (key.str() != "ignore") {
        unknown(key.source(), std::string(key.str()), {"ignore"});
      } else if (entries == nullptr || !entries->is_homogeneous(toml::node_type::table)) {
        add(node.source(), "`hazards.ignore` must be a list of entries.",
            "Write `[[hazards.ignore]]` on a line of its own, and `migration`, `code` and `reason` below it.");
      } else {
        for (const toml::node& entry : *entries) read_accepted(*entry.as_table());
      }
    }
  }

  void read_accepted(const toml::table& entry) {
    migrate::AcceptedHazard accepted{.line = entry.source().begin.line};
    const std::pair<std::string_view, std::string*> keys[] = {
        {"migration", &accepted.migration}, {"code", &accepted.code}, {"reason", &accepted.reason}};
    for (const auto& [key, node] : entry) {
      const auto known = std::ranges::find(keys, key.str(), &std::pair<std::string_view, std::string*>::first);
      const auto value = node.value_exact<std::string>();
      if (known == std::end(keys)) {
        unknown(key.source(), std::string(key.str()), {"migration", "code", "reason"});
      } else if (!value || value->empty()) {
        add(node.source(), fmt::format("`{}` of an accepted hazard is not a string.", key.str()),
            "Write it as a string in quotes.");
      } else {
        *known->second = *value;
      }
    }
    for (const auto& [key, value] : keys) {
      if (!value->empty()) continue;
      add(entry.source(), fmt::format("An accepted hazard has no `{}`.", key),
          "Write `migration`, `code` and `reason` below `[[hazards.ignore]]`.");
      return;
    }
    if (validation::Code::find(accepted.code) && !is_hazard(accepted.code)) {
      add(entry.source(), fmt::format("The code `{}` is that of a diagnostic, not of a hazard.", accepted.code),
          "List it in `ignore` below `[diagnostics]`.");
      return;
    }
    settings_.accepted_hazards.push_back(std::move(accepted));
  }

  void read_group(const std::string& group, const toml::table& members) {
    for (const auto& [key, node] : members) {
      const std::string name = fmt::format("{}.{}", group, key.str());
      const SettingSpec* setting = find_setting(name);
      if (setting == nullptr) {
        std::vector<std::string_view> names;
        for (const SettingSpec& other : settings_table()) {
          if (group_of(other.name) == group) names.push_back(other.name.substr(group.size() + 1));
        }
        unknown(key.source(), std::string(key.str()), names);
        continue;
      }
      if (setting->kind == SettingKind::codes) {
        read_codes(name, node);
        continue;
      }
      const auto value = text_of(*setting, node);
      if (value) {
        settings_.values[name] = *value;
      } else {
        add(node.source(), fmt::format("`{}` has an invalid value.", name),
            fmt::format("Set it to {}.", expectation(*setting)));
      }
    }
  }

  // Those that exist count, whatever the others are.
  void read_codes(const std::string& name, const toml::node& node) {
    const toml::array* entries = node.as_array();
    if (entries == nullptr) {
      add(node.source(), fmt::format("`{}` has an invalid value.", name),
          fmt::format("Set it to {}.", expectation(*find_setting(name))));
      return;
    }
    std::string codes;
    for (const toml::node& entry : *entries) {
      const auto code = entry.value_exact<std::string>();
      if (!code) {
        add(entry.source(), fmt::format("An entry of `{}` is not a string.", name), "Write the code in quotes.");
      } else if (auto fault = code_fault(*code)) {
        add(entry.source(), std::move(fault->message), std::move(fault->help));
      } else {
        codes += (codes.empty() ? "" : " ") + *code;
      }
    }
    settings_.values[name] = codes;
  }

  static std::optional<std::string> text_of(const SettingSpec& setting, const toml::node& node) {
    if (setting.kind == SettingKind::boolean) {
      if (const auto value = node.value_exact<bool>()) return *value ? "true" : "false";
      return std::nullopt;
    }
    std::optional<std::string> value = node.value_exact<std::string>();
    // A version may be written as the number that it is.
    if (const auto number = node.value_exact<std::int64_t>()) value = std::to_string(*number);
    return value && fits(setting, *value) ? value : std::nullopt;
  }

  void unknown(const toml::source_region& at, const std::string& written,
               const std::vector<std::string_view>& candidates) {
    const std::string_view meant = validation::nearest(written, candidates);
    if (!meant.empty()) {
      add(at, fmt::format("The setting `{}` does not exist.", written), fmt::format("Did you mean `{}`?", meant));
      return;
    }
    std::vector<std::string_view> known = candidates;
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
    add(at, fmt::format("The setting `{}` does not exist.", written),
        fmt::format("Remove it; the settings here are {}.", validation::list_of(known)));
  }

  ProjectSettings& settings_;
};

}  // namespace

std::span<const SettingSpec> settings_table() {
  static const std::vector<SettingSpec> kSettings = {
      {"prisma.version", SettingKind::word, {"auto", "5", "6", "7"}},
      {"prisma.schema", SettingKind::path, {}, true},
      {"migrations.path", SettingKind::path, {}, true},
      {"migrations.naming", SettingKind::word, {"timestamp", "date"}},
      {"diagnostics.show"},
      {"diagnostics.ignore", SettingKind::codes},
      {"format.likePrisma"},
      {"format.addRelations"},
      {"rename.databaseName", SettingKind::word, {"keep", "follow"}},
      {"inlayHints.databaseType"},
      {"inlayHints.referentialAction"},
      {"inlayHints.relationTable"},
      {"inlayHints.mappedName"},
      {"inlayHints.constraintName"},
      {"codeLens.pendingMigration"},
      {"codeLens.references"},
      {"codeLens.migrationFile"},
  };
  return kSettings;
}

const SettingSpec* find_setting(std::string_view name) {
  const auto found = std::ranges::find(settings_table(), name, &SettingSpec::name);
  return found == settings_table().end() ? nullptr : &*found;
}

std::optional<CodeFault> code_fault(std::string_view code) {
  constexpr std::string_view kHazardHelp =
      "Hazards are accepted one by one: with `[[hazards.ignore]]` in refract.toml, or with a comment in the migration.";
  if (validation::Code::find(code)) return std::nullopt;
  if (is_hazard(code))
    return CodeFault{fmt::format("The code `{}` is that of a hazard, not of a diagnostic.", code),
                     std::string(kHazardHelp)};
  std::vector<std::string_view> known(std::begin(validation::kCodeNames), std::end(validation::kCodeNames));
  for (const migrate::HazardSpec& spec : migrate::hazard_specs()) known.push_back(spec.code);
  const std::string_view meant = validation::nearest(code, known);
  std::string help = "Remove it; refract check prints the code of each diagnostic in brackets.";
  if (!meant.empty()) help = fmt::format("Did you mean `{}`?", meant);
  if (is_hazard(meant)) help += fmt::format(" {}", kHazardHelp);
  return CodeFault{fmt::format("The code `{}` does not exist.", code), std::move(help)};
}

HiddenDiagnostics::HiddenDiagnostics(const SettingValues& values) {
  if (const auto show = values.find("diagnostics.show"); show != values.end()) all_ = show->second == "false";
  const auto ignore = values.find("diagnostics.ignore");
  if (ignore == values.end()) return;
  std::string_view rest = ignore->second;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) codes_.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

bool fits(const SettingSpec& setting, std::string_view value) {
  if (setting.kind == SettingKind::path) return !value.empty();
  if (setting.kind == SettingKind::boolean) return value == "true" || value == "false";
  return std::ranges::find(setting.words, value) != setting.words.end();
}

features::FormattingOptions formatting_options(const SettingValues& values) {
  features::FormattingOptions options;
  const auto read = [&](std::string_view name, bool& value) {
    if (const auto found = values.find(name); found != values.end()) value = found->second == "true";
  };
  read("format.likePrisma", options.like_prisma);
  read("format.addRelations", options.add_relations);
  return options;
}

std::string expectation(const SettingSpec& setting) {
  if (setting.kind == SettingKind::boolean) return "`true` or `false`";
  if (setting.kind == SettingKind::codes) return "a list of codes in quotes, such as [\"unknown-type\"]";
  if (setting.kind == SettingKind::path) return "a path in quotes, relative to the folder of this file";
  std::string text;
  for (std::size_t i = 0; i < setting.words.size(); ++i) {
    if (i > 0) text += i + 1 == setting.words.size() ? " or " : ", ";
    text += fmt::format("\"{}\"", setting.words[i]);
  }
  return text;
}

std::string_view ProjectSettings::value(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

ProjectSettings parse_settings(std::filesystem::path file, std::string text) {
  ProjectSettings settings{std::move(file), std::move(text), {}, {}};
  Reader reader(settings);
  try {
    reader.read(parse_toml(settings.text, settings.file.string()));
  } catch (const toml::parse_error& wrong) {
    reader.add(wrong.source(), fmt::format("Invalid TOML: {}.", wrong.description()),
               "Correct the line; until then the settings of this file are ignored.");
  }
  std::ranges::sort(settings.problems, {}, [](const SettingsProblem& problem) { return problem.range.begin; });
  return settings;
}

}  // namespace refract::workspace
