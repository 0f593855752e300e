#include "live/fixture.h"

#include "support/catch.h"
#include "support/postgres.h"

namespace refract::test {

Folder& Folder::add(const std::string& name, std::string_view sql, std::string_view down) {
  files_.write("migrations/" + name + "/migration.sql", sql);
  if (!down.empty()) files_.write("migrations/" + name + "/down.sql", down);
  return *this;
}

migrate::History Folder::history() const {
  auto history = migrate::load_history(files_ / "migrations");
  if (!history) FAIL(history.error().message);
  return std::move(*history);
}

std::string deployed(const Folder& folder, const live::ConnectionString& database, const live::DeployOptions& options) {
  const auto report = live::deploy(folder.history(), database, options);
  if (!report) return "error: " + report.error().message;
  std::string text;
  for (const live::AppliedMigration& migration : report->applied) text += migration.name + " ";
  if (report->failure) {
    text += "FAILED " + report->failure->migration + ": " + report->failure->why.message() +
            (report->failure->rolled_back ? "" : " (in parts)");
  }
  if (report->ended) text += "ENDED: " + report->ended->message;
  return text;
}

std::string records_of(const live::ConnectionString& database) {
  return ask(
      database,
      "SELECT string_agg(migration_name || CASE WHEN finished_at IS NULL THEN ' unfinished' ELSE ' finished' END "
      "|| CASE WHEN rolled_back_at IS NULL THEN '' ELSE ' undone' END || ' ' || applied_steps_count || "
      "CASE WHEN logs IS NULL THEN '' ELSE ' ' || logs END, '; ' ORDER BY started_at) FROM _prisma_migrations");
}

live::MigrationStatus status_of(const Folder& folder, const live::ConnectionString& database, const std::string& name) {
  const auto report = live::status(folder.history(), database);
  if (!report) FAIL(report.error().message);
  for (const live::MigrationStatus& migration : report->migrations) {
    if (migration.name == name) return migration;
  }
  FAIL("status does not know " << name);
  return {};
}

std::shared_ptr<const schema::Snapshot> schema_of(std::string_view text) {
  std::string whole = text.contains("datasource ")
                          ? ""
                          : "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"URL\")\n}\n\n";
  whole += text;
  std::vector<schema::SourceFile> files;
  files.push_back({"schema.prisma", syntax::File::parse(text::Document(std::move(whole)))});
  return schema::Snapshot::build(std::move(files), {.version = schema::PrismaVersion::v6});
}

}  // namespace refract::test
