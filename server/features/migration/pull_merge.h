#pragma once

#include <vector>

#include "features/migration/pull.h"
#include "migrate/pull/pull.h"

namespace refract::features {

struct MergedSchema {
  PulledSchema schema;
  std::vector<migrate::PulledBlock> blocks;  // the database's, as they are in it
};

// The first half of pull(): the texts, which nothing has checked yet.
MergedSchema merge_pulled(const schema::Snapshot& existing, const catalog::Catalog& database,
                          const migrate::PullExceptions& exceptions);

}  // namespace refract::features
