#include "syntax/other_language.h"

#include <algorithm>

#include "support/ascii.h"
#include "syntax/characters.h"
#include "text/encoding.h"

namespace refract::syntax {
namespace {

constexpr std::string_view kProduct = "prisma-";

// "next", or a major version from 8 on.
bool is_other_version(std::string_view version) {
  if (version == "next") return true;
  if (version.empty() || !std::ranges::all_of(version, ascii::is_digit)) return false;
  return version.size() > 1 || version.front() >= '8';
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view();
}

std::string_view without_space(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

}  // namespace

std::string_view other_language(std::string_view text) {
  if (text.starts_with(text::kByteOrderMark)) text.remove_prefix(text::kByteOrderMark.size());
  const std::string_view line = text.substr(0, line_end(text, 0));
  const std::string_view comment = without_space(without_prefix(without_space(line), "//"));
  const std::string_view after_use = without_prefix(comment, "use");
  const std::string_view language = without_space(after_use);
  if (language.size() == after_use.size()) return {};
  const std::string_view name = language.substr(0, language.find_first_of(" \t"));
  return name.starts_with(kProduct) && is_other_version(name.substr(kProduct.size())) ? name : std::string_view();
}

// Its first line is enough, and all of it may have to be put together.
std::string_view other_language(const text::Document& document) {
  return other_language(document.line_text(0));
}

}  // namespace refract::syntax
