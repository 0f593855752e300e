#include "lsp/uri.h"

#include <algorithm>

#include "support/ascii.h"
#include "support/percent.h"

namespace refract::lsp {
namespace {

constexpr std::string_view kScheme = "file:";
constexpr std::string_view kAuthority = "//";  // an authority comes after it
constexpr std::string_view kWritten = "file://";

// The scheme in any case; without an authority one slash is enough (RFC 8089).
bool is_file_uri(std::string_view uri) {
  return ascii::to_lower(uri.substr(0, kScheme.size())) == kScheme && uri.substr(kScheme.size()).starts_with('/');
}

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
    return std::string(kWritten) + "/" + percent_encoded_path(slashes);
  }
  if (slashes.starts_with("//")) return "file:" + percent_encoded_path(slashes);
  return std::string(path);
}

std::size_t last_separator(std::string_view path, PathFlavour flavour) {
  return path.rfind(flavour == PathFlavour::windows ? '\\' : '/');
}

}  // namespace

std::string path_of_uri(std::string_view uri, PathFlavour flavour) {
  if (!is_file_uri(uri)) return std::string(uri);
  uri.remove_prefix(kScheme.size());
  const bool has_authority = uri.starts_with(kAuthority);
  if (has_authority) uri.remove_prefix(kAuthority.size());
  // An authority ("localhost") is allowed before the path.
  std::string_view authority;
  if (const std::size_t slash = uri.find('/'); has_authority && slash != std::string_view::npos) {
    authority = uri.substr(0, slash);
    uri.remove_prefix(slash);
  }
  std::string path = percent_decoded(uri);
  while (path.size() > 1 && path.ends_with('/') && !path.ends_with(":/")) path.pop_back();
  return flavour == PathFlavour::windows ? windows_path(authority, std::move(path)) : path;
}

std::string uri_of_path(std::string_view path, PathFlavour flavour) {
  if (flavour == PathFlavour::windows) return windows_uri(path);
  if (!path.starts_with('/')) return std::string(path);
  return std::string(kWritten) + percent_encoded_path(path);
}

void ClientUris::note(std::string_view uri, PathFlavour flavour) {
  if (!is_file_uri(uri)) return;
  while (uri.size() > kWritten.size() && uri.ends_with('/')) uri.remove_suffix(1);
  std::string noted = path_of_uri(uri, flavour);
  const bool expected = of(noted, flavour) == uri;
  auto known = known_ ? std::make_shared<std::map<std::string, std::string, std::less<>>>(*known_)
                      : std::make_shared<std::map<std::string, std::string, std::less<>>>();
  std::string_view path = noted;
  known->insert_or_assign(noted, std::string(uri));
  // So are the folders above, as far as their names are those of the URI. Where they are known already, the document
  // is noted all the same: another one may be written in another way.
  while (!expected) {
    const std::size_t slash = last_separator(path, flavour);
    const std::size_t uri_slash = uri.rfind('/');
    if (slash == std::string_view::npos || uri_slash == std::string_view::npos || uri_slash < kWritten.size()) break;
    if (percent_decoded(uri.substr(uri_slash + 1)) != path.substr(slash + 1)) break;
    path = path.substr(0, slash);
    uri = uri.substr(0, uri_slash);
    known->insert_or_assign(std::string(path), std::string(uri));
  }
  known_ = std::move(known);
}

std::string ClientUris::of(std::string_view path, PathFlavour flavour) const {
  if (!known_) return uri_of_path(path, flavour);
  if (const auto exact = known_->find(path); exact != known_->end()) return exact->second;
  for (std::size_t slash = last_separator(path, flavour); slash != std::string_view::npos;
       slash = last_separator(path.substr(0, slash), flavour)) {
    const auto folder = known_->find(path.substr(0, slash));
    if (folder == known_->end()) continue;
    std::string rest(path.substr(slash));
    if (flavour == PathFlavour::windows) std::ranges::replace(rest, '\\', '/');
    return folder->second + percent_encoded_path(rest);
  }
  return uri_of_path(path, flavour);
}

}  // namespace refract::lsp
