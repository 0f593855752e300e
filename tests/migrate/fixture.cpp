#include "migrate/fixture.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/diff_options.h"

#include "support/catch.h"

namespace refract::test {
namespace {

using catalog::Catalog;
using migrate::DiffOptions;

constexpr std::string_view kDatasource =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"URL\")\n}\n\n";

std::string trimmed(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

Catalog replayed(std::span<const catalog::Step> steps, Catalog before) {
  for (const catalog::ReplayIssue& issue : catalog::replay(steps, before)) {
    INFO(migrate::describe(steps[issue.step].change));
    FAIL_CHECK(issue.message);
  }
  return before;
}

std::string sql_between(const Marked& marked, schema::PrismaVersion version, bool like_prisma) {
  const auto after = snapshot_of(marked.after, version);
  DiffOptions options = migrate::diff_options(*after);
  options.like_prisma = like_prisma;
  const auto before = migrate::catalog_of(*snapshot_of(marked.before, version));
  return trimmed(migrate::render_sql(migrate::plan(before, migrate::catalog_of(*after), options)));
}

}  // namespace

std::shared_ptr<const schema::Snapshot> snapshot_of(std::string_view text, schema::PrismaVersion version) {
  std::string whole(text.contains("datasource ") ? "" : kDatasource);
  whole += text;
  std::vector<schema::SourceFile> files;
  files.push_back({"schema.prisma", syntax::File::parse(text::Document(std::move(whole)))});
  return schema::Snapshot::build(std::move(files), {.version = version});
}

Marked split(std::string_view fixture) {
  Marked marked;
  while (!fixture.empty()) {
    const std::string_view line = fixture.substr(0, fixture.find('\n'));
    fixture.remove_prefix(std::min(fixture.size(), line.size() + 1));
    const std::string bare(line.starts_with('+') || line.starts_with('-') ? line.substr(1) : line);
    if (!line.starts_with('+')) marked.before += bare + "\n";
    if (!line.starts_with('-')) marked.after += bare + "\n";
  }
  return marked;
}

Catalog run(std::string_view sql, Catalog before) {
  const catalog::ParsedSql parsed = catalog::parse_sql(sql);
  for (const catalog::SqlError& error : parsed.errors) FAIL(error.message << "\n" << sql);
  return replayed(parsed.steps, std::move(before));
}

Catalog deployed(std::string_view schema, schema::PrismaVersion version) {
  const auto snapshot = snapshot_of(schema, version);
  const auto plan = migrate::plan(Catalog::empty(), migrate::catalog_of(*snapshot), migrate::diff_options(*snapshot));
  return plan.empty() ? Catalog::empty() : run(migrate::render_sql(plan), Catalog::empty());
}

void check_sql(std::string_view fixture, std::string_view sql, schema::PrismaVersion version) {
  CHECK(sql_between(split(fixture), version, true) == trimmed(sql));
}

void check_plan(std::string_view fixture, std::string_view sql, schema::PrismaVersion version) {
  check_sql(fixture, sql, version);
  check_ours(fixture, sql, version);
}

void check_ours(std::string_view fixture, std::string_view sql, schema::PrismaVersion version) {
  CHECK(sql_between(split(fixture), version, false) == trimmed(sql));

  const Marked marked = split(fixture);
  const auto target = snapshot_of(marked.after, version);
  const DiffOptions options = migrate::diff_options(*target);
  const Catalog before = deployed(marked.before, version);
  const migrate::NextMigration next = migrate::next_migration(before, *target, options);
  INFO(next.sql << "\n" << next.down.sql);
  const Catalog after = replayed(next.plan.steps(), before);
  CHECK(migrate::plan(after, migrate::catalog_of(*target), options).empty());
  CHECK(run(next.sql, before) == after);
  CHECK(migrate::plan(before, before, options).empty());

  const Catalog back = replayed(next.down.plan.steps(), after);
  CHECK(migrate::plan(back, before, options).empty());
  CHECK(migrate::plan(back, migrate::catalog_of(*snapshot_of(marked.before, version)), options).empty());
  CHECK(run(next.down.sql, after) == back);
}

void check_hazards(std::string_view fixture, const std::vector<std::string>& expected) {
  const Marked marked = split(fixture);
  const auto target = snapshot_of(marked.after);
  std::vector<std::string> found;
  for (const migrate::Hazard& hazard :
       migrate::next_migration(deployed(marked.before), *target, migrate::diff_options(*target)).hazards) {
    found.push_back(std::string(hazard.code) + ": " + hazard.message);
  }
  CHECK(found == expected);
}

std::string sql_from(std::string_view migrations, std::string_view schema, DiffOptions options) {
  const auto snapshot = snapshot_of(schema, options.version);
  options.partial_indexes = migrate::diff_options(*snapshot).partial_indexes;
  const auto plan = migrate::plan(run(migrations, Catalog::empty()), migrate::catalog_of(*snapshot), options);
  return trimmed(migrate::render_sql(plan));
}

}  // namespace refract::test
