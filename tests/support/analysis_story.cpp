#include "support/analysis_story.h"

#include <fmt/format.h>

namespace refract::tests {

std::string story_of(const validation::Analysis& analysis) {
  std::string story;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    story += fmt::format("{} {}:{}-{} {} {}\n", diagnostic.code, diagnostic.at.file, diagnostic.at.range.begin,
                         diagnostic.at.range.end, diagnostic.message, diagnostic.help);
    for (const validation::Related& related : diagnostic.related)
      story += fmt::format("  see {}-{} {}\n", related.at.range.begin, related.at.range.end, related.message);
    for (const validation::Fix& fix : diagnostic.fixes) {
      for (const validation::FileEdit& edit : fix.edits)
        story += fmt::format("  fix {}-{} {}\n", edit.edit.range.begin, edit.edit.range.end, edit.edit.text);
    }
  }
  return story;
}

}  // namespace refract::tests
