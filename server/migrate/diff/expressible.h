#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migrate/diff/diff_side.h"

namespace refract::migrate {

// Can the schema in force express the object exactly? nullopt: yes. Otherwise the reason in a few words, and the object
// is unmanaged: never dropped, never recreated, no drift. With `like_prisma` what Prisma's engine compares counts as
// expressible.
std::optional<std::string> inexpressible(const catalog::Index& index, const DiffOptions& options);
std::optional<std::string> inexpressible(const catalog::Table& table, const DiffOptions& options);
std::optional<std::string> inexpressible(const catalog::Enum& enumeration, const DiffOptions& options);
std::optional<std::string> inexpressible(const catalog::PrimaryKey& key, const catalog::Table& table,
                                         const DiffOptions& options);
std::optional<std::string> inexpressible(const catalog::Column& column, const DiffOptions& options);
// A foreign key of the table: to one that neither side of the diff covers: external, or of a schema that is not
// managed.
std::optional<std::string> inexpressible(const catalog::ForeignKey& key, const catalog::Table& table,
                                         const DiffSide& side, const DiffSide& other, const DiffOptions& options);

// Over columns alone and without a condition: they are unique, whatever other options the index has.
bool is_plain_unique(const catalog::Index& index);

// How an index with options added by hand differs from the index of the same name in the schema, in what both can
// express: key columns, their order, uniqueness. Empty: the refined one does for it.
std::vector<std::string> index_differences(const catalog::Index& existing, const catalog::Index& wanted);

}  // namespace refract::migrate
