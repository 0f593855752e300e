#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/json.h"
#include "schema/snapshot.h"
#include "validation/diagnostic.h"

namespace refract::report {

// A finding's facts as the flat JSON object that LSP's `data` and `check --format json` carry.
protocol::Json facts(const validation::Diagnostic& diagnostic);

// {"files": […], "diagnostics": […]} of design.md: byte offsets, ranges 0-based in UTF-16 units.
protocol::Json diagnostics_json(const schema::Snapshot& snapshot,
                                const std::vector<validation::Diagnostic>& diagnostics);

// One finding a paragraph: place, severity, message, the source line underlined, help. Colours only when asked.
std::string diagnostics_text(const schema::Snapshot& snapshot, const std::vector<validation::Diagnostic>& diagnostics,
                             bool colour);

// "2 errors and 1 warning in 3 files", "no findings in 1 file".
std::string diagnostics_total(const schema::Snapshot& snapshot, const std::vector<validation::Diagnostic>& diagnostics);

// What `refract explain` says of a diagnostic's or a hazard's code; nullopt: no such code.
std::optional<std::string> explanation_text(std::string_view code);

}  // namespace refract::report
