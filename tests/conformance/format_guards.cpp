// What the formatter has to keep to, tried on every schema of the conformance cases, on all other schemas beside them,
// and on random edits of these (support/format_guards.h), and that what is kept from the text before an edit changes no
// answer (e).
//   refract_format_guards FOLDER [--edits N] [--seed N] [--show]

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include <CLI/CLI.hpp>

#include "conformance/cases.h"
#include "platform/file.h"
#include "support/format_guards.h"
#include "syntax/layout_cache.h"
#include "text/lines.h"

namespace refract::conformance {
namespace {

using Sources = std::vector<schema::SourceFile>;

class Guards {
 public:
  explicit Guards(bool show) : show_(show) {}

  void check(const std::string& id, Sources sources, schema::PrismaVersion version) {
    ++tried_;
    for (const tests::BrokenGuard& broken : tests::broken_guards(std::move(sources), version)) fail(broken, id);
  }

  void check_kept(const std::string& id, std::string_view text, std::string_view edited) {
    syntax::LayoutCache layouts;
    syntax::format(text, {}, &layouts);
    const std::string with = syntax::format(edited, {}, &layouts);
    const std::string without = syntax::format(edited);
    if (with != without) fail({'e', without, with}, id);
  }

  bool report() const {
    fmt::print("{} schemas formatted\n", tried_);
    for (const char guard : std::string_view("abcde")) {
      const auto failures = failures_.find(guard);
      fmt::print("  ({}) {} failures\n", guard, failures == failures_.end() ? 0 : failures->second);
    }
    return failures_.empty();
  }

 private:
  void fail(const tests::BrokenGuard& broken, const std::string& id) {
    ++failures_[broken.guard];
    if (show_) {
      show_difference(fmt::format("({}) {}", broken.guard, id), broken.before, broken.after);
    } else {
      fmt::print("({}) {}\n", broken.guard, id);
    }
  }

  bool show_;
  std::size_t tried_ = 0;
  std::map<char, std::size_t> failures_;
};

// Changes a text as someone who types, pastes and deletes without care.
class Editor {
 public:
  explicit Editor(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  std::string edited(std::string text) {
    for (std::size_t count = 1 + below(4); count > 0; --count) edit(text);
    if (below(8) == 0) text = text::with_line_breaks(text, "\r\n");
    return text;
  }

 private:
  void edit(std::string& text) {
    static constexpr std::array<std::string_view, 28> kPieces = {"{",          "}",
                                                                 "(",          ")",
                                                                 "[",          "]",
                                                                 "\"",         "@",
                                                                 "@@",         ",",
                                                                 ":",          "=",
                                                                 "?",          "// c",
                                                                 "/* b */",    "/* c\n d */",
                                                                 "\r\n",       "\n",
                                                                 "\n\n\n",     "\t",
                                                                 " x ",        "///",
                                                                 " Int ",      "model A {",
                                                                 "enum E {",   "@@map(\"a\")",
                                                                 "@relation(", "\xEF\xBB\xBF"};
    const std::size_t at = below(text.size() + 1);
    switch (below(6)) {
      case 0:
        text.erase(at, 1 + below(3));
        break;
      case 1:
        text.erase(at, below(40));
        break;
      case 2: {  // joins two lines
        const std::size_t end = text.find('\n', at);
        if (end != std::string::npos) text.erase(end, 1 + below(3));
        break;
      }
      case 3: {  // copies some text to another place
        const std::string copy = text.substr(at, below(60));
        text.insert(below(text.size() + 1), copy);
        break;
      }
      default:
        text.insert(at, kPieces[below(kPieces.size())]);
    }
  }

  std::mt19937_64 random_;
};

int run(const Options& options, std::size_t edits, std::uint64_t seed) {
  Guards guards(options.show);
  std::vector<std::pair<std::string, schema::PrismaVersion>> texts;
  const auto check_case = [&](const json::Value& one) {
    const Sources sources = sources_of(one);
    if (sources.size() == 1) texts.emplace_back(sources[0].syntax->document().text(), version_of(one));
    guards.check(std::string(one["id"].string()), sources, version_of(one));
  };
  for (const char* kind : {"lint", "format"})
    for (const auto& file : case_files(options.folder / kind)) each_case(file, check_case);
  // Beside the cases, other schemas may lie.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.folder / "..")) {
    if (!entry.is_regular_file() || entry.path().extension() != ".prisma") continue;
    const auto text = platform::read_bytes(entry.path());
    if (!text) continue;
    for (const auto version : {schema::PrismaVersion::v5, schema::PrismaVersion::v6, schema::PrismaVersion::v7}) {
      guards.check(entry.path().string(), {{entry.path().string(), syntax::File::parse(text::Document(*text))}},
                   version);
    }
    texts.emplace_back(*text, schema::PrismaVersion::v7);
  }
  if (texts.empty()) {
    fmt::print("not run: no schemas in {}\n", options.folder.string());
    return 77;
  }
  Editor editor(seed);
  for (std::size_t i = 0; i < edits; ++i) {
    const auto& [text, version] = texts[editor.below(texts.size())];
    // Of a long text a part is enough.
    const std::size_t begin = text.size() > 8000 ? editor.below(text.size() - 8000) : 0;
    const std::string part = text.substr(begin, 8000);
    const std::string changed = editor.edited(part);
    const std::string id = fmt::format("edit {} of seed {}", i, seed);
    guards.check(id, {{"/a.prisma", syntax::File::parse(text::Document(changed))}}, version);
    guards.check_kept(id, part, changed);
  }
  return guards.report() ? 0 : 1;
}

}  // namespace
}  // namespace refract::conformance

int main(int argc, char** argv) {
  CLI::App app("What the formatter has to keep to");
  refract::conformance::Options options;
  std::size_t edits = 2000;
  std::uint64_t seed = 19;
  app.add_option("folder", options.folder, "The conformance data")->required();
  app.add_option("--edits", edits, "How many random edits");
  app.add_option("--seed", seed, "Of the random edits");
  app.add_flag("--show", options.show, "Print the texts");
  CLI11_PARSE(app, argc, argv);
  if (!std::filesystem::is_directory(options.folder)) {
    fmt::print("not run: {} does not exist\n", options.folder.string());
    return 77;
  }
  return refract::conformance::run(options, edits, seed);
}
