#pragma once

#include <string>

#include "lsp/convert.h"
#include "protocol/lsp/base.h"

namespace refract::lsp {

// The command that previews or generates the next migration of a schema: the client's own where it has one.
protocol::Command migration_command(const Scope& scope, bool generate, std::string title, const std::string& uri);

}  // namespace refract::lsp
