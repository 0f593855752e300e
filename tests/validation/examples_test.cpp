#include "validation/check.h"
#include "validation/codes/codes.h"
#include "validation/example_files.h"

using namespace refract;
using namespace refract::tests;

namespace {

bool finds(const validation::Analysis& analysis, validation::Code code) {
  return std::ranges::any_of(analysis.diagnostics(), [&](const auto& found) { return found.code == code; });
}

}  // namespace

TEST_CASE("examples: every code has one, which shows it and how it is corrected", "[validation]") {
  for (const validation::CodeInfo& info : validation::codes()) {
    INFO(info.code.name());
    // Found by a feature (features/rejections.h), which tests/features runs on this example.
    if (info.code == "rejected-by-database") continue;
    const validation::Example& example = info.example;
    const auto wrong = analyse_example(example, example.wrong);
    CHECK(finds(*wrong, info.code));
    for (const validation::Diagnostic& found : wrong->diagnostics()) {
      INFO(found.code.name() << ": " << found.message << " / " << found.help);
      CHECK(found.message.ends_with('.'));
      CHECK_FALSE(found.help.empty());
      CHECK((found.help.ends_with('.') || found.help.ends_with('?')));
      CHECK((!found.data.empty() || found.code == "invalid-line" || found.code == "type-alias" ||
             found.code == "unterminated-block" || found.code == "unknown-block"));
    }
    const auto right = analyse_example(example, example.right);
    std::string left;
    for (const auto& mark : marks_of(*right)) left += mark.name + ' ';
    CHECK(left.empty());
  }
}

TEST_CASE("examples: a text may have several files", "[validation]") {
  const validation::Example example{.wrong =
                                        "//- /role.prisma\nmodel Role {\n  id Int @id\n}\n"
                                        "//- /user.prisma\nenum Role {\n  ADMIN\n}\n",
                                    .right = "",
                                    .provider = schema::Provider::mysql};
  const Texts files = files_of(example, example.wrong);
  REQUIRE(files.size() == 2);
  CHECK(files[0].first == "role.prisma");
  CHECK(files[0].second.starts_with("datasource db {\n  provider = \"mysql\"\n"));
  CHECK(files[1] == std::pair<std::string, std::string>("user.prisma", "enum Role {\n  ADMIN\n}\n"));
  CHECK(finds(*analyse_example(example, example.wrong), "duplicate-name"));
}
