#pragma once

#include "catalog/catalog.h"

namespace refract::live {

// Fills `uses` of views and of functions and procedures from the definitions that PostgreSQL printed, in which only
// names in "public" are unqualified.
void fill_uses(catalog::Catalog& catalog);

}  // namespace refract::live
