#include "bench/places.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "bench/repeat.h"

namespace refract::bench {
namespace {

constexpr std::array<std::string_view, 9> kScalars = {"String",  "Int",      "BigInt", "Float", "Decimal",
                                                      "Boolean", "DateTime", "Json",   "Bytes"};

bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         letter == '_';
}

// The next word of the line at or after `from`, where only spaces come before it; otherwise an empty range.
text::Range next_word(std::string_view line, text::Offset from) {
  while (from < line.size() && (line[from] == ' ' || line[from] == '\t')) ++from;
  text::Offset end = from;
  while (end < line.size() && is_word(line[end])) ++end;
  return {from, end};
}

std::string_view word(std::string_view text, text::Range range) {
  return text.substr(range.begin, range.size());
}

struct ScalarField {
  std::string_view model;
  std::string_view name;
  text::Range type;
};

// The types of all fields of models, as ranges of the whole text.
struct Types {
  std::vector<ScalarField> scalars;
  std::map<std::string_view, std::vector<text::Range>> models;
};

Types types_of(std::string_view schema) {
  Types types;
  std::vector<text::Range> others;
  std::string_view model;  // empty outside of models
  for (text::Offset begin = 0; begin < schema.size();) {
    const std::string_view line = schema.substr(begin, schema.find('\n', begin) - begin);
    const text::Range first = next_word(line, 0);
    const text::Range second = next_word(line, first.end);
    if (line.starts_with("model ")) {
      model = word(line, second);
      types.models[model];
    } else if (line.starts_with("}")) {
      model = {};
    } else if (!model.empty() && !first.empty() && !second.empty()) {
      if (std::ranges::find(kScalars, word(line, second)) != kScalars.end()) {
        types.scalars.push_back({model, word(line, first), second.shifted(begin)});
      } else {
        others.push_back(second.shifted(begin));
      }
    }
    begin += static_cast<text::Offset>(line.size()) + 1;
  }
  for (const text::Range range : others) {
    if (const auto model = types.models.find(word(schema, range)); model != types.models.end())
      model->second.push_back(range);
  }
  return types;
}

// Whether it is the name of the model in a copy, or the model itself.
bool is_copy(std::string_view name, std::string_view model) {
  if (!name.starts_with(model)) return false;
  name.remove_prefix(model.size());
  if (name.empty()) return true;
  return name.front() == kCopyMark && name.size() > 1 &&
         name.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

const ScalarField& in_the_middle(const std::vector<ScalarField>& fields, std::string_view original) {
  const Types types = types_of(original);
  const auto below = std::ranges::find_if(
      types.scalars, [&](const ScalarField& field) { return field.type.begin >= original.size() / 2; });
  const ScalarField& wanted = below == types.scalars.end() ? types.scalars.back() : *below;
  std::vector<const ScalarField*> copies;
  for (const ScalarField& field : fields) {
    if (field.name == wanted.name && is_copy(field.model, wanted.model)) copies.push_back(&field);
  }
  return *copies[copies.size() / 2];
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

std::optional<Places> find_places(const text::Document& schema, std::string_view original) {
  const Types types = types_of(schema.text());
  const auto most = std::ranges::max_element(types.models, {}, [](const auto& model) { return model.second.size(); });
  if (types.scalars.empty() || most == types.models.end() || most->second.empty()) return std::nullopt;
  const text::Range typed = in_the_middle(types.scalars, original).type;
  text::Range hub = typed;
  for (const ScalarField& field : types.scalars) {
    if (field.model == most->first) hub = field.type;
  }
  return Places{.scalar_type = typed,
                .model = std::string(most->first),
                .reference = most->second[most->second.size() / 2],
                .reference_count = static_cast<int>(most->second.size()),
                .hub_type = hub};
}

}  // namespace refract::bench
