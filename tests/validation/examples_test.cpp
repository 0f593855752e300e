#include "validation/codes/examples.h"
#include "validation/check.h"
#include "validation/codes/codes.h"

using namespace refract;
using namespace refract::tests;

namespace {

std::shared_ptr<const validation::Analysis> analyse_example(const validation::Example& example, std::string_view text) {
  return analyse(validation::schema_of(example, text), example.version);
}

bool finds(const validation::Analysis& analysis, std::string_view code) {
  return std::ranges::any_of(analysis.diagnostics(), [&](const auto& found) { return found.code == code; });
}

}  // namespace

TEST_CASE("examples: every code has one, which shows it and how it is corrected", "[validation]") {
  for (const validation::CodeInfo& info : validation::codes()) {
    INFO(info.code);
    const validation::Example* example = validation::find_example(info.code);
    REQUIRE(example != nullptr);
    const auto wrong = analyse_example(*example, example->wrong);
    CHECK(finds(*wrong, info.code));
    for (const validation::Diagnostic& found : wrong->diagnostics()) {
      INFO(found.code << ": " << found.message << " / " << found.help);
      CHECK(found.message.ends_with('.'));
      CHECK_FALSE(found.help.empty());
      CHECK((found.help.ends_with('.') || found.help.ends_with('?')));
      CHECK((!found.data.empty() || found.code == "invalid-line" || found.code == "type-alias" ||
             found.code == "unterminated-block" || found.code == "unknown-block"));
    }
    const auto right = analyse_example(*example, example->right);
    std::string left;
    for (const auto& mark : marks_of(*right)) left += mark.name + ' ';
    CHECK(left == std::string());
  }
}
