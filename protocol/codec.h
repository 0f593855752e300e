#pragma once

#include <cmath>
#include <cstdint>
#include <exception>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/jsonrpc.h"

// From JSON to plain structs and back. A struct takes part with a list of its members (members.h), which
// makes its `to_json` and `from_json`.
// Absent, null and empty are three things: an empty `std::optional` is written as absent or as null, as the
// specification wants for the field; on reading, null counts as absent.

namespace refract::protocol {

// Thrown by decode() and read(), caught by the dispatcher, which answers InvalidParams with what().
class InvalidField : public std::exception {
 public:
  // `expected` is a noun: "a string".
  explicit InvalidField(std::string expected);
  // Names the member or element in which the mismatch was found, from the inside out.
  void add_outer(std::string_view key);
  void add_outer(std::size_t index);
  // "textDocument.uri: expected a string".
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  void compose();
  std::string path_;
  std::string expected_;
  std::string message_;
};

// JSON that is text already: a part of a message that was written where it was computed, and is not read again.
struct JsonText {
  std::string text = "null";

  bool operator==(const JsonText&) const = default;
};

template <class T>
T decode(const Json& json);
template <class T>
Json encode(const T& value);

namespace codec {

template <class T, template <class...> class Template>
inline constexpr bool kIsA = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool kIsA<Template<Arguments...>, Template> = true;

std::int64_t decode_integer(const Json& json, std::int64_t least, std::int64_t most);

template <class Variant, std::size_t index = 0>
Variant decode_variant(const Json& json) {
  using Alternative = std::variant_alternative_t<index, Variant>;
  if constexpr (index + 1 == std::variant_size_v<Variant>) {
    return decode<Alternative>(json);
  } else {
    try {
      return decode<Alternative>(json);
    } catch (const InvalidField&) {
      return decode_variant<Variant, index + 1>(json);
    }
  }
}

}  // namespace codec

// A T made from `json`; throws InvalidField. Of a variant, the first alternative that fits. Integers are checked for
// their range; a number with a fraction is not an integer.
template <class T>
T decode(const Json& json) {
  if constexpr (std::is_same_v<T, Json>) {
    return json;
  } else if constexpr (std::is_same_v<T, JsonText>) {
    return {serialise(json)};
  } else if constexpr (std::is_same_v<T, std::monostate>) {
    if (!json.is_null()) throw InvalidField("null");
    return {};
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) throw InvalidField("a boolean");
    return json.get<bool>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) throw InvalidField("a string");
    return json.get<std::string>();
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<T>(decode<std::underlying_type_t<T>>(json));
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>);
    return static_cast<T>(codec::decode_integer(json, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
  } else if constexpr (codec::kIsA<T, std::optional>) {
    if (json.is_null()) return std::nullopt;
    return decode<typename T::value_type>(json);
  } else if constexpr (codec::kIsA<T, std::vector>) {
    if (!json.is_array()) throw InvalidField("an array");
    T values;
    values.reserve(json.size());
    for (const Json& element : json) {
      try {
        values.push_back(decode<typename T::value_type>(element));
      } catch (InvalidField& mismatch) {
        mismatch.add_outer(values.size());
        throw;
      }
    }
    return values;
  } else if constexpr (codec::kIsA<T, std::map>) {
    if (!json.is_object()) throw InvalidField("an object");
    T values;
    for (const auto& [key, element] : json.items()) {
      try {
        values.emplace(key, decode<typename T::mapped_type>(element));
      } catch (InvalidField& mismatch) {
        mismatch.add_outer(key);
        throw;
      }
    }
    return values;
  } else if constexpr (codec::kIsA<T, std::variant>) {
    return codec::decode_variant<T>(json);
  } else {
    if (!json.is_object()) throw InvalidField("an object");
    T value;
    from_json(json, value);
    return value;
  }
}

// `value` as JSON; an empty optional and std::monostate are null.
template <class T>
Json encode(const T& value) {
  if constexpr (std::is_same_v<T, Json>) {
    return value;
  } else if constexpr (std::is_same_v<T, JsonText>) {
    return Json::parse(value.text);
  } else if constexpr (std::is_same_v<T, std::monostate>) {
    return nullptr;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<std::underlying_type_t<T>>(value);
  } else if constexpr (std::is_arithmetic_v<T> || std::is_convertible_v<T, std::string>) {
    return Json(value);
  } else if constexpr (codec::kIsA<T, std::optional>) {
    return value ? encode(*value) : Json(nullptr);
  } else if constexpr (codec::kIsA<T, std::vector>) {
    Json array = Json::array();
    for (const auto& element : value) array.push_back(encode<typename T::value_type>(element));
    return array;
  } else if constexpr (codec::kIsA<T, std::map>) {
    Json object = Json::object();
    for (const auto& [key, element] : value) object[key] = encode(element);
    return object;
  } else if constexpr (codec::kIsA<T, std::variant>) {
    return std::visit([](const auto& alternative) { return encode(alternative); }, value);
  } else {
    Json object = Json::object();
    to_json(object, value);
    return object;
  }
}

// Reads a required member of an object; throws InvalidField where it is absent or does not fit.
template <class T>
void read(const Json& object, const char* key, T& value) {
  auto found = object.find(key);
  try {
    if (found == object.end()) throw InvalidField("a value");
    value = decode<T>(*found);
  } catch (InvalidField& mismatch) {
    mismatch.add_outer(key);
    throw;
  }
}

// Reads an optional member: absent and null give nullopt.
template <class T>
void read(const Json& object, const char* key, std::optional<T>& value) {
  value.reset();
  auto found = object.find(key);
  if (found == object.end() || found->is_null()) return;
  try {
    value = decode<T>(*found);
  } catch (InvalidField& mismatch) {
    mismatch.add_outer(key);
    throw;
  }
}

// Reads an optional member of any JSON type; null is a value, not absence.
inline void read(const Json& object, const char* key, std::optional<Json>& value) {
  value.reset();
  if (auto found = object.find(key); found != object.end()) value.emplace(*found);
}

// Reads a member that has a default: absent, null and unfit leave `value` as it is. For capabilities, where absent
// means "no" and one odd entry must not turn a client away.
template <class T>
void read_or_keep(const Json& object, const char* key, T& value) {
  auto found = object.find(key);
  if (found == object.end()) return;
  try {
    value = decode<T>(*found);
  } catch (const InvalidField&) {
    return;
  }
}

// Checks a member that gives the kind of an object.
void read_constant(const Json& object, const char* key, std::string_view value);

template <class T>
void write(Json& object, const char* key, const T& value) {
  object[key] = encode(value);
}

// Absent where empty.
template <class T>
void write(Json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = encode(*value);
}

}  // namespace refract::protocol
