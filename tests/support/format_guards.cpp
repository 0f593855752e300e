#include "support/format_guards.h"

#include <algorithm>

#include "features/formatting.h"
#include "text/encoding.h"
#include "text/unicode.h"
#include "validation/core/diagnostic.h"

namespace refract::tests {
namespace {

using SnapshotPtr = std::shared_ptr<const schema::Snapshot>;

// The characters that are not white space, sorted: attributes and block attributes may move. At the ends of lines
// Prisma removes what Unicode calls white space, which is more than the language has.
std::string characters(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, size] = text::code_point_at(text, at);
    if (!text::is_white_space(value)) kept += text.substr(at, size);
    at += size;
  }
  std::ranges::sort(kept);
  return kept;
}

// The kinds of line ends, as a set of bits. A text without any may get "\n".
unsigned line_ends(std::string_view text) {
  unsigned kinds = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      kinds |= 1U;
      ++at;
    } else if (text[at] == '\r') {
      kinds |= 2U;
    } else if (text[at] == '\n') {
      kinds |= 4U;
    }
  }
  return kinds == 0 ? 4U : kinds;
}

std::string_view text_of(const schema::Snapshot& snapshot, schema::FileId file) {
  return snapshot.files()[file].syntax->document().text();
}

SnapshotPtr formatted(const schema::Snapshot& snapshot, const features::FormattingOptions& options) {
  std::vector<schema::SourceFile> files;
  for (schema::FileId file = 0; file < snapshot.files().size(); ++file) {
    files.push_back(
        {snapshot.files()[file].path, syntax::File::parse(text::Document(text::apply_edits(
                                          text_of(snapshot, file), features::formatting(snapshot, file, options))))});
  }
  return schema::Snapshot::build(std::move(files), snapshot.options());
}

}  // namespace

std::vector<BrokenGuard> broken_guards(std::vector<schema::SourceFile> files, schema::PrismaVersion version) {
  std::vector<BrokenGuard> broken;
  const auto fail = [&](char guard, std::string_view before, std::string_view after) {
    broken.push_back({guard, std::string(before), std::string(after)});
  };
  const auto before = schema::Snapshot::build(std::move(files), {.version = version});
  const auto laid_out = formatted(*before, {.add_relations = false});
  const auto once = formatted(*before, {});
  const auto twice = formatted(*once, {});
  for (schema::FileId file = 0; file < before->files().size(); ++file) {
    const std::string_view text = text_of(*before, file);
    const std::string had = characters(text);
    if (characters(text_of(*laid_out, file)) != had) fail('a', text, text_of(*laid_out, file));
    if (!std::ranges::includes(characters(text_of(*once, file)), had)) fail('a', text, text_of(*once, file));
    if (text_of(*twice, file) != text_of(*once, file)) fail('b', text_of(*once, file), text_of(*twice, file));
    if ((line_ends(text_of(*once, file)) & ~line_ends(text)) != 0) fail('d', text, text_of(*once, file));
  }
  // The codes, sorted. Where one goes, because the layout corrects what it was about, others may appear that it hid.
  const auto found = [](const SnapshotPtr& snapshot) {
    std::vector<std::string_view> codes;
    const auto analysis = validation::Analysis::run(snapshot);
    for (const validation::Diagnostic& one : analysis->diagnostics()) codes.push_back(one.code.name());
    std::ranges::sort(codes);
    return codes;
  };
  const auto codes = found(before);
  const auto codes_then = found(once);
  // What Prisma does not read may have mistakes, which are found where it gets a line of its own: a field after the
  // brace, a line after a byte order mark.
  const bool ignored = std::ranges::any_of(before->files(), [](const schema::SourceFile& file) {
    const std::string_view text = file.syntax->document().text();
    if (text.starts_with(text::kByteOrderMark)) return true;
    return std::ranges::any_of(file.syntax->blocks(), [](const syntax::PlacedBlock& placed) {
      return syntax::member_after_brace(*placed.block).has_value();
    });
  });
  if (!ignored && codes_then.size() > codes.size() && std::ranges::includes(codes_then, codes))
    fail('c', text_of(*before, 0), text_of(*once, 0));
  return broken;
}

}  // namespace refract::tests
