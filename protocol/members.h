#pragma once

#include <string_view>
#include <type_traits>

#include "protocol/codec.h"

// One list of members per struct of LSP, from which reading and writing are made. It is in the .cpp of the struct:
//
//   LSP_STRUCT(Range, start, end)
//
// A struct that is not just its members lists them in a function of its own (MemberList) and ends with
// LSP_DEFINE_JSON. A macro, because C++23 cannot name a member and get its name as text.

namespace refract::protocol {

// What an `each_member(visit, value)` takes as its value: a T or a const T.
template <class Value, class T>
concept MemberList = std::is_same_v<std::remove_const_t<Value>, T>;

// The visitors that each_member() is called with. `visit(key, member)`: required, or absent where an optional is empty.
// `visit.nullable`: null where empty. `visit.capability`: absent where it has its default value, and an unfit value is
// read as that. `visit.constant`: gives the kind of an object.
class JsonWriter {
 public:
  explicit JsonWriter(Json& json) : json_(json) {}
  template <class T>
  void operator()(const char* key, const T& value) {
    write(json_, key, value);
  }
  template <class T>
  void nullable(const char* key, const std::optional<T>& value) {
    json_[key] = encode(value);
  }
  template <class T>
  void capability(const char* key, const T& value) {
    if (!(value == T{})) json_[key] = encode(value);
  }
  void constant(const char* key, const char* value) { json_[key] = value; }

 private:
  Json& json_;
};

class JsonReader {
 public:
  explicit JsonReader(const Json& json) : json_(json) {}
  template <class T>
  void operator()(const char* key, T& value) {
    read(json_, key, value);
  }
  template <class T>
  void nullable(const char* key, std::optional<T>& value) {
    read(json_, key, value);
  }
  template <class T>
  void capability(const char* key, T& value) {
    value = T{};
    read_or_keep(json_, key, value);
  }
  void constant(const char* key, std::string_view value) { read_constant(json_, key, value); }

 private:
  const Json& json_;
};

}  // namespace refract::protocol

// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#define LSP_PARENTHESES ()
#define LSP_EXPAND(...) LSP_EXPAND_3(LSP_EXPAND_3(LSP_EXPAND_3(LSP_EXPAND_3(__VA_ARGS__))))
#define LSP_EXPAND_3(...) LSP_EXPAND_2(LSP_EXPAND_2(LSP_EXPAND_2(LSP_EXPAND_2(__VA_ARGS__))))
#define LSP_EXPAND_2(...) LSP_EXPAND_1(LSP_EXPAND_1(LSP_EXPAND_1(LSP_EXPAND_1(__VA_ARGS__))))
#define LSP_EXPAND_1(...) __VA_ARGS__
#define LSP_EACH(one, ...) __VA_OPT__(LSP_EXPAND(LSP_EACH_STEP(one, __VA_ARGS__)))
#define LSP_EACH_STEP(one, first, ...) one(first) __VA_OPT__(LSP_EACH_AGAIN LSP_PARENTHESES(one, __VA_ARGS__))
#define LSP_EACH_AGAIN() LSP_EACH_STEP
#define LSP_MEMBER(name) visit(#name, value.name);
#define LSP_CAPABILITY(name) visit.capability(#name, value.name);

#define LSP_LIST(Struct, one, ...)                                                   \
  template <class Visitor, ::refract::protocol::MemberList<Struct> Value>            \
  void each_member([[maybe_unused]] Visitor& visit, [[maybe_unused]] Value& value) { \
    LSP_EACH(one, __VA_ARGS__)                                                       \
  }

#define LSP_DEFINE_JSON(Struct)                                          \
  void to_json(::refract::protocol::Json& json, const Struct& value) {   \
    ::refract::protocol::JsonWriter visit(json);                         \
    each_member(visit, value);                                           \
  }                                                                      \
  void from_json(const ::refract::protocol::Json& json, Struct& value) { \
    ::refract::protocol::JsonReader visit(json);                         \
    each_member(visit, value);                                           \
  }
// For structs that are written as text, too; with text_codec.h.
#define LSP_DEFINE_TEXT(Struct)                                                \
  void to_text(::refract::protocol::ObjectText& object, const Struct& value) { \
    ::refract::protocol::write_text(object, value);                            \
  }
#define LSP_STRUCT(Struct, ...)             \
  LSP_LIST(Struct, LSP_MEMBER, __VA_ARGS__) \
  LSP_DEFINE_JSON(Struct)
// All members are capabilities: each may be absent.
#define LSP_CAPABILITIES(Struct, ...)           \
  LSP_LIST(Struct, LSP_CAPABILITY, __VA_ARGS__) \
  LSP_DEFINE_JSON(Struct)
// With a member `kind` that is always the same.
#define LSP_STRUCT_OF_KIND(Struct, kind_name, ...)                        \
  template <class Visitor, ::refract::protocol::MemberList<Struct> Value> \
  void each_member(Visitor& visit, Value& value) {                        \
    visit.constant("kind", kind_name);                                    \
    LSP_EACH(LSP_MEMBER, __VA_ARGS__)                                     \
  }                                                                       \
  LSP_DEFINE_JSON(Struct)
// NOLINTEND(cppcoreguidelines-macro-usage)
