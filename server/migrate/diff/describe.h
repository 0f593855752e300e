#pragma once

#include <string>

#include "catalog/step.h"

namespace refract::migrate {

// One plain sentence for a change, in words: "Add column bio (text, optional) to User".
std::string describe(const catalog::Change& change);

}  // namespace refract::migrate
