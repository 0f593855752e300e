#include "migrate/history/rename_notes.h"

#include "migrate/history/history.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

using refract::ErrorCode;
using refract::migrate::note_rename;
using refract::migrate::parse_rename_notes;
using refract::migrate::RenameRequest;
using refract::test::TemporaryFolder;

TEST_CASE("rename notes: entries of [renames], comments and other tables passed by", "[migrate]") {
  const auto notes = parse_rename_notes(
      "# about\n[other]\nx = 1\n[ renames ] # here\n\"User.name\" = \"fullName\" # why\r\n'Role.A' = 'B'\nUser = "
      "\"Account\"\n[more]\n",
      "renames.toml");
  REQUIRE(notes);
  CHECK(*notes == std::vector<RenameRequest>{{"User.name", "fullName"}, {"Role.A", "B"}, {"User", "Account"}});
  CHECK(parse_rename_notes("", "renames.toml")->empty());
}

TEST_CASE("rename notes: what is no note is refused by file and line", "[migrate]") {
  for (const char* wrong : {"User.name", "\"a\" = 1 2", "\"a\" \"b\"", "\"a = \"b\"", "= \"b\"", "[renames"}) {
    const auto notes = parse_rename_notes(std::string("[renames]\n") + wrong + "\n", "m/renames.toml");
    INFO(wrong);
    REQUIRE(!notes);
    CHECK(notes.error().code == ErrorCode::invalid_input);
    CHECK(notes.error().message.starts_with("m/renames.toml:2: "));
  }
}

TEST_CASE("rename notes: written, replaced, followed by a second rename, and read with the folder", "[migrate]") {
  const TemporaryFolder folder;
  const auto migrations = folder / "migrations";
  REQUIRE(note_rename(migrations, {"User.name", "fullName"}));
  REQUIRE(note_rename(migrations, {"Role.A\"B", "C\\D"}));
  REQUIRE(note_rename(migrations, {"User.fullName", "title"}));
  REQUIRE(note_rename(migrations, {"User", "Account"}));
  REQUIRE(note_rename(migrations, {"User", "Member"}));
  const auto history = refract::migrate::load_history(migrations);
  REQUIRE(history);
  std::vector<RenameRequest> notes = history->rename_notes;
  std::ranges::sort(notes, {}, &RenameRequest::from);
  CHECK(notes == std::vector<RenameRequest>{{"Role.A\"B", "C\\D"}, {"User", "Member"}, {"User.name", "title"}});
}

TEST_CASE("rename notes: what has its first name again has no note", "[migrate]") {
  const TemporaryFolder folder;
  const auto migrations = folder / "migrations";
  const auto notes = [&] { return refract::migrate::load_history(migrations)->rename_notes; };
  REQUIRE(note_rename(migrations, {"Tag", "Label"}));
  REQUIRE(note_rename(migrations, {"Tag.name", "title"}));
  REQUIRE(note_rename(migrations, {"Label", "Tag"}));
  CHECK(notes() == std::vector<RenameRequest>{{"Tag.name", "title"}});
  REQUIRE(note_rename(migrations, {"Tag.title", "name"}));
  CHECK(notes().empty());
}

TEST_CASE("rename notes: what was carried out is no first name any more", "[migrate]") {
  const TemporaryFolder folder;
  refract::catalog::Catalog migrated = refract::catalog::Catalog::empty();
  migrated.tables[{"public", "Label"}].columns.push_back({.name = "title"});
  const auto notes = [&] { return refract::migrate::load_history(folder.path())->rename_notes; };
  REQUIRE(note_rename(folder.path(), {"Tag", "Label"}));
  REQUIRE(note_rename(folder.path(), {"Label.name", "title"}));
  REQUIRE(note_rename(folder.path(), {"Label", "Tag"}, &migrated));
  REQUIRE(note_rename(folder.path(), {"Label.title", "heading"}, &migrated));
  std::vector<RenameRequest> found = notes();
  std::ranges::sort(found, {}, &RenameRequest::from);
  CHECK(found == std::vector<RenameRequest>{
                     {"Label", "Tag"}, {"Label.name", "title"}, {"Label.title", "heading"}, {"Tag", "Label"}});
  // The way back of one that was not.
  REQUIRE(note_rename(folder.path(), {"Label.heading", "title"}, &migrated));
  CHECK(std::ranges::count(notes(), "Label.title", &RenameRequest::from) == 0);
}

TEST_CASE("rename notes: a file that does not parse stops the folder's reading", "[migrate]") {
  const TemporaryFolder folder;
  folder.write("renames.toml", "[renames]\nnonsense\n");
  const auto history = refract::migrate::load_history(folder / ".");
  REQUIRE(!history);
  CHECK(history.error().message.contains("renames.toml:2: "));
  CHECK(!note_rename(folder / ".", {"a", "b"}));
}

TEST_CASE("rename notes: what is there stays, and a note is written as TOML", "[migrate]") {
  const TemporaryFolder folder;
  folder.write(
      "renames.toml",
      "# ours\n[ renames ]  # here\nUser.name = 'fullName' # why\n\n[other]\nlist = [\n  1,\n]\n[casts]\n\"A.b\" = "
      "\"cast\"");
  REQUIRE(note_rename(folder / ".", {"User.fullName", "title"}));
  REQUIRE(note_rename(folder / ".", {"Role.a\tb", "c\"\\d"}));
  REQUIRE(refract::migrate::note_cast(folder / ".", "A.c"));
  CHECK(
      folder.read("renames.toml") ==
      "# ours\n[ renames ]  # here\n\"Role.a\\tb\" = \"c\\\"\\\\d\"\n\"User.name\" = \"title\"\n\n[other]\nlist = [\n  "
      "1,\n]\n[casts]\n\"A.c\" = \"cast\"\n\"A.b\" = \"cast\"\n");
}

TEST_CASE("rename notes: a file without the table gets one", "[migrate]") {
  const TemporaryFolder folder;
  folder.write("renames.toml", "[casts]\n\"A.b\" = \"cast\"");
  REQUIRE(note_rename(folder / ".", {"A", "B"}));
  const std::string text = folder.read("renames.toml");
  CHECK(text.starts_with("[casts]\n\"A.b\" = \"cast\"\n\n# Renames"));
  CHECK(text.ends_with("[renames]\n\"A\" = \"B\"\n"));
}

TEST_CASE("rename notes: what was added reads back, whichever way the file writes its tables", "[migrate]") {
  for (const char* text : {"[renames.User]\nname = \"fullName\"\n[casts.User]\nrank = \"cast\"\n",
                           "renames.User.name = \"fullName\"\ncasts.User.rank = \"cast\"\n[other]\nx = 1\n",
                           "[renames.User]\nname = \"fullName\"\n[renames]\nRole = \"Rank\"\n[casts]\n",
                           "[\"renames\"] # [renames.User]\nUser.name = \"fullName\"\n[casts.User]\n",
                           "[other]\nx = 1\n[renames.User]\nname = \"fullName\""}) {
    INFO(text);
    const TemporaryFolder folder;
    folder.write("renames.toml", text);
    REQUIRE(note_rename(folder / ".", {"User.email", "mail"}));
    REQUIRE(note_rename(folder / ".", {"User.fullName", "title"}));
    REQUIRE(note_rename(folder / ".", {"User.title", "heading"}));
    REQUIRE(refract::migrate::note_cast(folder / ".", "User.age"));
    const std::string after = folder.read("renames.toml");
    INFO(after);
    auto notes = parse_rename_notes(after, "renames.toml");
    REQUIRE(notes);
    std::erase_if(*notes, [](const RenameRequest& note) { return note.from == "Role"; });
    std::ranges::sort(*notes, {}, &RenameRequest::from);
    CHECK(*notes == std::vector<RenameRequest>{{"User.email", "mail"}, {"User.name", "heading"}});
    const auto casts = refract::migrate::parse_cast_notes(after, "renames.toml");
    REQUIRE(casts);
    CHECK(std::ranges::count(*casts, "User.age") == 1);
    CHECK(std::ranges::count(*casts, "User.rank") == (std::string_view(text).contains("rank") ? 1 : 0));
  }
}

TEST_CASE("rename notes: an exchange of columns is taken back by the next one, and replaces one carried out",
          "[migrate]") {
  const TemporaryFolder folder;
  const auto notes = [&] { return *parse_rename_notes(folder.read("renames.toml"), "renames.toml"); };
  REQUIRE(note_rename(folder.path(), {"_F.A", "B"}));
  REQUIRE(note_rename(folder.path(), {"User.A", "B"}));
  CHECK(notes() == std::vector<RenameRequest>{{"User.A", "B"}, {"_F.A", "B"}});
  REQUIRE(note_rename(folder.path(), {"_F.A", "B"}));
  CHECK(notes() == std::vector<RenameRequest>{{"User.A", "B"}});
  REQUIRE(note_rename(folder.path(), {"_F.A", "B"}));
  REQUIRE(note_rename(folder.path(), {"_F.B", "A"}));
  CHECK(notes() == std::vector<RenameRequest>{{"_F.B", "A"}, {"User.A", "B"}});
}
