#pragma once

#include <string>
#include <vector>

#include "schema/snapshot.h"
#include "validation/core/diagnostic.h"

namespace refract::report {

// Diagnostics as GitHub's workflow commands, one a line: `::error file=…,line=…,…::message`. Lines and columns begin
// at 1.
std::string github_annotations(const schema::Snapshot& snapshot,
                               const std::vector<validation::Diagnostic>& diagnostics);

}  // namespace refract::report
