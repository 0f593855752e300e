#pragma once

#include <string_view>

namespace refract::catalog {

// Whether a function of this name, where no migration made one, leaves the structure alone: PostgreSQL's own, and some
// of widespread extensions. Others may do anything: create_hypertable() makes indexes.
bool changes_no_table(std::string_view name);

}  // namespace refract::catalog
