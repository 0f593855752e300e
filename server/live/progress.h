#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "migrate/history/script_units.h"

// The progress of a migration that is not one transaction, as written in its record's `logs`.
namespace refract::live {

struct Progress {
  std::size_t done = 0;  // so many statements, from the first, took effect
  std::size_t of = 0;
  std::string checksum;  // of the text up to the end of the last one; empty for none
  std::string message;   // of the failure; empty while it runs, or where it was cut off
};

// The first line of logs: "refract: 2 of 5 statements took effect; sha256 of these: …".
std::string progress_text(const migrate::Script& script, std::size_t done);
// nullopt: the logs are not ours.
std::optional<Progress> read_progress(std::string_view logs);
// Whether the statement at this place may have taken effect in part where it failed: it ends transactions itself.
bool may_leave_part(const migrate::Script& script, std::size_t at);
// Whether a text begins with the statements that took effect.
bool continues(const migrate::Script& script, const Progress& progress);

}  // namespace refract::live
