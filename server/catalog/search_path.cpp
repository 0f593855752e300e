#include "catalog/search_path.h"

#include <algorithm>

#include "support/ascii.h"

namespace refract::catalog {
namespace {

constexpr std::string_view kSpace = " \t\n\r\f";

void skip_space(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size()));
}

// A quoted name, whose opening quote is the first character; nullopt: it does not end.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string name;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      if (at + 1 == rest.size() || rest[at + 1] != '"') {
        rest.remove_prefix(at + 1);
        return name;
      }
      ++at;
    }
    name += rest[at];
  }
  return std::nullopt;
}

std::optional<std::string> take_name(std::string_view& rest) {
  if (rest.starts_with('"')) return take_quoted(rest);
  const std::size_t end = std::min(rest.find_first_of(std::string(kSpace) + ','), rest.size());
  std::string name;
  for (const char letter : rest.substr(0, end)) name += ascii::to_lower(letter);
  rest.remove_prefix(end);
  return name.empty() ? std::nullopt : std::optional(std::move(name));
}

}  // namespace

void SearchPath::apply(const SetSearchPath& step) {
  using enum SetSearchPath::Kind;
  if (step.kind == reset_all && now_.by_default) return;
  if (step.kind == enter) {
    now_.schemas.insert(now_.schemas.begin(), step.schemas.begin(), step.schemas.end());
    return;
  }
  if (step.kind == leave) {
    now_.schemas.erase(now_.schemas.begin());
    return;
  }
  if (step.local && !after_) after_ = now_;
  if (!step.local) after_.reset();
  if (step.kind == current) {
    now_.by_default = false;
  } else {
    now_ = step.kind == set ? Value{step.schemas, false} : Value{default_, true};
  }
}

void SearchPath::end_transaction() {
  if (after_) now_ = std::move(*after_);
  after_.reset();
}

std::optional<std::vector<std::string>> parse_search_path(std::string_view text) {
  std::vector<std::string> schemas;
  skip_space(text);
  if (text.empty()) return schemas;
  for (;;) {
    auto name = take_name(text);
    if (!name) return std::nullopt;
    if (*name != "$user") schemas.push_back(std::move(*name));
    skip_space(text);
    if (text.empty()) return schemas;
    if (text.front() != ',') return std::nullopt;
    text.remove_prefix(1);
    skip_space(text);
  }
}

}  // namespace refract::catalog
