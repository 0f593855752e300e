#include "live/fixture.h"

#include "support/catch.h"

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

std::shared_ptr<const schema::Snapshot> schema_of(std::string_view text) {
  std::string whole = "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"URL\")\n}\n\n";
  whole += text;
  std::vector<schema::SourceFile> files;
  files.push_back({"schema.prisma", syntax::File::parse(text::Document(std::move(whole)))});
  return schema::Snapshot::build(std::move(files), {.version = schema::PrismaVersion::v6});
}

}  // namespace refract::test
