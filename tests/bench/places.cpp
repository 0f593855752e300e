#include "bench/places.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

namespace refract::bench {
namespace {

constexpr std::array<std::string_view, 9> kScalars = {"String",  "Int",      "BigInt", "Float", "Decimal",
                                                      "Boolean", "DateTime", "Json",   "Bytes"};

bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_';
}

// The next word of the line at or behind `from`, where only spaces come before it; otherwise an empty range.
text::Range next_word(std::string_view line, text::Offset from) {
  while (from < line.size() && (line[from] == ' ' || line[from] == '\t')) ++from;
  text::Offset end = from;
  while (end < line.size() && is_word(line[end])) ++end;
  return {from, end};
}

std::string_view word(std::string_view text, text::Range range) {
  return text.substr(range.begin, range.size());
}

// The types of all fields of models, as ranges of the whole text.
struct Types {
  std::vector<text::Range> scalars;
  std::map<std::string_view, std::vector<text::Range>> models;
};

Types types_of(std::string_view schema) {
  Types types;
  std::vector<text::Range> others;
  bool in_model = false;
  for (text::Offset begin = 0; begin < schema.size();) {
    const std::string_view line = schema.substr(begin, schema.find('\n', begin) - begin);
    const text::Range first = next_word(line, 0);
    const text::Range second = next_word(line, first.end);
    if (line.starts_with("model ")) {
      in_model = true;
      types.models[word(line, second)];
    } else if (line.starts_with("}")) {
      in_model = false;
    } else if (in_model && !first.empty() && !second.empty()) {
      const bool scalar = std::ranges::find(kScalars, word(line, second)) != kScalars.end();
      (scalar ? types.scalars : others).push_back(second.shifted(begin));
    }
    begin += static_cast<text::Offset>(line.size()) + 1;
  }
  for (const text::Range range : others) {
    if (const auto model = types.models.find(word(schema, range)); model != types.models.end())
      model->second.push_back(range);
  }
  return types;
}

}  // namespace

std::string without_urls(std::string_view schema) {
  std::string kept;
  bool in_datasource = false;
  while (!schema.empty()) {
    const std::string_view line = schema.substr(0, std::min(schema.find('\n'), schema.size() - 1) + 1);
    if (line.starts_with("datasource ")) in_datasource = true;
    if (line.starts_with("}")) in_datasource = false;
    const std::string_view name = word(line, next_word(line, 0));
    const bool url = name == "url" || name == "directUrl" || name == "shadowDatabaseUrl";
    if (!in_datasource || !url) kept += line;
    schema.remove_prefix(line.size());
  }
  return kept;
}

std::optional<Places> find_places(const text::Document& schema) {
  const Types types = types_of(schema.text());
  const auto most = std::ranges::max_element(types.models, {}, [](const auto& model) { return model.second.size(); });
  if (types.scalars.empty() || most == types.models.end() || most->second.empty()) return std::nullopt;
  const auto below =
      std::ranges::find_if(types.scalars, [&](text::Range type) { return type.begin >= schema.size() / 2; });
  return Places{.scalar_type = below == types.scalars.end() ? types.scalars.back() : *below,
                .model = std::string(most->first),
                .reference = most->second[most->second.size() / 2],
                .reference_count = static_cast<int>(most->second.size())};
}

}  // namespace refract::bench
