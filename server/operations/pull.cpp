#include "operations/pull.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "live/introspect.h"
#include "live/unread.h"
#include "migrate/history/files.h"

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
  auto pulled = features::pull(snapshot, *catalog);
  if (!pulled || pulled->files.empty()) return pulled;
  const schema::Datasource* datasource = snapshot.datasource();
  const bool several = datasource && !datasource->schemas.empty();
  const auto unread = live::unread_objects(
      *session, several ? datasource->schemas : std::vector<std::string>{database.default_schema()});
  if (!unread) return fail(unread.error());
  std::ranges::move(migrate::omission_sentences(*unread), std::back_inserter(pulled->changes));
  return pulled;
}

Result<void> write_pulled(const workspace::LoadedSchema& schema, const features::PulledSchema& pulled) {
  for (const features::PulledFile& file : pulled.files) {
    const std::string& path = schema.snapshot->files()[file.file].path;
    if (auto written = migrate::write_text(path, file.text); !written) return written;
  }
  return {};
}

}  // namespace refract::operations
