#include "lsp/symbol_store.h"

#include <charconv>
#include <unordered_map>
#include <vector>

#include "features/symbols.h"

namespace refract::lsp {
namespace {

// The symbols of a block as JSON, from which the lines' numbers are cut out. Empty text: it has none.
struct BlockSymbols {
  struct Line {
    std::uint32_t at = 0;     // where in the text the number goes
    std::uint32_t value = 0;  // counted from the block's first line
  };
  std::string text;
  std::vector<Line> lines;  // in the order of the text
};

std::string symbols_text(const Request& request, const features::OutlineItem& outline) {
  if (request.scope.client.hierarchical_symbols) return protocol::text_of(to_lsp(request.scope, request.file, outline));
  std::vector<protocol::SymbolInformation> flat;
  flatten(request.scope, request.file, outline, "", flat);
  const std::string array = protocol::text_of(flat);
  return array.substr(1, array.size() - 2);
}

BlockSymbols symbols_of(const Request& request, const syntax::PlacedBlock& placed, std::uint32_t first_line) {
  // Nothing but a position begins like this: in a string the quotes would be escaped.
  constexpr std::string_view kLine = R"({"line":)";
  BlockSymbols symbols;
  const auto outline = features::block_outline(placed);
  if (!outline) return symbols;
  const std::string written = symbols_text(request, *outline);
  std::size_t copied = 0;
  for (std::size_t at = written.find(kLine); at != std::string::npos; at = written.find(kLine, copied)) {
    at += kLine.size();
    std::uint32_t line = 0;
    const char* end = std::from_chars(written.data() + at, written.data() + written.size(), line).ptr;
    symbols.text.append(written, copied, at - copied);
    symbols.lines.push_back({static_cast<std::uint32_t>(symbols.text.size()), line - first_line});
    copied = static_cast<std::size_t>(end - written.data());
  }
  symbols.text.append(written, copied);
  symbols.text.shrink_to_fit();
  return symbols;
}

void append(protocol::TextBuffer& out, const BlockSymbols& symbols, std::uint32_t first_line) {
  const std::string_view text = symbols.text;
  out.reserve(text.size() + symbols.lines.size() * std::numeric_limits<std::uint32_t>::digits10);
  std::size_t copied = 0;
  for (const BlockSymbols::Line& line : symbols.lines) {
    out.append(text.substr(copied, line.at - copied));
    protocol::append_text(out, first_line + line.value);
    copied = line.at;
  }
  out.append(text.substr(copied));
}

}  // namespace

struct SymbolStore::Answer {
  std::shared_ptr<const syntax::File> file;  // keeps the blocks alive
  std::unordered_map<const syntax::Block*, std::shared_ptr<const BlockSymbols>> symbols;
  std::size_t size = 0;  // of the text in bytes
};

std::shared_ptr<const SymbolStore::Answer> SymbolStore::last(const std::string& uri) const {
  const std::scoped_lock lock(mutex_);
  const auto found = last_.find(uri);
  return found == last_.end() ? nullptr : found->second;
}

protocol::JsonText SymbolStore::answer(const Request& request, const std::string& uri) {
  const auto before = last(uri);
  auto now = std::make_shared<Answer>();
  now->file = request.snapshot().files()[request.file].syntax;
  const text::LineIndex& lines = request.document().lines();

  protocol::TextBuffer out;
  if (before) out.reserve(before->size + before->size / 8);
  out.append('[');
  bool first = true;
  for (const syntax::PlacedBlock& placed : now->file->blocks()) {
    const std::uint32_t line = lines.line_of(placed.start);
    std::shared_ptr<const BlockSymbols> symbols;
    // In a block that begins within a line, columns depend on what is before it.
    const bool kept = lines.line_start(line) == placed.start;
    if (kept && before) {
      const auto found = before->symbols.find(placed.block);
      if (found != before->symbols.end()) symbols = found->second;
    }
    if (!symbols) symbols = std::make_shared<const BlockSymbols>(symbols_of(request, placed, line));
    if (kept) now->symbols.emplace(placed.block, symbols);
    if (symbols->text.empty()) continue;
    if (!std::exchange(first, false)) out.append(',');
    append(out, *symbols, line);
  }
  out.append(']');
  protocol::JsonText answer{out.take()};
  now->size = answer.text.size();
  const std::scoped_lock lock(mutex_);
  last_[uri] = std::move(now);
  return answer;
}

void SymbolStore::forget(const std::string& uri) {
  const std::scoped_lock lock(mutex_);
  last_.erase(uri);
}

}  // namespace refract::lsp
