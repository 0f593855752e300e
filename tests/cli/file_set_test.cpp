// Which files a PATH means, and which version of Prisma.
#include <filesystem>

#include "cli/program.h"
#include "support/catch.h"

namespace refract::test {
namespace {

constexpr const char* kTeam =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model Team {\n  id    Int    @id\n  users User[]\n}\n";
constexpr const char* kUser =
    "model User {\n  id     Int  @id\n  teamId Int\n  team   Team @relation(fields: [teamId], references: [id])\n}\n";

struct Split : Project {
  Split() {
    write("prisma/schema/schema.prisma", kTeam);
    write("prisma/schema/user.prisma", kUser);
  }
};

}  // namespace

TEST_CASE("files: a folder given as PATH is the schema, though a file is called schema.prisma", "[cli]") {
  Split project;
  for (const char* configuration : {"", R"({"prisma": {"schema": "prisma/schema"}})"}) {
    project.write("package.json", configuration);
    const Ran check = project.refract({"check", "prisma/schema"});
    CHECK(check.exit_code == 0);
    CHECK(check.err.contains("no diagnostics in 2 files"));
    CHECK(project.refract({"format", "--check", "prisma/schema"}).exit_code == 0);
    CHECK(project.refract({"describe", "User", "--schema", "prisma/schema"}).exit_code == 0);
    const Ran diff = project.refract({"migrate", "diff", "--from", "empty", "--to", "prisma/schema"});
    CHECK(diff.exit_code == 0);
    CHECK(diff.out.contains("CREATE TABLE \"Team\""));
    CHECK(diff.out.contains("CREATE TABLE \"User\""));
  }
}

TEST_CASE("files: file names, as pre-commit passes them, mean their schema, once", "[cli]") {
  Split project;
  const Ran check = project.refract({"check", "prisma/schema/user.prisma", "prisma/schema/schema.prisma"});
  CHECK(check.exit_code == 0);
  CHECK(check.err.starts_with("no diagnostics in 2 files"));
  project.write("prisma/schema/schema.prisma", std::string(kTeam) + "model   Bad {\n  x Nothing\n}\n");
  const Ran bad = project.refract({"check", "prisma/schema/user.prisma"});
  CHECK(bad.exit_code == 1);
  CHECK(bad.out.starts_with("prisma/schema/schema.prisma:11:5: error"));

  // Only the files that are named are formatted.
  project.write("prisma/schema/user.prisma",
                "model   User {\n  id Int @id\n  teamId Int\n"
                "  team Team @relation(fields: [teamId], references: [id])\n}\n");
  const Ran format = project.refract({"format", "prisma/schema/user.prisma"});
  CHECK(format.err == "formatted prisma/schema/user.prisma\n");
  CHECK(project.read("prisma/schema/user.prisma") == kUser);
  CHECK(project.read("prisma/schema/schema.prisma").contains("model   Bad"));
}

TEST_CASE("files: linked folders are read", "[cli]") {
  Project project;
  project.write("package.json", R"({"prisma": {"schema": "prisma/schema"}})");
  project.write("prisma/schema/team.prisma", kTeam);
  project.write("shared/user.prisma", kUser);
  std::filesystem::create_directory_symlink("../../shared", project / "prisma/schema/shared");
  CHECK(project.refract({"check"}).exit_code == 0);
}

TEST_CASE("files: without a path, the schemas below the folder are listed", "[cli]") {
  Project project;
  project.write("packages/a/prisma/schema.prisma", schema_text("model A {\n  id Int @id\n}\n"));
  project.write("packages/b/prisma/schema.prisma", schema_text("model B {\n  id Int @id\n  x Nothing\n}\n"));
  const Ran none = project.refract({"check"});
  CHECK(none.exit_code == 2);
  CHECK(
      none.err.ends_with("name one of the 2 schemas below it:\n  packages/a/prisma/schema.prisma\n"
                         "  packages/b/prisma/schema.prisma\n"));
  // As they are typed here, whatever folder is named.
  for (const char* named : {"packages", "./packages/", "packages/../packages"}) {
    const Ran below = project.refract({"describe", "--schema", named});
    CHECK(below.exit_code == 2);
    CHECK(below.err.ends_with(":\n  packages/a/prisma/schema.prisma\n  packages/b/prisma/schema.prisma\n"));
  }
  project.write("here/package.json", "{}");
  const Ran above = project.refract({"-c", "cd here && exec " REFRACT_PROGRAM " describe --schema ../packages"},
                                    {.program = "/bin/sh"});
  CHECK(above.err.ends_with(":\n  ../packages/a/prisma/schema.prisma\n  ../packages/b/prisma/schema.prisma\n"));
  const Ran both = project.refract({"check", "packages"});
  CHECK(both.exit_code == 1);
  CHECK(both.out.starts_with("packages/b/prisma/schema.prisma:"));
}

TEST_CASE("files: a version that is not supported is a warning", "[cli]") {
  Project project;
  project.write("prisma/schema.prisma", schema_text("model A {\n  id Int @id\n}\n"));
  project.write("package.json", R"({"devDependencies": {"prisma": "4.16.2"}})");
  const Ran ran = project.refract({"check"});
  CHECK(ran.exit_code == 0);
  CHECK(ran.err.starts_with("refract: warning: Prisma 4 (prisma 4.16.2 in package.json) is not supported;"));
  CHECK(ran.err.contains("(Prisma 5, as prisma 4.16.2 in package.json is not supported)"));
  CHECK_FALSE(project.refract({"check", "--prisma", "6"}).err.contains("not supported"));
}

}  // namespace refract::test
