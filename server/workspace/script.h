#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refract::workspace {

// A JavaScript or TypeScript module that exports one object of settings, read without running it: what is written as a
// literal, joined from literals, or a constant of these is known, all else is not.
class Script {
 public:
  explicit Script(std::string_view source);

  // The path that a property of the exported object names, as written: `schema: "db"`, `schema: path.join("a", "b")`.
  // Several keys lead into nested objects. nullopt: it is not there, or its value depends on running the script.
  std::optional<std::string> path_of(const std::vector<std::string_view>& keys) const;

 private:
  enum class Kind { word, string, punctuation, unknown };
  struct Token {
    Kind kind = Kind::unknown;
    std::string text;
  };

  bool is(std::size_t at, std::string_view text) const;
  // The token behind the "{" of the exported object; nullopt: none is found.
  std::optional<std::size_t> exported_object() const;
  // Of the object whose members begin here: where the value of a key begins. A shorthand `{ schema }` leads to its
  // name.
  std::optional<std::size_t> value_of(std::size_t at, std::string_view key) const;
  std::optional<std::string> path_at(std::size_t& at, int depth) const;
  std::optional<std::string> joined(std::size_t& at, int depth) const;
  std::optional<std::string> constant(std::string_view name, int depth) const;

  std::vector<Token> tokens_;
};

}  // namespace refract::workspace
