#include "report/annotations.h"

#include <fmt/format.h>

#include "report/diagnostics.h"
#include "report/shown.h"

namespace refract::report {
namespace {

// What GitHub would take for syntax of its own, in a message or (with ":" and ",") in a property.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string message_text(std::string_view text) {
  return escaped(text, "%\r\n");
}

}  // namespace

std::string github_annotations(const schema::Snapshot& snapshot,
                               const std::vector<validation::Diagnostic>& diagnostics) {
  std::string out;
  const Shown shown = shown_of(diagnostics);
  for (const validation::Diagnostic* diagnostic : shown.findings) {
    const schema::SourceFile& file = snapshot.files()[diagnostic->at.file];
    const text::Document& document = file.syntax->document();
    const text::Position begin = document.position_at(diagnostic->at.range.begin, text::Encoding::utf16);
    const text::Position end = document.position_at(diagnostic->at.range.end, text::Encoding::utf16);
    out += fmt::format("::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
                       severity_name(diagnostic->severity), escaped(file.path, "%\r\n:,"), begin.line + 1,
                       begin.character + 1, end.line + 1, end.character + 1, diagnostic->code,
                       message_text(sentence_of(*diagnostic)));
  }
  if (const std::size_t count = shown.left_out_in_all(); count > 0) {
    out += fmt::format("::notice title=refract::{}\n", message_text(left_out_text(count)));
  }
  return out;
}

}  // namespace refract::report
