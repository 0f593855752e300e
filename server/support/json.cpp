#include "support/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <bit>

namespace refract::json {
namespace {

using Element = simdjson::dom::element;

// simdjson's element is a document pointer and a tape index: Value carries the same two words, so that no
// simdjson header reaches ours.
struct Words {
  const void* document;
  std::size_t index;
};
static_assert(sizeof(Element) == sizeof(Words) && std::is_trivially_copyable_v<Element>);

Element element(const void* document, std::size_t index) {
  return std::bit_cast<Element>(Words{document, index});
}

}  // namespace

struct Document::Impl {
  simdjson::dom::parser parser;
  Element root;
};

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
  auto impl = std::make_unique<Impl>();
  auto parsed = impl->parser.parse(text.data(), text.size());
  if (parsed.error() != simdjson::SUCCESS) {
    return fail(ErrorCode::invalid_input, fmt::format("not valid JSON: {}", simdjson::error_message(parsed.error())));
  }
  impl->root = parsed.value_unsafe();
  return Document(std::move(impl));
}

Value Document::root() const {
  return Value(impl_->root);
}

template <class Foreign>
Value::Value(const Foreign& foreign) {
  const auto words = std::bit_cast<Words>(foreign);
  document_ = words.document;
  index_ = words.index;
}

bool Value::is_object() const {
  return document_ != nullptr && element(document_, index_).is_object();
}
bool Value::is_array() const {
  return document_ != nullptr && element(document_, index_).is_array();
}
bool Value::is_string() const {
  return document_ != nullptr && element(document_, index_).is_string();
}

Value Value::operator[](std::string_view key) const {
  if (!is_object()) return {};
  auto found = element(document_, index_)[key];
  return found.error() == simdjson::SUCCESS ? Value(found.value_unsafe()) : Value();
}

std::vector<Value> Value::items() const {
  std::vector<Value> found;
  if (!is_array()) return found;
  const simdjson::dom::array array = element(document_, index_).get_array().value_unsafe();
  found.reserve(array.size());
  for (Element item : array) found.push_back(Value(item));
  return found;
}

std::vector<std::pair<std::string_view, Value>> Value::members() const {
  std::vector<std::pair<std::string_view, Value>> found;
  if (!is_object()) return found;
  const simdjson::dom::object object = element(document_, index_).get_object().value_unsafe();
  found.reserve(object.size());
  for (auto [key, value] : object) found.emplace_back(key, Value(value));
  return found;
}

std::pair<std::string_view, Value> Value::first_member() const {
  if (!is_object()) return {};
  const auto object = element(document_, index_).get_object().value_unsafe();
  const auto first = object.begin();
  if (first == object.end()) return {};
  return {first.key(), Value(first.value())};
}

std::string_view Value::string() const {
  return is_string() ? element(document_, index_).get_string().value_unsafe() : std::string_view();
}

std::int64_t Value::integer(std::int64_t otherwise) const {
  if (document_ == nullptr) return otherwise;
  auto number = element(document_, index_).get_int64();
  return number.error() == simdjson::SUCCESS ? number.value_unsafe() : otherwise;
}

bool Value::boolean(bool otherwise) const {
  if (document_ == nullptr) return otherwise;
  auto flag = element(document_, index_).get_bool();
  return flag.error() == simdjson::SUCCESS ? flag.value_unsafe() : otherwise;
}

}  // namespace refract::json
