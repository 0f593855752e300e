#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refract::workspace {

// One way a value may come about: a text as it is, or an environment variable.
struct ConfigOperand {
  bool variable = false;
  std::string text;           // the variable's name, or the text
  bool required = false;      // `env("X")`: without a value it fails, whatever is after it
  bool accepts_empty = true;  // an empty value counts as one: `a ?? b`, but not `a || b`
  bool operator==(const ConfigOperand&) const = default;
};

// A property of a configuration file, as far as it can be read without running the file.
struct ConfigValue {
  bool present = false;                     // the file sets it, or may set it (`...base`)
  bool known = false;                       // what it is needs no running
  std::vector<ConfigOperand> alternatives;  // of a known one: the first that has a value counts (`a ?? b`)
};

// A JavaScript or TypeScript module that exports one object of settings, read without running it: what is written as a
// literal, joined from literals, taken from the environment, or a constant of these is known, all else is not.
class ConfigModule {
 public:
  explicit ConfigModule(std::string_view source);

  // Whether an exported object was found at all.
  bool readable() const { return exported_object().has_value(); }

  // The path that a property of the exported object names, as written: `schema: "db"`, `schema: path.join("a", "b")`.
  // Several keys lead into nested objects. nullopt: it is not there, or its value depends on running the script.
  std::optional<std::string> path_of(const std::vector<std::string_view>& keys) const;
  // The text that a property is: a literal, `env("X")`, `process.env.X`, with `??` and `||` between them.
  ConfigValue value_of(const std::vector<std::string_view>& keys) const;
  // An array of literals. nullopt: it is not there, or not that.
  std::optional<std::vector<std::string>> list_of(const std::vector<std::string_view>& keys) const;
  // The path that is the first argument of a call of this function, as of `prisma7Schema("db/schema.prisma")`.
  std::optional<std::string> path_passed_to(std::string_view function) const;
  // Whether the property is set, known or not.
  bool has(const std::vector<std::string_view>& keys) const;

  // Whether a string names this module: `import "dotenv/config"`, `require("dotenv")`.
  bool imports(std::string_view module) const;
  // Whether a function of this name is called.
  bool calls(std::string_view function) const;
  // The `path` argument of calls of `config({ path: … })` or `loadEnvFile(…)`: the literals in it.
  // nullopt: there is such an argument, but its value is known only when the script runs.
  std::optional<std::vector<std::string>> environment_files() const;

  // Places in the source, in bytes, for what adds to it.
  // After the "{" of the object that the keys lead to, or without keys of the exported one, if nothing in it is
  // unknown.
  std::optional<std::size_t> object_begin(const std::vector<std::string_view>& keys) const;
  // After the "{" of `import { … } from "MODULE"` or `const { … } = require("MODULE")`; no import of types.
  std::optional<std::size_t> imported_names_begin(std::string_view module) const;
  // How the file calls what a module exports: "env", "e" of `env as e`, "cfg.env" of `* as cfg`. nullopt: not at all.
  std::optional<std::string> imported_as(std::string_view module, std::string_view name) const;
  // Whether a word of this name is declared or imported anywhere, by whatever module.
  bool uses_name(std::string_view name) const;
  // Whether it is written with `export default`, not with `module.exports`.
  bool is_es_module() const;

 private:
  enum class Kind { word, string, punctuation, unknown };
  struct Token {
    Kind kind = Kind::unknown;
    std::string text;
    std::size_t end = 0;  // offset after it
  };

  bool is(std::size_t at, std::string_view text) const;
  // The token after the "{" of the exported object; nullopt: none is found.
  std::optional<std::size_t> exported_object() const;
  // Of the object whose members begin here: where the value of a key begins. A shorthand `{ schema }` leads to its
  // name, and a method to its name, which is no value.
  std::optional<std::size_t> member(std::size_t at, std::string_view key) const;
  // Whether the object, of which the rest begins here, takes in another one (`...base`) or has a computed key.
  bool has_unknown_members(std::size_t at) const;
  // Where the value of the last key begins. nullopt: it is not set; `unknown`: it may be.
  std::optional<std::size_t> find(const std::vector<std::string_view>& keys, bool& unknown) const;
  // The index of the "{" of the names imported from a module.
  std::optional<std::size_t> import_brace(std::string_view module) const;
  // The "(" or "<" of a call, at this place, of a function that may be imported by another name or with its module.
  std::optional<std::size_t> call_of(std::size_t at, std::string_view function) const;
  // Where the object's members begin, if the value at this place is an object or a constant that is one.
  std::optional<std::size_t> object_at(std::size_t at) const;
  // Where the value of `const NAME = …` begins.
  std::optional<std::size_t> constant_value(std::string_view name) const;
  // Whether the value that ended before this place goes no further.
  bool ends(std::size_t at) const;

  bool alternatives_at(std::size_t& at, int depth, std::vector<ConfigOperand>& found) const;
  bool operand_at(std::size_t& at, int depth, std::vector<ConfigOperand>& found) const;
  std::optional<std::string> path_at(std::size_t& at, int depth) const;
  std::optional<std::string> joined(std::size_t& at, int depth) const;

  std::vector<Token> tokens_;
};

}  // namespace refract::workspace
