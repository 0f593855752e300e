#include "features/external_declarations.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/diff/diff_options.h"
#include "migrate/wanted/table_parts.h"

namespace refract::features {

std::vector<ExternalDeclaration> external_declarations(const schema::Snapshot& snapshot) {
  std::vector<ExternalDeclaration> found;
  const schema::Options& options = snapshot.options();
  if (options.external_tables.empty() && options.external_enums.empty()) return found;
  const migrate::ManagedScope scope = migrate::managed_scope(options);
  for (const schema::Placed& placed : snapshot.declarations()) {
    const bool external = placed->is_model()  ? !scope.manages_table(migrate::name_of(*placed))
                          : placed->is_enum() ? !scope.manages_enum(migrate::name_of(*placed))
                                              : false;
    if (!external) continue;
    found.push_back({placed.in_file(placed->block->range),
                     fmt::format("The {} `{}` is external by the Prisma configuration: migrations leave it alone.",
                                 placed->is_enum() ? "enum" : "model", placed->name)});
  }
  return found;
}

}  // namespace refract::features
