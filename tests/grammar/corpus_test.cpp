#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "grammar/parse.h"
#include "support/catch.h"

// Runs grammar/test/corpus as `tree-sitter test` does, with the committed parser and no command.
// UPDATE_EXPECT=1 writes the trees as they are now: read the difference like code.
namespace refract::grammar_tests {
namespace {

struct Entry {
  std::string name;
  std::string input;
  std::string expected;
};

bool is_rule(std::string_view line, char mark) {
  return line.size() >= 3 && std::ranges::all_of(line, [mark](char c) { return c == mark; });
}

// Splits a corpus file: a name between two lines of `=`, the input, a line of `-`, the tree.
// The line end before the line of `-` is not part of the input.
std::vector<Entry> entries_of(std::string_view text) {
  enum class Part { before, name, input, expected };
  std::vector<Entry> entries;
  Part part = Part::before;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_rule(line, '=') && part != Part::input) {
      if (part == Part::name) {
        part = Part::input;
      } else {
        entries.emplace_back();
        part = Part::name;
      }
    } else if (part == Part::name) {
      entries.back().name += line;
    } else if (part == Part::input && is_rule(line, '-')) {
      if (!entries.back().input.empty()) entries.back().input.pop_back();
      part = Part::expected;
    } else if (part == Part::input) {
      entries.back().input.append(line).push_back('\n');
    } else if (part == Part::expected) {
      entries.back().expected.append(line).push_back('\n');
    }
  }
  return entries;
}

std::vector<std::filesystem::path> corpus_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(grammar_folder() / "test" / "corpus")) {
    if (file.path().extension() == ".txt") files.push_back(file.path());
  }
  std::ranges::sort(files);
  return files;
}

void write_entries(const std::filesystem::path& file, const std::vector<Entry>& entries) {
  const std::string rule(80, '=');
  std::ofstream out(file, std::ios::binary);
  for (const Entry& entry : entries) {
    if (&entry != &entries.front()) out << '\n';
    out << rule << '\n' << entry.name << '\n' << rule << '\n';
    out << entry.input << '\n' << std::string(80, '-') << "\n\n";
    out << indented(s_expression(*parse(entry.input))) << '\n';
  }
}

}  // namespace

TEST_CASE("corpus: every entry gives the tree written below it", "[grammar]") {
  std::size_t count = 0;
  for (const auto& file : corpus_files()) {
    const std::vector<Entry> entries = entries_of(read_text(file));
    CHECK_FALSE(entries.empty());
    if (std::getenv("UPDATE_EXPECT")) write_entries(file, entries);
    for (const Entry& entry : entries) {
      INFO(file.filename().string() << ": " << entry.name << "\n" << entry.input);
      const Tree tree = parse(entry.input);
      CHECK(s_expression(*tree) == normalised(entry.expected));
      ++count;
    }
  }
  CHECK(count >= 60);
}

}  // namespace refract::grammar_tests
