#include "report/encodings.h"

#include "support/percent.h"

namespace refract::report {

using protocol::Json;

std::string github_message(std::string_view text) {
  return percent_encoded(text, "%\r\n");
}

std::string github_property(std::string_view text) {
  return percent_encoded(text, "%\r\n:,");
}

std::string uri_reference(std::string_view path) {
  const std::string_view scheme = path.starts_with('/') ? "file://" : "";
  return std::string(scheme) + percent_encoded_path(path);
}

Json sarif_log(std::string_view version, Json rules, Json run) {
  run["tool"] = {{"driver", {{"name", "refract"}, {"version", version}, {"rules", std::move(rules)}}}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({std::move(run)})}};
}

}  // namespace refract::report
