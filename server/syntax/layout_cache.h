#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "syntax/format.h"

namespace refract::syntax {

// How the blocks of a text were laid out, kept for the next time that it is formatted: most blocks are the same then,
// and formatting costs what changed. Holds the blocks of the last text only. For one thread at a time.
class LayoutCache {
 public:
  struct Layout {
    std::string text;
    bool regular = true;  // the language has a rule for each line
  };

  // Another text is formatted. Layouts made with other options are forgotten.
  void begin(const FormatOptions& options);
  // Forgets the blocks that were not asked for since begin().
  void end();

  // `block`: from the keyword to the closing brace. nullptr: it was not laid out before.
  const Layout* find(std::string_view block);
  void keep(std::string_view block, Layout layout);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Entry {
    Layout layout;
    std::uint64_t last_use = 0;
  };

  FormatOptions options_;
  std::uint64_t uses_ = 0;
  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> blocks_;
};

}  // namespace refract::syntax
