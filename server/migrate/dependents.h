#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace refract::migrate {

// What no schema describes and what hangs on a table or one of its columns, each with its kind: "trigger audit".
struct Dependents {
  std::vector<std::string> dropped;   // goes with it, unasked
  std::vector<std::string> blocking;  // as long as they stand, PostgreSQL drops nothing
  std::vector<std::string> broken;    // stays, and fails when it is next called: functions that name it
};
Dependents dependents_of_table(const catalog::Catalog& catalog, const catalog::QualifiedName& table);
Dependents dependents_of_column(const catalog::Catalog& catalog, const catalog::QualifiedName& table,
                                std::string_view column);

// "function", "policy"…
std::string_view kind_name(catalog::UnmanagedKind kind);

}  // namespace refract::migrate
