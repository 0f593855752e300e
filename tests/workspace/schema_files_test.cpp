#include "workspace/schema_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "workspace/project.h"

using namespace refract;
namespace fs = std::filesystem;

namespace {

constexpr const char* kDatasource = "datasource db {\n  provider = \"postgresql\"\n}\n";
constexpr const char* kModel = "model A {\n  id Int @id\n}\n";

// A folder tree with a home folder of its own.
struct Tree {
  Tree() {
    if (const char* home = std::getenv("HOME")) before = home;
    ::setenv("HOME", home().c_str(), 1);
    fs::create_directories(home());
  }
  ~Tree() { ::setenv("HOME", before.c_str(), 1); }
  fs::path home() const { return folder / "home/ann"; }
  // How many files the schema of a file has.
  std::size_t files_of(const std::string& file) const {
    return workspace::project_of_file(folder / file, workspace::read_text_file).files.size();
  }

  test::TemporaryFolder folder;
  std::string before = "/";
};

}  // namespace

TEST_CASE("schema files: the search ends at the repository's root", "[workspace]") {
  Tree tree;
  tree.folder.write("work/main.prisma", kDatasource);
  tree.folder.write("work/repo/models/a.prisma", kModel);
  CHECK(tree.files_of("work/repo/models/a.prisma") == 2);
  SECTION("a repository") {
    fs::create_directories(tree.folder / "work/repo/.git");
  }
  SECTION("a work tree or submodule, where .git is a file") {
    tree.folder.write("work/repo/.git", "gitdir: x\n");
  }
  CHECK(tree.files_of("work/repo/models/a.prisma") == 1);
  // Its root is looked at.
  tree.folder.write("work/repo/db.prisma", kDatasource);
  CHECK(tree.files_of("work/repo/models/a.prisma") == 2);
}

TEST_CASE("schema files: the home folder, and what holds it, is no schema", "[workspace]") {
  Tree tree;
  tree.folder.write("home/ann/main.prisma", kDatasource);
  tree.folder.write("home/ann/notes/a.prisma", kModel);
  CHECK(tree.files_of("home/ann/notes/a.prisma") == 1);
  CHECK(tree.files_of("home/ann/b.prisma") == 1);
  tree.folder.write("home/ann/package.json", "{}");
  CHECK(tree.files_of("home/ann/notes/a.prisma") == 1);
  tree.folder.write("home/c.prisma", kModel);
  CHECK(tree.files_of("home/c.prisma") == 1);
  // A project in it is one.
  tree.folder.write("home/ann/shop/main.prisma", kDatasource);
  tree.folder.write("home/ann/shop/models/a.prisma", kModel);
  CHECK(tree.files_of("home/ann/shop/models/a.prisma") == 2);
}

TEST_CASE("schema files: configuration above the home folder or the repository does not count", "[workspace]") {
  Tree tree;
  tree.folder.write("refract.toml", "[migrations]\npath = \"elsewhere\"\n");
  tree.folder.write("home/ann/prisma/schema.prisma", kDatasource);
  tree.folder.write("work/repo/prisma/schema.prisma", kDatasource);
  const auto migrations = [&](const char* file) {
    return workspace::project_of_file(tree.folder / file, workspace::read_text_file).migrations;
  };
  CHECK(migrations("home/ann/prisma/schema.prisma") == tree.home() / "prisma/migrations");
  CHECK(migrations("work/repo/prisma/schema.prisma") == tree.folder / "elsewhere");
  fs::create_directories(tree.folder / "work/repo/.git");
  CHECK(migrations("work/repo/prisma/schema.prisma") == tree.folder / "work/repo/prisma/migrations");
  // That of the home folder does: a container may have its project there.
  tree.folder.write("home/ann/refract.toml", "[migrations]\npath = \"sql\"\n");
  CHECK(migrations("home/ann/prisma/schema.prisma") == tree.home() / "sql");
}

TEST_CASE("schema files: no search goes through the whole disk", "[workspace]") {
  for (const char* folder : {"/", "/tmp", "/usr", "/var", "/home"}) {
    CHECK(workspace::holds_more_than_projects(folder));
    CHECK(workspace::prisma_files_around(folder) == std::nullopt);
  }
  CHECK_FALSE(workspace::holds_more_than_projects("/app"));
  CHECK(workspace::is_last_upwards("/"));

  Tree tree;
  tree.folder.write("work/main.prisma", kDatasource);
  tree.folder.write("work/models/a.prisma", kModel);
  CHECK(tree.files_of("work/models/a.prisma") == 2);
  for (int at = 0; at < 20'001; ++at) {
    const fs::path name = tree.folder / ("work/data/" + std::to_string(at % 10));
    if (at < 10) fs::create_directories(name);
    REQUIRE(::mknod((name / std::to_string(at)).c_str(), S_IFREG | 0600, 0) == 0);
  }
  CHECK(workspace::prisma_files_around(tree.folder / "work") == std::nullopt);
  CHECK(tree.files_of("work/models/a.prisma") == 1);
  // A folder that somebody names is looked through.
  CHECK(workspace::prisma_files(tree.folder / "work").size() == 2);
}

TEST_CASE("schema files: loops, links that lead nowhere and unreadable folders end nothing", "[workspace]") {
  Tree tree;
  tree.folder.write("work/main.prisma", kDatasource);
  tree.folder.write("work/models/a.prisma", kModel);
  tree.folder.write("work/zoo/z.prisma", kModel);
  tree.folder.write("work/node_modules/x/schema.prisma", kDatasource);
  tree.folder.write("work/.git/x.prisma", kDatasource);
  tree.folder.write("work/closed/c.prisma", kDatasource);
  fs::create_directory_symlink("..", tree.folder / "work/models/loop");
  fs::create_symlink("nowhere", tree.folder / "work/models/gone.prisma");
  fs::create_symlink("self.prisma", tree.folder / "work/models/self.prisma");
  REQUIRE(::mkfifo((tree.folder / "work/models/pipe.prisma").c_str(), 0600) == 0);
  REQUIRE(::chmod((tree.folder / "work/closed").c_str(), 0) == 0);
  const auto found = workspace::prisma_files(tree.folder / "work");
  const std::size_t readable = ::geteuid() == 0 ? 4 : 3;  // root reads everything
  CHECK(found.size() == readable);
  CHECK(std::ranges::find(found, tree.folder / "work/zoo/z.prisma") != found.end());
  REQUIRE(::chmod((tree.folder / "work/closed").c_str(), 0700) == 0);
}

TEST_CASE("schema files: links to files and folders are followed, each file once", "[workspace]") {
  const test::TemporaryFolder folder;
  folder.write("db/main.prisma", kDatasource);
  folder.write("db/models/a.prisma", kModel);
  folder.write("shared/user.prisma", kModel);
  folder.write("shared/deep/role.prisma", kModel);
  folder.write("other/text.txt", kModel);
  folder.write("other/one.prisma", kModel);
  fs::create_directory_symlink("../shared", folder / "db/shared");
  fs::create_directory_symlink("../../shared/deep", folder / "db/models/again");  // reached by db/shared too
  fs::create_directory_symlink("..", folder / "db/models/up");
  fs::create_symlink("../models/a.prisma", folder / "shared/a.prisma");  // leads nowhere
  fs::create_symlink("../other/one.prisma", folder / "db/linked.prisma");
  fs::create_symlink("../other/text.txt", folder / "db/text.prisma");  // a link to what is no schema
  std::vector<std::string> found;
  for (const auto& file : workspace::prisma_files(folder / "db")) {
    found.push_back(file.lexically_relative(folder / "db").string());
  }
  REQUIRE(found.size() == 5);
  CHECK(std::ranges::count(found, "main.prisma") == 1);
  CHECK(std::ranges::count(found, "models/a.prisma") == 1);
  CHECK(std::ranges::count(found, "linked.prisma") == 1);
  CHECK(std::ranges::count(found, "shared/user.prisma") == 1);
  CHECK(std::ranges::count_if(found, [](const std::string& file) { return file.ends_with("role.prisma"); }) == 1);
}

TEST_CASE("schema files: a schema folder that is a link, and one linked into itself", "[workspace]") {
  const test::TemporaryFolder folder;
  folder.write("package.json", R"({"prisma": {"schema": "prisma/schema"}})");
  folder.write("database/main.prisma", kDatasource);
  folder.write("database/a.prisma", kModel);
  fs::create_directories(folder / "prisma");
  fs::create_directory_symlink("../database", folder / "prisma/schema");
  fs::create_directory_symlink(".", folder / "database/self");
  const auto project = workspace::find_project(folder.path());
  REQUIRE(project);
  CHECK(project->files.size() == 2);
  CHECK(workspace::project_of_file(folder / "prisma/schema/a.prisma", workspace::read_text_file).files ==
        project->files);
}
