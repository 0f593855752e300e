#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace refract::workspace {

// A scalar of a YAML text, and the keys that lead to it; an element of a list has the key "-".
struct YamlEntry {
  std::vector<std::string> keys;
  std::string value;  // without quotes; a number or boolean as it is written
};

// The mappings, lists and scalars of the YAML that package managers read: block and flow style, quotes, comments,
// anchors, aliases and merge keys. Texts over several lines are left out.
std::vector<YamlEntry> read_yaml(std::string_view text);

// The scalar that the keys lead to; nullptr: there is none.
const std::string* find_scalar(const std::vector<YamlEntry>& entries, const std::vector<std::string_view>& keys);

}  // namespace refract::workspace
