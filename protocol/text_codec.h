#pragma once

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "protocol/codec.h"
#include "protocol/jsonrpc.h"

// From plain structs to JSON text, without the tree in between: an answer of a thousand items is mostly the making
// and unmaking of that tree. A struct takes part with a `to_text`, made from the list of its members (members.h);
// any other goes by encode().

namespace refract::protocol {

// A text under way. Appending to it is nearly all that writing an answer does, in pieces of a few bytes.
class TextBuffer {
 public:
  void reserve(std::size_t more) {
    if (text_.size() - used_ < more) text_.resize(std::max(used_ + more, text_.size() * 2));
  }
  void append(std::string_view bytes) {
    reserve(bytes.size());
    bytes.copy(text_.data() + used_, bytes.size());
    used_ += bytes.size();
  }
  void append(char byte) {
    reserve(1);
    text_[used_++] = byte;
  }
  // The text; the buffer is not to be used any more.
  std::string take() {
    text_.resize(used_);
    return std::move(text_);
  }

 private:
  std::string text_;  // and room after it
  std::size_t used_ = 0;
};

// Quoted and escaped. Bytes that are not UTF-8 become U+FFFD, as in serialise().
void append_string(TextBuffer& out, std::string_view value);

// Writes the members of one object after its opening brace.
class ObjectText {
 public:
  explicit ObjectText(TextBuffer& out) : out_(out) { out_.append('{'); }
  ~ObjectText() { out_.append('}'); }
  ObjectText(const ObjectText&) = delete;
  ObjectText& operator=(const ObjectText&) = delete;

  // The comma, the key (a literal that needs no escapes) and the colon; gives where the value goes.
  template <std::size_t size>
  TextBuffer& member(const char (&key)[size]) {
    char piece[size + 3] = {',', '"'};
    std::memcpy(piece + 2, key, size - 1);
    piece[size + 1] = '"';
    piece[size + 2] = ':';
    if (std::exchange(first_, false)) {
      out_.append(std::string_view(piece + 1, size + 2));
    } else {
      out_.append(std::string_view(piece, size + 3));
    }
    return out_;
  }

 private:
  TextBuffer& out_;
  bool first_ = true;
};

template <class T>
void append_text(TextBuffer& out, const T& value);

// An array of `count` elements, each made by `element(index)` when it is its turn: those of a long list are large as
// structs, and need not all be there at once.
template <class Element>
void append_elements(TextBuffer& out, std::size_t count, Element element) {
  out.append('[');
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out.append(',');
    append_text<std::remove_cvref_t<decltype(element(i))>>(out, element(i));
  }
  out.append(']');
}

// What serialise(encode(value)) gives, but for the order of members.
template <class T>
void append_text(TextBuffer& out, const T& value) {
  if constexpr (std::is_same_v<T, Json>) {
    out.append(serialise(value));
  } else if constexpr (std::is_same_v<T, JsonText>) {
    out.append(value.text);
  } else if constexpr (std::is_same_v<T, bool>) {
    out.append(std::string_view(value ? "true" : "false"));
  } else if constexpr (std::is_enum_v<T>) {
    append_text(out, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T>) {
    char digits[24];
    out.append(std::string_view(digits, std::to_chars(digits, std::end(digits), value).ptr));
  } else if constexpr (std::is_convertible_v<T, std::string_view>) {
    append_string(out, value);
  } else if constexpr (codec::kIsA<T, std::optional>) {
    if (value) {
      append_text(out, *value);
    } else {
      out.append(std::string_view("null"));
    }
  } else if constexpr (codec::kIsA<T, std::vector>) {
    append_elements(
        out, value.size(), [&](std::size_t i) -> const auto& { return value[i]; });
  } else if constexpr (codec::kIsA<T, std::map>) {
    out.append('{');
    bool first = true;
    for (const auto& [key, element] : value) {
      if (!std::exchange(first, false)) out.append(',');
      append_string(out, key);
      out.append(':');
      append_text(out, element);
    }
    out.append('}');
  } else if constexpr (codec::kIsA<T, std::variant>) {
    std::visit([&](const auto& alternative) { append_text(out, alternative); }, value);
  } else if constexpr (requires(ObjectText & object) { to_text(object, value); }) {
    ObjectText object(out);
    to_text(object, value);
  } else {
    out.append(serialise(encode(value)));
  }
}

template <class T, std::size_t size>
void write(ObjectText& object, const char (&key)[size], const T& value) {
  append_text(object.member(key), value);
}

// Absent where empty.
template <class T, std::size_t size>
void write(ObjectText& object, const char (&key)[size], const std::optional<T>& value) {
  if (value) append_text(object.member(key), *value);
}

// The visitor for each_member() that writes text: as JsonWriter of members.h.
class TextWriter {
 public:
  explicit TextWriter(ObjectText& object) : object_(object) {}
  template <class T, std::size_t size>
  void operator()(const char (&key)[size], const T& value) {
    write(object_, key, value);
  }
  template <class T, std::size_t size>
  void nullable(const char (&key)[size], const std::optional<T>& value) {
    append_text(object_.member(key), value);
  }
  template <std::size_t size>
  void constant(const char (&key)[size], const char* value) {
    append_string(object_.member(key), value);
  }

 private:
  ObjectText& object_;
};

template <class T>
void write_text(ObjectText& object, const T& value) {
  TextWriter visit(object);
  each_member(visit, value);
}

template <class T>
std::string text_of(const T& value) {
  TextBuffer out;
  append_text(out, value);
  return out.take();
}

inline std::string text_of(JsonText written) {
  return std::move(written.text);
}

}  // namespace refract::protocol
