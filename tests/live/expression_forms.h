#pragma once

#include <string_view>
#include <vector>

// What ExpressionWriter makes expressions of.
namespace refract::test {

using Words = std::vector<std::string_view>;

struct Type {
  std::string_view key;
  Words names;                 // as SQL may spell it
  Words literals;              // between the quotes
  Words columns;               // of the table
  bool bare_literals = false;  // stand without quotes too
};
const std::vector<Type>& expression_types();

struct Form {
  std::string_view type, text;
};
// {type} is an expression of it, {'type} one of its literals in quotes alone.
const std::vector<Form>& expression_forms();

}  // namespace refract::test
