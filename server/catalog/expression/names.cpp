#include "catalog/expression/names.h"

#include <algorithm>
#include <optional>

#include "catalog/expression/printer.h"
#include "catalog/tree/reader.h"

namespace refract::catalog {
namespace {

constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1

// At most `size` bytes, whole characters only.
std::string_view clip(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// The expression with what `replacement` gives for its names; each is asked with the reader after the name, and what
// the reader passes over is replaced too.
template <class Replacement>
std::string replace_names(std::string_view expression, const Replacement& replacement) {
  std::string result;
  std::size_t copied = 0;
  Reader reader(expression);
  while (!reader.at_end()) {
    const std::size_t before = reader.position();
    if (reader.read_string() || reader.read_number()) continue;
    const auto name = reader.read_name();
    if (!name) {
      reader.rewind(before + 1);
      continue;
    }
    const std::optional<std::string> instead = replacement(*name, reader);
    if (!instead) continue;
    result.append(expression.substr(copied, before - copied)).append(*instead);
    copied = reader.position();
  }
  return result.append(expression.substr(copied));
}

}  // namespace

std::string make_object_name(std::string_view name1, std::string_view name2, std::string_view label) {
  const std::size_t overhead = (name2.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
  const std::size_t available = kLongestName - overhead;
  std::size_t size1 = name1.size(), size2 = name2.size();
  while (size1 + size2 > available) {
    if (size1 > size2)
      --size1;
    else
      --size2;
  }
  std::string name(clip(name1, size1));
  if (!name2.empty()) name.append("_").append(clip(name2, size2));
  if (!label.empty()) name.append("_").append(label);
  return name;
}

std::string expression_label(std::string_view expression) {
  Reader reader(expression);
  if (reader.take("(")) {
    const auto column = reader.read_name();
    return column && reader.take(")") && reader.take("::") ? *column : "expr";
  }
  auto name = reader.read_name();
  while (name && reader.take(".")) name = reader.read_name();
  if (name == "case") return "case";
  return name && (reader.peek() == '(' || reader.at_end()) ? *name : "expr";
}

std::vector<std::string> numbered_labels(std::vector<std::string> labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string base = labels[i];
    const auto end = labels.begin() + static_cast<std::ptrdiff_t>(i);
    for (int number = 1; std::find(labels.begin(), end, labels[i]) != end; ++number)
      labels[i] = base + std::to_string(number);
  }
  return labels;
}

std::string joined_labels(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : "_") + label;
  return text;
}

std::string rename_in_expression(std::string_view expression, std::string_view from, std::string_view to) {
  return replace_names(expression, [&](const std::string& name, Reader& reader) -> std::optional<std::string> {
    if (name != from || reader.peek() == '(') return std::nullopt;
    const std::string_view read = expression.substr(0, reader.position());
    return name_in_expression(to).append(read.substr(read.find_last_not_of(" \t\n") + 1));
  });
}

std::string without_qualifier(std::string_view expression, std::string_view table) {
  return replace_names(expression, [&](const std::string& name, Reader& reader) -> std::optional<std::string> {
    if (name != table || !reader.take(".")) return std::nullopt;
    return std::string();
  });
}

}  // namespace refract::catalog
