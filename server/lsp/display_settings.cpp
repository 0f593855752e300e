#include "lsp/display_settings.h"

#include <fmt/format.h>

#include <optional>

namespace refract::lsp {
namespace {

using protocol::Json;

// nullopt: it does not fit.
std::optional<std::string> value_of(const workspace::SettingSpec& setting, const Json& given) {
  if (setting.kind == workspace::SettingKind::boolean) {
    if (!given.is_boolean()) return std::nullopt;
    return given.get<bool>() ? "true" : "false";
  }
  std::string text = given.is_string() ? given.get<std::string>() : given.is_number_integer() ? given.dump() : "";
  return workspace::fits(setting, text) ? std::optional(std::move(text)) : std::nullopt;
}

// Those that exist count, whatever the others are.
std::string known_codes(const workspace::SettingSpec& setting, const Json& given, std::vector<std::string>& refusals) {
  std::string codes;
  for (const Json& entry : given) {
    const std::string code =
        entry.is_string() ? entry.get<std::string>() : entry.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (const auto fault = workspace::code_fault(code.substr(0, 60))) {
      refusals.push_back(fmt::format("The setting `refract.{}` has an invalid value. {} {}", setting.name,
                                     fault->message, fault->help));
    } else {
      codes += (codes.empty() ? "" : " ") + code;
    }
  }
  return codes;
}

}  // namespace

DisplaySettings display_settings(const workspace::SettingValues& values) {
  DisplaySettings wanted;
  const auto read = [&](std::string_view name, bool& value) {
    if (const auto found = values.find(name); found != values.end()) value = found->second == "true";
  };
  read("inlayHints.databaseType", wanted.hints.database_type);
  read("inlayHints.referentialAction", wanted.hints.referential_action);
  read("inlayHints.relationTable", wanted.hints.relation_table);
  read("inlayHints.mappedName", wanted.hints.mapped_name);
  read("inlayHints.constraintName", wanted.hints.constraint_name);
  read("codeLens.pendingMigration", wanted.lenses.pending_migration);
  read("codeLens.references", wanted.lenses.references);
  read("codeLens.migrationFile", wanted.lenses.migration_file);
  return wanted;
}

workspace::SettingValues client_settings(const Json& section, std::vector<std::string>& refusals) {
  workspace::SettingValues values;
  if (section.is_null()) return values;
  if (!section.is_object()) {
    refusals.push_back("The settings `refract` must be an object of groups; the defaults are used.");
    return values;
  }
  for (const workspace::SettingSpec& setting : workspace::settings_table()) {
    if (setting.in_file_alone) continue;
    const std::size_t dot = setting.name.find('.');
    const auto group = section.find(std::string(setting.name.substr(0, dot)));
    if (group == section.end() || !group->is_object()) continue;
    const auto given = group->find(std::string(setting.name.substr(dot + 1)));
    if (given == group->end() || given->is_null()) continue;
    if (setting.kind == workspace::SettingKind::codes && given->is_array()) {
      values.emplace(setting.name, known_codes(setting, *given, refusals));
    } else if (auto value = value_of(setting, *given)) {
      values.emplace(setting.name, std::move(*value));
    } else {
      refusals.push_back(fmt::format(
          "The setting `refract.{}` cannot be {}, so its default is used; set it to {}.", setting.name,
          given->dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 60), workspace::expectation(setting)));
    }
  }
  return values;
}

}  // namespace refract::lsp
