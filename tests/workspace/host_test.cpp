#include "workspace/host.h"

#include <algorithm>

#include "support/catch.h"
#include "support/temporary_folder.h"

using namespace refract;
using refract::test::TemporaryFolder;

namespace {

constexpr std::string_view kMain =
    "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n\n"
    "model User {\n  id    Int    @id\n  posts Post[]\n}\n";
constexpr std::string_view kPost =
    "model Post {\n  id     Int  @id\n  userId Int\n  user   User @relation(fields: [userId], references: [id])\n}\n";

struct SplitSchema {
  TemporaryFolder folder;
  workspace::Host host;
  std::string main = (folder / "prisma/main.prisma").string();
  std::string post = (folder / "prisma/post.prisma").string();

  SplitSchema() {
    folder.write("prisma/main.prisma", kMain);
    folder.write("prisma/post.prisma", kPost);
    host.open(main, 1, std::string(kMain));
  }
};

std::size_t findings(workspace::Host& host, const std::string& path) {
  return host.view(path)->analysis().diagnostics().size();
}

}  // namespace

TEST_CASE("a view holds open and closed files of one schema", "[workspace]") {
  SplitSchema split;
  const auto view = split.host.view(split.main);
  CHECK(view->snapshot().files().size() == 2);
  CHECK(view->analysis().diagnostics().empty());
  CHECK(view->document_version(split.main) == 1);
  CHECK_FALSE(view->document_version(split.post));
}

TEST_CASE("an edit makes a new view, and the old one stays as it was", "[workspace]") {
  SplitSchema split;
  const auto before = split.host.view(split.main);
  const auto at = static_cast<text::Offset>(kMain.find("Post[]"));
  split.host.change(split.main, 2, {{{at, at + 4}, "Pst"}});
  CHECK(findings(split.host, split.main) > 0);
  CHECK(before->analysis().diagnostics().empty());
  CHECK(split.host.view(split.main)->document_version(split.main) == 2);

  SECTION("and what was not edited is shared") {
    const schema::Placed* post_before = before->snapshot().find("Post");
    // Its opposite side is gone, which is a finding of User's: Post itself reads as before.
    CHECK(split.host.view(split.main)->snapshot().find("Post")->declaration->block == post_before->declaration->block);
  }
}

TEST_CASE("without a change the view is the same", "[workspace]") {
  SplitSchema split;
  CHECK(split.host.view(split.main) == split.host.view(split.main));
}

TEST_CASE("an open buffer hides the file on disk until it is closed", "[workspace]") {
  SplitSchema split;
  split.host.open(split.post, 1, "model Other {\n  id Int @id\n}\n");
  CHECK(findings(split.host, split.main) > 0);
  split.host.close(split.post);
  CHECK(findings(split.host, split.main) == 0);
}

TEST_CASE("a file that changed on disk is read again", "[workspace]") {
  SplitSchema split;
  REQUIRE(findings(split.host, split.main) == 0);
  split.folder.write("prisma/post.prisma", "model Post {\n");
  split.host.file_changed(split.post);
  CHECK(findings(split.host, split.main) > 0);
}

TEST_CASE("a migrations folder is asked for once, and again when a file in it changed", "[workspace]") {
  SplitSchema split;
  split.host.view(split.main);
  const auto stale = split.host.stale_histories();
  REQUIRE(stale.size() == 1);
  CHECK(split.host.view(split.main)->next_migration() == nullptr);

  const auto state = std::make_shared<const workspace::HistoryState>(migrate::load_history(stale.front()));
  split.host.set_history(stale.front(), state);
  CHECK(split.host.stale_histories().empty());
  const auto* next = split.host.view(split.main)->next_migration();
  REQUIRE(next != nullptr);
  CHECK(next->sql.find("CREATE TABLE \"User\"") != std::string::npos);

  split.host.file_changed((stale.front() / "20260101000000_init/migration.sql").string());
  CHECK(split.host.stale_histories().size() == 1);
}

TEST_CASE("settings force a version", "[workspace]") {
  SplitSchema split;
  CHECK(split.host.view(split.main)->snapshot().options().version == schema::PrismaVersion::v6);
  split.host.configure({.version = schema::PrismaVersion::v7});
  const auto view = split.host.view(split.main);
  CHECK(view->snapshot().options().version == schema::PrismaVersion::v7);
  // Prisma 7 wants the url elsewhere.
  CHECK_FALSE(view->analysis().diagnostics().empty());
}

TEST_CASE("two schemas in one workspace are never mixed", "[workspace]") {
  const TemporaryFolder folder;
  folder.write("one/schema.prisma", kMain);
  folder.write("one/post.prisma", kPost);
  folder.write("two/schema.prisma", kMain);
  workspace::Host host;
  const std::string one = (folder / "one/schema.prisma").string(), two = (folder / "two/schema.prisma").string();
  host.open(one, 1, std::string(kMain));
  host.open(two, 1, std::string(kMain));
  CHECK(host.view(one)->snapshot().files().size() == 2);
  CHECK(host.view(two)->snapshot().files().size() == 1);
  CHECK(findings(host, one) == 0);
  CHECK(findings(host, two) > 0);
}

TEST_CASE("a file in another language is left alone", "[workspace]") {
  SplitSchema split;
  split.host.change(split.main, 2, {{{0, 0}, "// use prisma-8\n"}});
  const auto view = split.host.view(split.main);
  CHECK(workspace::file_in_other_language(view->snapshot()));
  CHECK(workspace::other_language_notice(view->snapshot())->find("prisma-8") != std::string::npos);
  const auto state = std::make_shared<const workspace::HistoryState>(migrate::load_history(view->project().migrations));
  split.host.set_history(view->project().migrations, state);
  CHECK(split.host.view(split.main)->next_migration() == nullptr);
  // And back.
  split.host.change(split.main, 3, {{{0, 16}, ""}});
  CHECK_FALSE(workspace::file_in_other_language(split.host.view(split.main)->snapshot()));
  CHECK(findings(split.host, split.main) == 0);
}

TEST_CASE("a sibling that is not UTF-8 counts as empty", "[workspace]") {
  SplitSchema split;
  split.folder.write("prisma/post.prisma", "model Post { \xFF }");
  split.host.file_changed(split.post);
  CHECK(findings(split.host, split.main) > 0);
}
