#pragma once

#include <vector>

#include "features/rejections.h"

namespace refract::features {

// Compound indexes and unique keys of MongoDB over several lists: it rejects each document that has more than one of
// them ("cannot index parallel arrays").
std::vector<Rejection> parallel_lists(const schema::Snapshot& snapshot);

}  // namespace refract::features
