#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "cli/program.h"
#include "support/catch.h"

// Every command and option of `--help` is described in docs/commands.md or docs/migrate.md.
namespace refract::test {
namespace {

std::string page(const std::string& name) {
  std::ifstream file(std::string(REFRACT_SOURCE_DIR) + "/docs/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The names below "Subcommands:", or the long options below "Options:".
std::vector<std::string> listed(const std::string& help, const std::string& title, const std::regex& entry) {
  std::vector<std::string> found;
  const std::size_t begin = help.find(title + ":\n");
  if (begin == std::string::npos) return found;
  const std::string section = help.substr(begin, help.find("\n\n", begin) - begin);
  for (auto it = std::sregex_iterator(section.begin(), section.end(), entry); it != std::sregex_iterator(); ++it) {
    found.push_back((*it)[1]);
  }
  return found;
}

// From the heading of a command to the next heading of the same level; empty: there is no such heading.
std::string section_of(const std::string& text, const std::string& command) {
  const std::size_t begin = text.find("\n## refract " + command + "\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

std::size_t check_command(const Project& project, const std::vector<std::string>& command, const std::string& text) {
  std::vector<std::string> arguments = command;
  arguments.push_back("--help");
  const std::string help = project.refract(arguments).out;
  std::string name;
  for (const std::string& word : command) name += (name.empty() ? "" : " ") + word;
  const std::string section = section_of(text, name);
  INFO("refract " << name);
  CHECK_FALSE(section.empty());

  static const std::regex kOption(R"(\n +(?:-\w,)?(--[a-z-]+))");
  const std::vector<std::string> common{"--help", "--schema", "--prisma"};  // "Common options" describes them
  std::size_t options = 0;
  for (const std::string& option : listed(help, "Options", kOption)) {
    ++options;
    if (std::ranges::find(common, option) != common.end()) continue;
    INFO(option);
    CHECK(section.find(option) != std::string::npos);
  }
  return options;
}

}  // namespace

TEST_CASE("documentation: every command and every option is described", "[cli]") {
  const Project project;
  static const std::regex kName(R"(\n  ([a-z]+) )");
  const std::string commands = page("commands.md");
  const std::string migrate = page("migrate.md");
  std::size_t options = 0;
  for (const std::string& name : listed(project.refract({"--help"}).out, "Subcommands", kName)) {
    if (name != "migrate") options += check_command(project, {name}, commands);
  }
  for (const std::string& name : listed(project.refract({"migrate", "--help"}).out, "Subcommands", kName)) {
    options += check_command(project, {"migrate", name}, migrate);
  }
  CHECK(options > 70);
}

TEST_CASE("documentation: the manual page names every command", "[cli]") {
  const Project project;
  static const std::regex kName(R"(\n  ([a-z]+) )");
  const std::string manual = page("refract.1");
  std::size_t commands = 0;
  for (const std::vector<std::string>& help : {std::vector<std::string>{"--help"}, {"migrate", "--help"}}) {
    for (const std::string& name : listed(project.refract(help).out, "Subcommands", kName)) {
      INFO(name);
      CHECK(std::regex_search(manual, std::regex("\\n\\.BR? " + name + "\\b")));
      ++commands;
    }
  }
  CHECK(commands >= 18);
}

TEST_CASE("documentation: --version names the version and the commit", "[cli]") {
  const std::string version = Project().refract({"--version"}).out;
  INFO(version);
  CHECK(std::regex_match(version, std::regex(R"(\d+\.\d+\.\d+( \([0-9a-f]{7}\+?\))?\n)")));
}

TEST_CASE("documentation: bash completes commands, options and files", "[cli]") {
  if (std::system("command -v bash >/dev/null") != 0) {
    WARN("skipped: bash is not installed");
    return;
  }
  const TemporaryFolder folder;
  folder.write("some.prisma", "");
  const auto complete = [&](const std::string& line) {
    const std::string answer = (folder / "answer").string();
    const std::string command = std::string("bash '") + REFRACT_SOURCE_DIR + "/tests/cli/complete.sh' '" +
                                REFRACT_PROGRAM + "' '" + line + "' '" + answer + "'";
    return std::system(command.c_str()) == 0 ? folder.read("answer") : "";
  };
  CHECK(complete("refract fo") == "format\n");
  CHECK(complete("refract migrate d") == "diff deploy down\n");
  CHECK(complete("refract migrate diff --ex") == "--exit-code\n");
  CHECK(complete("refract check so") == "some.prisma\n");
  CHECK(complete("refract migrate new name --dr") == "--dry-run\n");
}

}  // namespace refract::test
