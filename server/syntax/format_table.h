#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refract::syntax {

// Rows whose cells are aligned in columns. Widths are in bytes, as in Prisma's formatter.
// The views passed in must stay valid until render().
class FormatTable {
 public:
  static constexpr std::size_t kColumns = 3;

  // A row of cells; empty cells at the end are no cells.
  struct Row {
    std::array<std::string_view, kColumns> cells = {};
    std::string_view prefix = {};  // before the suffix
    std::string_view suffix = {};  // a comment after the last cell; takes no part in the widths
    bool at_margin = false;        // the row is not indented
  };

  void add(const Row& row) { rows_.push_back(row); }
  void add_blank() { rows_.push_back({}); }
  // A line without cells: a comment, or a broken line kept as it is.
  void add_line(std::string_view line, std::string_view prefix = {}) {
    rows_.push_back({.cells = {}, .prefix = prefix, .suffix = line});
  }
  void add_line_at_margin(std::string_view line) {
    rows_.push_back({.cells = {}, .prefix = {}, .suffix = line, .at_margin = true});
  }

  // Appends the rows to `out`, indented, and empties the table.
  void render(std::string& out, std::size_t indent);

 private:
  std::vector<Row> rows_;
};

}  // namespace refract::syntax
