#include "platform/process.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "platform/environment.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

namespace fs = std::filesystem;
using namespace refract::platform;
using refract::test::TemporaryFolder;

TEST_CASE("process: output, environment, working directory and exit code", "[platform]") {
  const TemporaryFolder folder;
  const auto started = start_process({.program = "/bin/sh",
                                      .arguments = {"-c", "read -r line; pwd -P; echo \"$A\" >&2; exit 3"},
                                      .environment = {"A=b c"},
                                      .output_file = folder / "log",
                                      .account = {}});
  REQUIRE(started);
  CHECK(wait_for(*started) == 3);
  CHECK_FALSE(process_alive(*started));
  CHECK(read_bytes(folder / "log") == fs::canonical(folder.path()).string() + "\nb c\n");
}

TEST_CASE("process: ended on request, and seen to have ended", "[platform]") {
  const TemporaryFolder folder;
  const ProcessStart sleeper{.program = "/bin/sh",
                             .arguments = {"-c", "sleep 60"},
                             .environment = environment(),
                             .output_file = folder / "log",
                             .account = {}};
  const auto slow = start_process(sleeper);
  REQUIRE(slow);
  CHECK_FALSE(has_ended(*slow));
  CHECK(process_alive(*slow));
  end_process(*slow);
  CHECK_FALSE(process_alive(*slow));

  ProcessStart quick = sleeper;
  quick.arguments = {"-c", "true"};
  const auto ended = start_process(quick);
  REQUIRE(ended);
  while (!has_ended(*ended)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST_CASE("process: an output file that cannot be created is an error of its own", "[platform]") {
  const auto started = start_process({.program = "/bin/true", .output_file = "/no/such/folder/log", .account = {}});
  REQUIRE(!started);
  CHECK(started.error() == StartError::output_file);
}

TEST_CASE("process: numbers that are no process", "[platform]") {
  for (const std::int64_t id : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 40U})
    CHECK_FALSE(process_alive(id));
  CHECK(process_alive(1));
}

TEST_CASE("process: the program knows its file", "[platform]") {
  CHECK(program_path().filename() == "test_platform");
}

TEST_CASE("process: a folder goes with its remover", "[platform]") {
  const TemporaryFolder folder;
  const fs::path inner = folder / "inner";
  fs::create_directories(inner / "deep");
  std::ofstream(inner / "deep/file") << "x";
  { const FolderRemover remover(inner); }
  CHECK_FALSE(fs::exists(inner));
}

TEST_CASE("environment: a variable, and all of them", "[platform]") {
  ::setenv("REFRACT_TEST_VARIABLE", "a=b", 1);
  CHECK(environment_variable("REFRACT_TEST_VARIABLE") == "a=b");
  CHECK(std::ranges::count(environment(), "REFRACT_TEST_VARIABLE=a=b") == 1);
  remove_variable("REFRACT_TEST_VARIABLE");
  CHECK(environment_variable("REFRACT_TEST_VARIABLE") == std::nullopt);
}

TEST_CASE("folder: the folders in a folder, links to folders among them", "[platform]") {
  const TemporaryFolder folder;
  folder.write("file", "");
  fs::create_directory(folder / "b");
  fs::create_directory_symlink(folder / "b", folder / "link");
  fs::create_symlink(folder / "file", folder / "file-link");
  auto names = folders_in(folder.path());
  REQUIRE(names);
  std::ranges::sort(*names);
  CHECK(*names == std::vector<std::string>{"b", "link"});
  CHECK(folders_in(folder / "none").error() == std::errc::no_such_file_or_directory);
  CHECK(folders_in(folder / "file").error() == std::errc::not_a_directory);
}

TEST_CASE("folder: a private folder is this user's alone", "[platform]") {
  const TemporaryFolder folder;
  const auto made = make_private_folder(folder / "private-");
  REQUIRE(made);
  CHECK(made->filename().string().starts_with("private-"));
  CHECK((fs::status(*made).permissions() & fs::perms::all) == fs::perms::owner_all);
  CHECK(!make_private_folder(folder / "none/private-"));
}
