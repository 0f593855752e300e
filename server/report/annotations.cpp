#include "report/annotations.h"

#include <fmt/format.h>

#include "report/diagnostics.h"
#include "report/encodings.h"
#include "report/shown.h"

namespace refract::report {

std::string github_annotations(const schema::Snapshot& snapshot,
                               const std::vector<validation::Diagnostic>& diagnostics) {
  std::string out;
  const Shown shown = shown_of(diagnostics);
  for (const validation::Diagnostic* diagnostic : shown.diagnostics) {
    const schema::SourceFile& file = snapshot.files()[diagnostic->at.file];
    const text::Document& document = file.syntax->document();
    const text::Position begin = document.position_at(diagnostic->at.range.begin, text::Encoding::utf16);
    const text::Position end = document.position_at(diagnostic->at.range.end, text::Encoding::utf16);
    out += fmt::format("::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
                       severity_name(diagnostic->severity), github_property(file.path), begin.line + 1,
                       begin.character + 1, end.line + 1, end.character + 1, diagnostic->code,
                       github_message(sentence_of(*diagnostic)));
  }
  if (const std::size_t count = shown.left_out_in_all(); count > 0) {
    out += fmt::format("::notice title=refract::{}\n", github_message(left_out_text(count)));
  }
  return out;
}

}  // namespace refract::report
