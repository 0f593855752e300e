#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace refract::test {

// Writes random expressions: every type, in every spelling of its literals, casts, operators and functions. PostgreSQL
// refuses some; those are no use and are passed over.
class ExpressionWriter {
 public:
  explicit ExpressionWriter(std::uint64_t seed) : random_(seed) {}

  // CREATE TABLE and what it needs, for the expressions to name the columns of.
  static std::string table(std::string_view name);
  static const std::vector<std::string_view>& columns();

  std::string of_type(std::string_view type, int depth, bool with_columns);
  std::string of_any_type(int depth, bool with_columns);
  // A column, and the type that its default is of.
  std::string_view column();
  static std::string_view type_of(std::string_view column);

  // The same with one token changed; nullopt: nothing in it can be.
  std::optional<std::string> changed(std::string_view expression);

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[below(std::size(range))];
  }
  std::string literal(std::string_view type);
  std::string filled(std::string_view form, int depth, bool with_columns);
  std::string quoted(std::string_view text);
  std::optional<std::string> other_token(std::string_view token);

  std::mt19937_64 random_;
};

}  // namespace refract::test
