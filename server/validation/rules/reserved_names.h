#pragma once

#include <string_view>

#include "schema/connector.h"

namespace refract::validation {

// Whether Prisma refuses the name for a model, view, composite type or enum because Prisma Client or JavaScript needs
// it. Fields and enum values may have it.
bool is_reserved_name(std::string_view name, schema::PrismaVersion version);

}  // namespace refract::validation
