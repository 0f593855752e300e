#include "platform/file.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

using refract::platform::read_bytes;

TEST_CASE("file: all bytes, whatever they are", "[platform]") {
  const refract::test::TemporaryFolder folder;
  const std::string bytes = std::string("a\0\xff\r\n", 5) + std::string(200'000, 'x');
  folder.write("some", bytes);
  folder.write("empty", "");
  CHECK(read_bytes(folder / "some") == bytes);
  CHECK(read_bytes(folder / "empty") == "");
}

TEST_CASE("file: what the system tells no size of is read to its end", "[platform]") {
  const auto status = read_bytes("/proc/self/status");
  REQUIRE(status);
  CHECK(status->starts_with("Name:"));
}

TEST_CASE("file: a folder and what is not there are no files", "[platform]") {
  const refract::test::TemporaryFolder folder;
  CHECK_FALSE(read_bytes(folder.path()));
  CHECK_FALSE(read_bytes(folder / "none"));
}
