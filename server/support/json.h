#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "support/result.h"

namespace refract::json {

// A read-only view of one value inside a parsed Document; cheap to copy, valid while the Document lives.
// Asking a value for what it is not gives an empty answer (null value, nullopt, empty string), so that
// reading foreign trees needs no chain of checks.
class Value {
 public:
  Value() = default;

  bool exists() const { return document_ != nullptr; }
  bool is_object() const;
  bool is_array() const;
  bool is_string() const;

  // Member of an object; a non-existing value if there is none.
  Value operator[](std::string_view key) const;
  // Elements of an array, in order; empty for anything else.
  std::vector<Value> items() const;
  // Key and value of each member of an object, in order; empty for anything else.
  std::vector<std::pair<std::string_view, Value>> members() const;

  // The first member of an object (tagged unions have just one); an empty key and no value if there is none.
  std::pair<std::string_view, Value> first_member() const;

  std::string_view string() const;
  std::int64_t integer(std::int64_t otherwise = 0) const;
  bool boolean(bool otherwise = false) const;

 private:
  friend class Document;
  template <class Foreign>
  explicit Value(const Foreign& foreign);  // from the parser's own element

  const void* document_ = nullptr;
  std::size_t index_ = 0;  // position on the parser's tape
};

// A parsed JSON text.
class Document {
 public:
  // Errors: invalid_input with the parser's reason.
  static Result<Document> parse(std::string_view text);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Value root() const;

 private:
  struct Impl;
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace refract::json
