#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace refract::migrate {

// How names and enum values with quotes in them are written. Prisma doubles none and quotes no sequence, so that
// PostgreSQL refuses what it writes for such names: `prisma` is for `--like-prisma`, all else is escaped.
enum class Spelling { prisma, escaped };

// Quoted names; the schema only where it is not "public", or `qualified`.
std::string quoted(std::string_view name, Spelling spelling);
std::string quoted(const catalog::QualifiedName& name, Spelling spelling, bool qualified = false);
// A value of an enum between single quotes.
std::string quoted_value(std::string_view value, Spelling spelling);
// A sequence that an autoincrement() gets: without quotes where it can do without, as Prisma always has it.
std::string sequence_name(const catalog::QualifiedName& sequence, Spelling spelling);

}  // namespace refract::migrate
