#pragma once

#include <string>

#include "operations/target.h"
#include "workspace/project.h"

namespace refract::report {

// Which schema, Prisma version and migrations a command works with, and why, in a line for standard error.
// `from`: the folder that paths are shown relative to.
std::string project_line(const workspace::LoadedSchema& schema, const std::filesystem::path& from);

// The database and schema that are used, and where they were configured; then one line per URL parameter that Refract
// ignores or treats differently. No secret.
std::string target_lines(const operations::Target& target);

// What a reset drops, a line an object, then what blocks it.
std::string reset_text(const live::ResetPlan& plan);
// Why the reset cannot be done, in one sentence; empty: it can.
std::string reset_refusal(const live::ResetPlan& plan);

}  // namespace refract::report
