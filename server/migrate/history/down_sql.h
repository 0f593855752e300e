#pragma once

#include <cstddef>

#include "migrate/diff/plan.h"
#include "migrate/history/history.h"

namespace refract::migrate {

// The way back of a migration of the folder, from its SQL as it is now: one that was edited by hand, or that Prisma
// wrote. `index`: into history.migrations.
ReversePlan reverse_migration(const History& history, std::size_t index, const DiffOptions& options);

}  // namespace refract::migrate
