#include "lsp/uri.h"

#include "support/percent.h"

namespace refract::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

}  // namespace

std::string path_of_uri(std::string_view uri) {
  if (!uri.starts_with(kScheme)) return std::string(uri);
  uri.remove_prefix(kScheme.size());
  // An authority ("localhost") is allowed before the path.
  if (const std::size_t slash = uri.find('/'); slash != std::string_view::npos) uri.remove_prefix(slash);
  return percent_decoded(uri);
}

std::string uri_of_path(std::string_view path) {
  if (!path.starts_with('/')) return std::string(path);
  return std::string(kScheme) + percent_encoded_path(path);
}

}  // namespace refract::lsp
