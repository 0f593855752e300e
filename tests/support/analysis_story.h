#pragma once

#include <string>

#include "validation/core/diagnostic.h"

namespace refract::tests {

// All that an analysis reports, with places and fixes: two are equal if their stories are.
std::string story_of(const validation::Analysis& analysis);

}  // namespace refract::tests
