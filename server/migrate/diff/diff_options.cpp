#include "migrate/diff/diff_options.h"

#include <string>
#include <vector>

namespace refract::migrate {

ManagedScope managed_scope(const schema::Options& options) {
  ManagedScope scope;
  for (const std::string& name : options.external_tables) scope.external_tables.push_back(external_name(name));
  for (const std::string& name : options.external_enums) scope.external_enums.push_back(external_name(name));
  return scope;
}

DiffOptions diff_options(const schema::Snapshot& snapshot) {
  return {.version = snapshot.options().version,
          .partial_indexes = snapshot.has_preview_feature("partialIndexes"),
          .managed = managed_scope(snapshot.options())};
}

DiffOptions diff_options(const schema::Snapshot& snapshot, const catalog::Catalog& before) {
  DiffOptions options = diff_options(snapshot);
  options.managed.exclude(before);
  return options;
}

DiffOptions database_diff_options(const schema::Snapshot& snapshot, const catalog::Catalog& before) {
  DiffOptions options = diff_options(snapshot, before);
  const schema::Datasource* datasource = snapshot.datasource();
  const bool listed = datasource != nullptr && !datasource->schemas.empty();
  options.managed.schemas = listed ? datasource->schemas : std::vector<std::string>{"public"};
  return options;
}

}  // namespace refract::migrate
