#pragma once

#include <string>
#include <vector>

#include "features/inlay_hints.h"
#include "protocol/json.h"
#include "workspace/project_settings.h"

namespace refract::lsp {

struct LensOptions {
  bool pending_migration = true;
  bool references = true;
  bool migration_file = true;  // over the statements of a migration.sql
  bool operator==(const LensOptions&) const = default;
};

// What a person wants shown: refract.inlayHints.* and refract.codeLens.*.
struct DisplaySettings {
  features::HintOptions hints;
  LensOptions lenses;
  bool operator==(const DisplaySettings&) const = default;
};

// What is missing keeps its default.
DisplaySettings display_settings(const workspace::SettingValues& values);

// The settings of a client's section `refract`. What is missing, null or no setting of ours is passed over; what does
// not fit is too, and `refusals` gets a sentence on each.
workspace::SettingValues client_settings(const protocol::Json& section, std::vector<std::string>& refusals);

}  // namespace refract::lsp
