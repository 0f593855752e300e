#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migrate/pull/pull.h"
#include "schema/snapshot.h"

namespace refract::features {

// One model or enum brought from one pulled form to another: `before` is what its own schema gives, `after` what the
// database has. `differs`: a migration would change the table itself and not only what refers to it.
// nullopt: nothing of its text changes. Each change goes into `changes` as a sentence.
std::optional<std::string> merged_block(const schema::Placed& declaration, const migrate::PulledBlock& before,
                                        const migrate::PulledBlock& after, bool differs, unsigned prisma,
                                        std::vector<std::string>& changes);

}  // namespace refract::features
