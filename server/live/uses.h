#pragma once

#include "catalog/catalog.h"

namespace refract::live {

// Fills in what views read and which types the signatures of functions name, from the definitions that PostgreSQL
// printed: names of "public" alone are unqualified there.
void fill_uses(catalog::Catalog& catalog);

}  // namespace refract::live
