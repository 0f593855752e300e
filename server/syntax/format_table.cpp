#include "syntax/format_table.h"

#include <algorithm>

namespace refract::syntax {
namespace {

std::size_t cell_count(const FormatTable::Row& row) {
  std::size_t count = row.cells.size();
  while (count > 0 && row.cells[count - 1].empty()) --count;
  return count;
}

}  // namespace

void FormatTable::render(std::string& out, std::size_t indent) {
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row.cells[i].size());

  for (const Row& row : rows_) {
    const auto count = cell_count(row);
    if (!row.at_margin && (count > 0 || !row.suffix.empty())) out.append(indent, ' ');
    for (std::size_t i = 0; i < count; ++i) {
      out += row.cells[i];
      if (i + 1 < count) out.append(widths[i] - row.cells[i].size() + 1, ' ');
    }
    if (count > 0 && !row.suffix.empty()) out += ' ';
    out += row.prefix;
    out += row.suffix;
    out += '\n';
  }
  rows_.clear();
}

}  // namespace refract::syntax
