#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace refract::test {

// What differs between two catalogs, field by field, one line each: "table public.a column b type: int4 | int8".
// Left out is what is documented to differ between SQL as written and a database's own account of it: the text of
// unmanaged objects and views, what they use, and an extension's schema and version.
std::vector<std::string> differences(const catalog::Catalog& replayed, const catalog::Catalog& introspected);

}  // namespace refract::test
