#pragma once

#include <string>
#include <string_view>

#include "protocol/json.h"

namespace refract::report {

// The message of a GitHub workflow command, and the value of one of its properties: what GitHub would take for syntax
// of its own is escaped.
std::string github_message(std::string_view text);
std::string github_property(std::string_view text);

// A path as a URI: relative ones stay relative, because the reader knows the folder that they belong to.
std::string uri_reference(std::string_view path);

// A SARIF 2.1.0 log of one run of this program. `run` has the run's own properties (for example `results`).
protocol::Json sarif_log(std::string_view version, protocol::Json rules, protocol::Json run);

}  // namespace refract::report
