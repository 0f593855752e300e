#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.h"
#include "support/catch.h"

namespace refract::test {
namespace {

struct Shown {
  const char* words;
  const char* colour;  // a part of the output
};

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> all;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    all.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return all;
}

}  // namespace

TEST_CASE("colours: on a terminal alone, and not with NO_COLOR or on a dumb one", "[cli]") {
  Project project;
  project.write("schema.prisma", schema_text("model  A {\n  id Int @id\n  x  Strng // y\n}\n"));
  project.write("good.prisma", schema_text("model  A {\n  id Int @id\n  x  Int // y\n}\n"));
  const std::vector<std::string> term{"TERM=xterm", "NO_COLOR"};
  for (const Shown& shown :
       {Shown{"check", "\033[1;31merror\033[0m"}, Shown{"describe --schema good.prisma", "\033[1;34mmodel\033[0m A"},
        Shown{"describe --schema good.prisma", "\033[1;33m@id\033[0m"},
        Shown{"explain unknown-type", "\033[1munknown-type\033[0m: "},
        Shown{"explain unknown-type", "\033[1mRight:\033[0m"}, Shown{"explain drop-table", "\033[1;34mDROP\033[0m"},
        Shown{"migrate diff --from empty --to good.prisma", "\033[1;34mCREATE\033[0m \033[1;34mTABLE\033[0m \"A\""},
        Shown{"migrate diff --from empty --to good.prisma", "\033[2m-- CreateTable\033[0m"},
        Shown{"migrate diff --from empty --to good.prisma --format summary", "\033[32m- Create \033[0m"},
        Shown{"migrate new a --schema good.prisma --dry-run", "\033[1;34mCREATE\033[0m"},
        Shown{"format --check", "schema.prisma\033[1;33m is not formatted\033[0m; run"},
        Shown{"--help", "\033[32mcheck\033[0m"}, Shown{"help migrate", "\033[32mdeploy\033[0m"},
        Shown{"check --help", "\033[1mUsage:\033[0m"}, Shown{"migrate", "\033[32mdeploy\033[0m"},
        Shown{"chek", "\033[1;31mrefract\033[0m: "}}) {
    INFO(shown.words);
    const std::vector<std::string> words = split(shown.words);
    const std::string coloured = project.refract(words, {.environment = term, .terminal = true}).out;
    CHECK(coloured.contains(shown.colour));
    const std::string plain =
        project.refract(words, {.environment = {"TERM=xterm", "NO_COLOR=1"}, .terminal = true}).out;
    CHECK_FALSE(plain.contains("\033["));
    CHECK_FALSE(
        project.refract(words, {.environment = {"TERM=dumb", "NO_COLOR"}, .terminal = true}).out.contains("\033["));
    const Ran piped = project.refract(words, {.environment = term});
    CHECK_FALSE(piped.out.contains('\033'));
    CHECK_FALSE(piped.err.contains('\033'));
    CHECK(plain.contains(piped.out));
  }
}

TEST_CASE("colours: what programs read has none", "[cli]") {
  Project project;
  project.write("schema.prisma", schema_text("model A {\n  id Int @id\n}\n"));
  for (const char* words :
       {"check --format json", "check --format sarif", "check --format github", "describe --format json",
        "migrate diff --from empty --to schema.prisma --format json", "--version"}) {
    INFO(words);
    const Ran ran = project.refract(split(words), {.environment = {"TERM=xterm", "NO_COLOR"}, .terminal = true});
    CHECK(ran.exit_code == 0);
    CHECK_FALSE(ran.out.contains("\033[1"));
  }
}

}  // namespace refract::test
