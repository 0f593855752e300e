#include "features/refactor/file_moves.h"

#include <map>

#include "features/refactoring_fixture.h"

using namespace refract;
using features::NewFiles;
using test::Fixture;
using test::fixture;

namespace {

std::vector<std::string> titles(std::string_view marked, NewFiles new_files = NewFiles::join) {
  const Fixture made = fixture(marked);
  std::vector<std::string> found;
  for (const auto& one : features::file_moves(*made.snapshot, test::place_of(made), new_files))
    found.push_back(one.title);
  return found;
}

// All files by path after the move of this title. Checks that the schema has the diagnostics that it had.
std::string moved(std::string_view marked, std::string_view title) {
  const Fixture made = fixture(marked);
  for (const auto& one : features::file_moves(*made.snapshot, test::place_of(made), NewFiles::join)) {
    if (one.title != title) continue;
    std::map<std::string, std::string> files;
    for (schema::FileId file = 0; file < made.files.size(); ++file) {
      if (std::ranges::find(one.deleted, file) != one.deleted.end()) continue;
      std::vector<text::Edit> own;
      for (const auto& edit : one.edits) {
        if (edit.file == file) own.push_back(edit.edit);
      }
      files[made.files[file].first] = text::apply_edits(made.files[file].second, own);
    }
    for (const auto& file : one.created) CHECK(files.emplace(file.path, file.text).second);
    std::string all;
    std::vector<schema::SourceFile> sources;
    for (const auto& [path, text] : files) {
      all += "//- " + path + "\n" + text;
      sources.push_back({path, syntax::File::parse(text::Document(text))});
    }
    CHECK(test::diagnostics_of(*schema::Snapshot::build(std::move(sources), {.version = schema::PrismaVersion::v7})) ==
          test::diagnostics_of(*made.snapshot));
    return all;
  }
  return "not offered";
}

constexpr std::string_view kTwo = R"(//- /s/a.prisma
// the head

/// people
model $0UserProfile {
  id Int @id
}

model Post {
  id Int @id
}
//- /s/more/b.prisma
enum Role {
  USER
}
)";

}  // namespace

TEST_CASE("file moves: a declaration to another file, with the comments right above it", "[refactoring]") {
  CHECK(moved(kTwo, "Move UserProfile to more/b.prisma") == R"(//- /s/a.prisma
// the head

model Post {
  id Int @id
}
//- /s/more/b.prisma
enum Role {
  USER
}

/// people
model UserProfile {
  id Int @id
}
)");
}

TEST_CASE("file moves: a declaration to a file of its own", "[refactoring]") {
  CHECK(moved(kTwo, "Move UserProfile to a new file, user-profile.prisma") == R"(//- /s/a.prisma
// the head

model Post {
  id Int @id
}
//- /s/more/b.prisma
enum Role {
  USER
}
//- /s/user-profile.prisma
/// people
model UserProfile {
  id Int @id
}
)");
  // The last one takes the blank lines above it along.
  CHECK(moved("model A {\n  id Int @id\n}\n\n\nmodel $0HTTPLog2 {\n  id Int @id\n}\n\n",
              "Move HTTPLog2 to a new file, http-log2.prisma") ==
        "//- /http-log2.prisma\nmodel HTTPLog2 {\n  id Int @id\n}\n//- /schema.prisma\nmodel A {\n  id Int @id\n}\n");
}

TEST_CASE("file moves: an emptied file goes, and names follow those of the schema", "[refactoring]") {
  CHECK(
      moved("//- /s/a_b.prisma\nmodel $0UserLog {\r\n  id Int @id\r\n}\r\n//- /s/b.prisma\nmodel B {\n  id Int @id\n}",
            "Move UserLog to b.prisma") ==
      "//- /s/b.prisma\nmodel B {\n  id Int @id\n}\n\nmodel UserLog {\n  id Int @id\n}\n");
  CHECK(titles("//- /s/a_b.prisma\nmodel $0UserLog {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n").front() ==
        "Move UserLog to a new file, user_log.prisma");
  CHECK(titles("//- /s/Main.prisma\nmodel $0UserLog {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n").front() ==
        "Move UserLog to a new file, UserLog.prisma");
}

TEST_CASE("file moves: a file split by model, what only one uses along with it", "[refactoring]") {
  CHECK(moved(R"(datasource $0db {
  provider = "postgresql"
}

model User {
  id    Int   @id
  role  Role
  color Color
  posts Post[]
}

enum Role {
  ADMIN
}

// both have it
enum Color {
  RED
}

model Post {
  id     Int   @id
  color  Color
  userId Int
  user   User  @relation(fields: [userId], references: [id])
}
)",
              "Split this file into one for each model") == R"(//- /color.prisma
// both have it
enum Color {
  RED
}
//- /post.prisma
model Post {
  id     Int   @id
  color  Color
  userId Int
  user   User  @relation(fields: [userId], references: [id])
}
//- /schema.prisma
datasource db {
  provider = "postgresql"
}
//- /user.prisma
model User {
  id    Int   @id
  role  Role
  color Color
  posts Post[]
}

enum Role {
  ADMIN
}
)");
}

TEST_CASE("file moves: a split leaves a model whose file it is, and takes no name twice", "[refactoring]") {
  CHECK(moved("//- /s/user.prisma\nmodel $0User {\n  id Int @id\n}\n\nmodel Post {\n  id Int @id\n}\n"
              "\nmodel post_ {\n  id Int @id\n}\n//- /s/post.prisma\nenum E {\n  A\n}\n",
              "Split this file into one for each model") ==
        "//- /s/post-.prisma\nmodel post_ {\n  id Int @id\n}\n//- /s/post-2.prisma\nmodel Post {\n  id Int @id\n}\n"
        "//- /s/post.prisma\nenum E {\n  A\n}\n//- /s/user.prisma\nmodel User {\n  id Int @id\n}\n");
}

TEST_CASE("file moves: all files joined in one", "[refactoring]") {
  CHECK(moved("//- /s/a.prisma\n// a\nmodel A {\n  id Int @id\n}\n//- /s/b.prisma\ndatasource $0db {\r\n  provider = "
              "\"sqlite\"\r\n}\r\n//- /s/c.prisma\n\n\nmodel C {\n  id Int @id\n}\n\n// the end",
              "Join all files of the schema in this one") ==
        "//- /s/b.prisma\ndatasource db {\r\n  provider = \"sqlite\"\r\n}\r\n\r\n// a\r\nmodel A {\r\n  id Int "
        "@id\r\n}\r\n\r\nmodel C {\r\n  id Int @id\r\n}\r\n\r\n// the end\r\n");
}

TEST_CASE("file moves: offered where they do no harm", "[refactoring]") {
  const std::vector<std::string> none;
  // Prisma does not read a new file beside the only one.
  CHECK(
      titles("model $0A {\n  id Int @id\n}\n\nmodel B {\n  id Int @id\n}\n", NewFiles::with_folder_configured) ==
      std::vector<std::string>{"Split this file into one for each model (Prisma then needs the folder as its schema)"});
  CHECK(titles("model $0A {\n  id Int @id\n}\n\nmodel B {\n  id Int @id\n}\n", NewFiles::stay_out) == none);
  CHECK(titles("model A {\n  $0id Int @id\n}\n\nmodel B {\n  id Int @id\n}\n") == none);
  CHECK(titles("model $0A {\n  id Int @id\n}\n\nmodel B {\n  id Int @@id\n}\n") == none);
  // Into a broken file goes nothing, and joined it is not.
  CHECK(titles("//- /a.prisma\nmodel $0A {\n  id Int @id\n}\n//- /b.prisma\nmodel B {\n  id Int @@id\n}\n") == none);
}

TEST_CASE("file moves: a comment after a closing brace goes with its block", "[refactoring]") {
  CHECK(moved("//- /s/a.prisma\nmodel B {\n  id Int @id\n} // end of B\nmodel $0A {\n  id Int @id\n} // end of "
              "A\n\nmodel C "
              "{\n  id Int @id\n}\n//- /s/b.prisma\nenum E {\n  X\n}\n",
              "Move A to b.prisma") ==
        "//- /s/a.prisma\nmodel B {\n  id Int @id\n} // end of B\nmodel C {\n  id Int @id\n}\n//- /s/b.prisma\nenum E "
        "{\n  "
        "X\n}\n\nmodel A {\n  id Int @id\n} // end of A\n");
}
