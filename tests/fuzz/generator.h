#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Texts of nested and repeated constructs, chosen by the bytes of a fuzzer's input: a small change of the input is a
// small change of the choices, and what the fuzzer keeps are choices that led somewhere new.
namespace refract::fuzz {

// Reads bytes as choices. After their end every choice is the first one.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  std::size_t below(std::size_t end);
  bool empty() const { return next_ >= bytes_.size(); }
  // For a construct that is repeated with the same choices.
  std::size_t position() const { return next_; }
  void rewind(std::size_t position) { next_ = position; }

 private:
  std::string_view bytes_;
  std::size_t next_ = 0;
};

// The alternatives of one construct. The first is taken where the input has ended, so it leads to no construct that
// contains itself. In an alternative
//   <a>    is an alternative of the construct `a`
//   <a?>   is one or nothing
//   <a*>   is up to a few hundred, all different or all of the same choices; <a,> the same, at least one, with ", "
//          between them
//   <a^b>  is an alternative of `b` with alternatives of `a` around it, nested up to a few hundred times; in those of
//          `a`, "^" is where the text goes that it surrounds
//   %      is the number of the repetition, from 0
// and all else is text; so is a "<" before anything but a lower-case letter.
struct Rule {
  std::string_view name;
  std::vector<std::string_view> alternatives;
};

class Grammar {
 public:
  // Stops the program for a name that no rule has.
  explicit Grammar(std::vector<Rule> rules);

  // An alternative of the construct; one that gets longer than `limit` bytes ends soon after.
  std::string text(std::string_view construct, Choices& choices, std::size_t limit) const;

 private:
  class Writer;
  const Rule& find(std::string_view construct) const;

  std::vector<Rule> rules_;  // by name
};

}  // namespace refract::fuzz
