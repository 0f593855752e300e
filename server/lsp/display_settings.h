#pragma once

#include "features/inlay_hints.h"
#include "protocol/json.h"

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

// From the section `refract`. What is missing or no boolean keeps its default.
DisplaySettings display_settings(const protocol::Json& settings);

}  // namespace refract::lsp
