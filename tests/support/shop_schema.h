#pragma once

#include <string>

namespace refract::tests {

// A valid PostgreSQL schema of the size that projects have: some fifty models with relations in both directions, enums,
// comments, indexes and native types.
std::string shop_schema();

}  // namespace refract::tests
