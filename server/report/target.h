#pragma once

#include <string>

#include "operations/target.h"
#include "workspace/project.h"

namespace refract::report {

// Which schema, Prisma version and migrations a command works with, and why, in a line for standard error.
// `from`: the folder that paths are shown relative to.
std::string project_line(const workspace::LoadedSchema& schema, const std::filesystem::path& from);

// Which database and which schema of it, and where that was configured; then a line for each parameter of the URL that
// does not do what it seems to. No secret.
std::string target_lines(const operations::Target& target);

// What a reset drops, a line an object, then what blocks it.
std::string reset_text(const live::ResetPlan& plan);
// Why the reset cannot be done, in one sentence; empty: it can.
std::string reset_refusal(const live::ResetPlan& plan);

}  // namespace refract::report
