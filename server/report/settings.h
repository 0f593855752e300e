#pragma once

#include <string>

#include "workspace/project_settings.h"

namespace refract::report {

// What is wrong in a refract.toml: "db/refract.toml:3:1: There is no setting `vresion`. Did you mean `version`?", a
// line each. Empty: nothing is.
std::string settings_text(const workspace::ProjectSettings& settings);

}  // namespace refract::report
