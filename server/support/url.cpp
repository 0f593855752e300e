#include "support/url.h"

#include <algorithm>

#include "support/percent.h"

namespace refract {

std::vector<std::pair<std::string_view, std::string>> url_parameters(std::string_view url) {
  std::vector<std::pair<std::string_view, std::string>> parameters;
  const std::size_t question = url.find('?');
  if (question == std::string_view::npos) return parameters;
  for (std::string_view rest = url.substr(question + 1); !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::string_view key = pair.substr(0, pair.find('='));
    parameters.emplace_back(key, pair.size() > key.size() ? percent_decoded(pair.substr(key.size() + 1)) : "");
  }
  return parameters;
}

std::string schema_of_url(std::string_view url) {
  std::string schema = "public";
  if (!url.contains("://")) return schema;
  for (auto& [key, value] : url_parameters(url)) {
    if (key == "schema" && !value.empty()) schema = std::move(value);
  }
  return schema;
}

}  // namespace refract
