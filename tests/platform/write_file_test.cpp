#include "platform/file.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "support/catch.h"
#include "support/temporary_folder.h"

using refract::platform::write_file;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("write file: new, replaced, emptied, and nothing stays beside it", "[platform]") {
  const refract::test::TemporaryFolder folder;
  const fs::path file = folder.path() / "a.sql";
  CHECK_FALSE(write_file(file, "one"));
  CHECK(refract::platform::read_bytes(file) == "one");
  CHECK_FALSE(write_file(file, std::string(300'000, 'x')));
  CHECK(fs::file_size(file) == 300'000);
  CHECK_FALSE(write_file(file, ""));
  CHECK(refract::platform::read_bytes(file) == "");
  CHECK(entries_in(folder.path()) == 1);
}

TEST_CASE("write file: permissions of a replaced file stay, new ones go by the umask", "[platform]") {
  const refract::test::TemporaryFolder folder;
  const mode_t before = ::umask(027);
  CHECK_FALSE(write_file(folder.path() / "new", "x"));
  ::umask(before);
  CHECK(mode_of(folder.path() / "new") == 0640);
  for (const mode_t mode : {0600U, 0664U, 0755U, 0606U}) {
    const fs::path file = folder.path() / "old";
    put(file, "old");
    REQUIRE(::chmod(file.c_str(), mode) == 0);
    CHECK_FALSE(write_file(file, "new"));
    CHECK(mode_of(file) == mode);
    CHECK(refract::platform::read_bytes(file) == "new");
  }
}

TEST_CASE("write file: a symbolic link stays one, and what it leads to is written", "[platform]") {
  const refract::test::TemporaryFolder folder;
  fs::create_directories(folder.path() / "real");
  const fs::path target = folder.path() / "real" / "a.sql";
  put(target, "old");
  const fs::path link = folder.path() / "link";
  SECTION("absolute") {
    fs::create_symlink(target, link);
  }
  SECTION("relative") {
    fs::create_symlink("real/a.sql", link);
  }
  SECTION("a chain") {
    fs::create_symlink("a.sql", folder.path() / "real" / "near");
    fs::create_symlink("real/near", link);
  }
  SECTION("to a file that is not there yet") {
    fs::remove(target);
    fs::create_symlink("real/a.sql", link);
  }
  SECTION("the folder is the link") {
    fs::create_directory_symlink("real", folder.path() / "folder");
    CHECK_FALSE(write_file(folder.path() / "folder" / "a.sql", "new"));
    CHECK(refract::platform::read_bytes(target) == "new");
    fs::create_symlink("folder/a.sql", link);
  }
  CHECK_FALSE(write_file(link, "new"));
  CHECK(fs::is_symlink(link));
  CHECK(refract::platform::read_bytes(target) == "new");
  CHECK_FALSE(fs::is_symlink(target));
}

TEST_CASE("write file: a link to another file system", "[platform]") {
  std::error_code error;
  std::string pattern = "/dev/shm/refract-write-XXXXXX";
  if (!fs::is_directory("/dev/shm", error) || ::mkdtemp(pattern.data()) == nullptr) return;
  const fs::path elsewhere = pattern;
  const refract::test::TemporaryFolder folder;
  put(elsewhere / "a.sql", "old");
  fs::create_symlink(elsewhere / "a.sql", folder.path() / "link");
  CHECK_FALSE(write_file(folder.path() / "link", "new"));
  CHECK(refract::platform::read_bytes(elsewhere / "a.sql") == "new");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(entries_in(elsewhere) == 1);
  fs::remove_all(elsewhere);
}

TEST_CASE("write file: what cannot be written stays as it is", "[platform]") {
  const refract::test::TemporaryFolder folder;
  SECTION("a folder") {
    CHECK(write_file(folder.path(), "x") == std::errc::is_a_directory);
  }
  SECTION("no folder") {
    CHECK(write_file(folder.path() / "gone" / "a", "x") == std::errc::no_such_file_or_directory);
  }
  SECTION("a link to itself") {
    fs::create_symlink("loop", folder.path() / "loop");
    CHECK(write_file(folder.path() / "loop", "x"));
  }
  SECTION("a file below a file") {
    put(folder.path() / "a", "a");
    CHECK(write_file(folder.path() / "a" / "b", "x"));
    CHECK(refract::platform::read_bytes(folder.path() / "a") == "a");
  }
  SECTION("a device takes it") {
    CHECK_FALSE(write_file("/dev/null", "x"));
  }
  CHECK(fs::is_directory(folder.path()));
}

// Root may write everywhere, so that a child process gives that up.
TEST_CASE("write file: permissions of folder and file are respected", "[platform]") {
  const refract::test::TemporaryFolder folder;
  REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
  const fs::path closed = folder.path() / "closed";
  fs::create_directory(closed);
  put(closed / "open.sql", "old");
  put(closed / "shut.sql", "old");
  REQUIRE(::chmod((closed / "open.sql").c_str(), 0666) == 0);
  REQUIRE(::chmod((closed / "shut.sql").c_str(), 0444) == 0);
  REQUIRE(::chmod(closed.c_str(), 0555) == 0);
  const auto as_nobody = [](const fs::path& path) {
    const pid_t child = ::fork();
    if (child == 0) {
      if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(9);
      ::_exit(write_file(path, "new") ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  };
  // The folder takes no file, the file itself may be written: in place.
  CHECK(as_nobody(closed / "open.sql") == 0);
  CHECK(refract::platform::read_bytes(closed / "open.sql") == "new");
  CHECK(as_nobody(closed / "shut.sql") == 1);
  CHECK(refract::platform::read_bytes(closed / "shut.sql") == "old");
  CHECK(as_nobody(closed / "new.sql") == 1);
  CHECK(entries_in(closed) == 2);
  REQUIRE(::chmod(closed.c_str(), 0755) == 0);
}

TEST_CASE("write file: a reader sees the old or the new text, never half of one", "[platform]") {
  const refract::test::TemporaryFolder folder;
  const fs::path file = folder.path() / "a.sql";
  const std::string first(100'000, 'a');
  const std::string second(50'000, 'b');
  REQUIRE_FALSE(write_file(file, first));
  std::size_t halves = 0;
  std::jthread reader([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto read = refract::platform::read_bytes(file);
      if (read && *read != first && *read != second) ++halves;
    }
  });
  for (int i = 0; i < 50; ++i) CHECK_FALSE(write_file(file, i % 2 == 0 ? second : first));
  reader.request_stop();
  reader.join();
  CHECK(halves == 0);
}
