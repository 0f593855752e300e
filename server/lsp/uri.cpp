#include "lsp/uri.h"

#include <algorithm>

#include "support/ascii.h"
#include "support/percent.h"

namespace refract::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

// "c:" at the front.
bool begins_with_drive(std::string_view path) {
  return path.size() >= 2 && ascii::is_letter(path[0]) && path[1] == ':';
}

// `path`: "/c:/folder", or "/share/folder" of the server `authority`.
std::string windows_path(std::string_view authority, std::string path) {
  if (path.starts_with('/') && begins_with_drive(std::string_view(path).substr(1))) {
    path.erase(0, 1);
    path[0] = ascii::to_lower(path[0]);
  } else if (!authority.empty() && authority != "localhost") {
    path = "//" + percent_decoded(authority) + path;
  }
  std::ranges::replace(path, '/', '\\');
  return path;
}

std::string windows_uri(std::string_view path) {
  std::string slashes(path);
  std::ranges::replace(slashes, '\\', '/');
  if (begins_with_drive(slashes)) {
    slashes[0] = ascii::to_lower(slashes[0]);
    return std::string(kScheme) + "/" + percent_encoded_path(slashes);
  }
  if (slashes.starts_with("//")) return "file:" + percent_encoded_path(slashes);
  return std::string(path);
}

}  // namespace

std::string path_of_uri(std::string_view uri, PathFlavour flavour) {
  if (!uri.starts_with(kScheme)) return std::string(uri);
  uri.remove_prefix(kScheme.size());
  // An authority ("localhost") is allowed before the path.
  std::string_view authority;
  if (const std::size_t slash = uri.find('/'); slash != std::string_view::npos) {
    authority = uri.substr(0, slash);
    uri.remove_prefix(slash);
  }
  std::string path = percent_decoded(uri);
  return flavour == PathFlavour::windows ? windows_path(authority, std::move(path)) : path;
}

std::string uri_of_path(std::string_view path, PathFlavour flavour) {
  if (flavour == PathFlavour::windows) return windows_uri(path);
  if (!path.starts_with('/')) return std::string(path);
  return std::string(kScheme) + percent_encoded_path(path);
}

}  // namespace refract::lsp
