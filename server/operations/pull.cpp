#include "operations/pull.h"

#include <fmt/format.h>

#include "live/introspect.h"
#include "migrate/files.h"

namespace refract::operations {

Result<features::PulledSchema> pull(const workspace::LoadedSchema& schema, const live::ConnectionString& database) {
  const schema::Snapshot& snapshot = *schema.snapshot;
  if (snapshot.provider() != schema::Provider::postgresql) {
    return fail(ErrorCode::invalid_schema, fmt::format("The schema is for {}; only PostgreSQL can be pulled.",
                                                       schema::to_string(snapshot.provider())));
  }
  auto session = live::Session::open(database);
  if (!session) return fail(session.error());
  const auto catalog = live::introspect(*session, database.default_schema());
  if (!catalog) return fail(catalog.error());
  return features::pull(snapshot, *catalog);
}

Result<void> write_pulled(const workspace::LoadedSchema& schema, const features::PulledSchema& pulled) {
  for (const features::PulledFile& file : pulled.files) {
    const std::string& path = schema.snapshot->files()[file.file].path;
    if (auto written = migrate::write_text(path, file.text); !written) return written;
  }
  return {};
}

}  // namespace refract::operations
