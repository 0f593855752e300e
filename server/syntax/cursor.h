#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "syntax/file.h"

namespace refract::syntax {

// What is at, or could be typed at, an offset. Works on half-typed text: it reads the line up to the cursor,
// not only the tree.
enum class CursorPlace {
  none,       // inside a comment, or unknown
  top_level,  // where a block keyword may begin
  block_name,
  field_name,  // start of a member line in a model, view or type
  field_type,
  field_attribute,     // after "@" or where one may follow, also in an enum value's line
  block_attribute,     // after "@@"
  attribute_argument,  // inside an attribute's parentheses, where a name or value may begin
  argument_value,      // after `name:`
  array_element,       // inside [ ] of an argument
  function_argument,   // inside the parentheses of a function within a value; after `name:` too
  enum_value,
  property_key,
  property_sign,  // after the key, where "=" comes
  property_value,
  string_content,  // inside the quotes of a string
};

struct Cursor {
  CursorPlace place = CursorPlace::none;
  const PlacedBlock* block = nullptr;        // the block around; nullptr at top level and in a block never closed
  BlockKind block_kind = BlockKind::filler;  // of the block around, closed or not; filler at top level
  const Field* field = nullptr;              // of that block, where the cursor is in a parsed field's line
  text::Range word;                          // the (possibly empty) word being typed, in file offsets
  std::string_view word_text;                // its part before the cursor
  bool open_string = false;                  // string_content: the string does not end on its line
  std::string_view field_name;               // the member's first word, also when the line does not parse
  std::string_view field_type_name;          // its type's name, likewise
  std::string_view attribute;                // name of the attribute around, without "@": "relation", "db.VarChar"
  // Name of the argument around, empty for an unnamed one; within a function the function's own: `sort` in
  // `[id(sort: …)]`.
  std::string_view argument;
  std::string_view function;  // name of the function around
  std::string_view property;  // key of the property around
  // Names already present in the innermost parentheses around, before or after the cursor; not the word itself.
  std::vector<std::string_view> given_arguments;
  std::size_t argument_index = 0;  // position among the arguments in them
};

// The string views point into the file's text, the pointers into the file.
Cursor cursor_at(const File& file, text::Offset offset);

}  // namespace refract::syntax
