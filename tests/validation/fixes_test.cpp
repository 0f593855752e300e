#include <set>

#include "support/fixes.h"
#include "validation/check.h"
#include "validation/codes/codes.h"
#include "validation/example_files.h"
#include "validation/fixes/helpful_fixes.h"

using namespace refract;
using namespace refract::tests;

namespace {

// Nothing plain can be offered for these: what is meant, only the writer knows.
const std::set<validation::Code> kWithoutFix = {
    "unknown-block",
    "rejected-by-database",
    "type-alias",
    "empty-enum",
    "relation-in-composite-type",
    "key-name-clash",
    "bytes-in-id",
    "spgist-several-fields",
    "inverted-json-position",
    "composite-in-compound-index",
    "fulltext-order",
    "several-fulltext-indexes",
    "relation-field-count",
    "relation-arguments-on-optional-side",
    "many-to-many-without-id",
    "many-to-many-keys",
    "many-to-many-key-type",
    "type-unsupported",
    "empty-composite-type",
    "operator-class-index-type",
    "operator-class-needs-list",
    "operator-class-needs-native-type",
    "operator-class-field-type",
    "operator-class-native-type",
};

std::string text_of(const FixTally& tally) {
  std::string text;
  for (const FixProblem& trouble : tally.problems) {
    text += trouble.code + ": " + trouble.title + ": " + trouble.why + "\n" + trouble.after + "\n";
  }
  return text;
}

// "Use `X`", "Change … to `X`", "Add `X`"; but not a list of what there is to choose from.
bool names_its_fix(std::string_view help) {
  const bool advice = help.starts_with("Use ") || help.starts_with("Change ") || help.starts_with("Add ");
  return advice && help.find('`') != std::string_view::npos && help.find("one of") == std::string_view::npos;
}

}  // namespace

TEST_CASE("fixes: each one of the examples leaves fewer diagnostics", "[validation]") {
  for (const validation::CodeInfo& info : validation::codes()) {
    const validation::Example& example = info.example;
    const FixTally tally = try_fixes(parsed(files_of(example, example.wrong)), example.version);
    INFO(info.code.name() << '\n' << example.wrong);
    CHECK(text_of(tally) == std::string());
    CHECK((tally.fixes > 0) != kWithoutFix.contains(info.code));
  }
}

TEST_CASE("fixes: advice that names what to write has its fix", "[validation]") {
  for (const validation::CodeInfo& info : validation::codes()) {
    const auto analysis = analyse_example(info.example, info.example.wrong);
    bool fixable = false;
    std::string help;
    for (const validation::Diagnostic& diagnostic : validation::with_helpful_fixes(analysis)) {
      if (diagnostic.code != info.code) continue;
      fixable |= !diagnostic.fixes.empty();
      if (names_its_fix(diagnostic.help)) help = diagnostic.help;
    }
    INFO(info.code.name() << ": " << help);
    CHECK((help.empty() || fixable));
  }
}

TEST_CASE("fixes: they hold in a schema of several files", "[validation]") {
  const auto parse = [](std::string text) { return syntax::File::parse(text::Document(std::move(text))); };
  const FixTally tally = try_fixes(
      {{"base.prisma", parse(std::string(kPostgresql))},
       {"post.prisma", parse("model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], "
                             "references: [id])\n}\n")},
       {"user.prisma", parse("model User {\n  id Int @id\n}\n\nmodel async {\n  id Int @id\n}\n")},
       {"more.prisma", parse("model Job {\n  id Int @id\n  jobs async[]\n}\n")}},
      schema::PrismaVersion::v7);
  CHECK(text_of(tally) == std::string());
  CHECK(tally.fixes > 0);
}

TEST_CASE("fixes: line breaks stay as they are", "[validation]") {
  std::string text = std::string(kPostgresql) + "model A {\n  id Int @id\n  bs B[]\n}\n\nmodel B {\n  id Int @id\n}\n";
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  const auto analysis = analyse(crlf);
  REQUIRE(analysis->diagnostics().size() == 1);
  for (const validation::Fix& fix : analysis->diagnostics().front().fixes) {
    for (const validation::FileEdit& edit : fix.edits) {
      const std::string& made = edit.edit.text;
      for (std::size_t at = made.find('\n'); at != std::string::npos; at = made.find('\n', at + 1)) {
        CHECK((at > 0 && made[at - 1] == '\r'));
      }
    }
  }
}
