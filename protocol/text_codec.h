#pragma once

#include <charconv>
#include <iterator>
#include <string>
#include <string_view>

#include "protocol/codec.h"
#include "protocol/jsonrpc.h"

// From plain structs to JSON text, without the tree in between: an answer of a thousand items is mostly the making
// and unmaking of that tree. A struct takes part with a `to_text` beside its `to_json`, both made from one list of
// members; any other goes by its `to_json`.

namespace refract::protocol {

// Quoted and escaped. Bytes that are not UTF-8 become U+FFFD, as in serialise().
void append_string(std::string& out, std::string_view value);

// Writes the members of one object behind its opening brace.
class ObjectText {
 public:
  explicit ObjectText(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectText() { out_ += '}'; }
  ObjectText(const ObjectText&) = delete;
  ObjectText& operator=(const ObjectText&) = delete;

  // The comma, the key and the colon; gives where the value goes. `key` needs no escapes.
  std::string& member(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += key;
    out_ += "\":";
    return out_;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

// What serialise(encode(value)) gives, but for the order of members.
template <class T>
void append_text(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, Json>) {
    out += serialise(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    append_text(out, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T>) {
    char digits[24];
    out.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    append_string(out, value);
  } else if constexpr (codec::kIsA<T, std::optional>) {
    if (value) {
      append_text(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (codec::kIsA<T, std::vector>) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out += ',';
      append_text<typename T::value_type>(out, value[i]);
    }
    out += ']';
  } else if constexpr (codec::kIsA<T, std::variant>) {
    std::visit([&](const auto& alternative) { append_text(out, alternative); }, value);
  } else if constexpr (requires(ObjectText & object) { to_text(object, value); }) {
    ObjectText object(out);
    to_text(object, value);
  } else {
    out += serialise(encode(value));
  }
}

template <class T>
void write(ObjectText& object, const char* key, const T& value) {
  append_text(object.member(key), value);
}

// Absent where empty.
template <class T>
void write(ObjectText& object, const char* key, const std::optional<T>& value) {
  if (value) append_text(object.member(key), *value);
}

template <class T>
std::string text_of(const T& value) {
  std::string out;
  append_text(out, value);
  return out;
}

}  // namespace refract::protocol
