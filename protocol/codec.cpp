#include "protocol/codec.h"

namespace refract::protocol {

InvalidField::InvalidField(std::string expected) : expected_(std::move(expected)) {
  compose();
}

void InvalidField::add_outer(std::string_view key) {
  std::string outer(key);
  if (!path_.empty() && path_.front() != '[') outer += '.';
  path_ = outer + path_;
  compose();
}

void InvalidField::add_outer(std::size_t index) {
  std::string outer = "[" + std::to_string(index) + "]";
  if (!path_.empty() && path_.front() != '[') outer += '.';
  path_ = outer + path_;
  compose();
}

void InvalidField::compose() {
  message_ = (path_.empty() ? "" : path_ + ": ") + "expected " + expected_;
}

void read_constant(const Json& object, const char* key, std::string_view value) {
  std::string found;
  read(object, key, found);
  if (found == value) return;
  InvalidField mismatch("\"" + std::string(value) + "\"");
  mismatch.add_outer(key);
  throw mismatch;
}

namespace codec {

std::int64_t decode_integer(const Json& json, std::int64_t least, std::int64_t most) {
  std::optional<std::int64_t> value;
  if (json.is_number_unsigned()) {
    auto number = json.get<std::uint64_t>();
    if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      value = static_cast<std::int64_t>(number);
    }
  } else if (json.is_number_integer()) {
    value = json.get<std::int64_t>();
  } else if (json.is_number_float()) {
    // Some clients know one kind of number only, and write 3 as 3.0. Doubles beyond 2^53 are no exact integers.
    double number = json.get<double>();
    if (std::trunc(number) == number && std::fabs(number) <= 9007199254740992.0) {
      value = static_cast<std::int64_t>(number);
    }
  }
  if (!value || *value < least || *value > most) {
    throw InvalidField("an integer from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return *value;
}

}  // namespace codec
}  // namespace refract::protocol
