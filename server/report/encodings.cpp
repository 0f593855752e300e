#include "report/encodings.h"

#include <fmt/format.h>

namespace refract::report {
namespace {

using protocol::Json;

template <typename Plain>
std::string percent_encoded(std::string_view text, Plain is_plain) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

std::string github_message(std::string_view text) {
  return percent_encoded(text, [](char c) { return std::string_view("%\r\n").find(c) == std::string_view::npos; });
}

std::string github_property(std::string_view text) {
  return percent_encoded(text, [](char c) { return std::string_view("%\r\n:,").find(c) == std::string_view::npos; });
}

std::string uri_reference(std::string_view path) {
  const std::string_view scheme = path.starts_with('/') ? "file://" : "";
  return std::string(scheme) + percent_encoded(path, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  std::string_view("-._~/").find(c) != std::string_view::npos;
         });
}

Json sarif_log(std::string_view version, Json rules, Json run) {
  run["tool"] = {{"driver", {{"name", "refract"}, {"version", version}, {"rules", std::move(rules)}}}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({std::move(run)})}};
}

}  // namespace refract::report
