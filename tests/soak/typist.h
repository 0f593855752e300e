#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "protocol/json.h"

namespace refract::test {

// Somebody who edits a text without reason, and takes back enough of it that a schema remains.
class Typist {
 public:
  Typist(std::string text, std::uint64_t seed) : original_(text), text_(std::move(text)), random_(seed) {}

  const std::string& text() const { return text_; }
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }

  // The content changes of one step, each in the text that the one before made; columns are bytes. One without a range
  // is the whole text.
  protocol::Json type();
  // Replaces a place of the text that an answer named, as LSP's TextEdit.
  protocol::Json apply(const protocol::Json& edit);
  // A place somewhere in the text, at times outside of it.
  protocol::Json position();

 private:
  struct Change {
    std::size_t at = 0;
    std::string removed;
    std::string inserted;
  };

  std::size_t character_at(std::size_t offset) const;
  protocol::Json position_of(std::size_t offset) const;
  std::size_t offset_of(const protocol::Json& position) const;
  protocol::Json replace(std::size_t begin, std::size_t end, std::string inserted, bool remember = true);
  protocol::Json undo();

  std::string original_;
  std::string text_;
  std::mt19937_64 random_;
  std::vector<Change> done_;
};

}  // namespace refract::test
