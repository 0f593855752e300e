#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace refract::lsp {

// How a system writes absolute paths: /folder/file, or C:\folder\file and \\server\share\file.
enum class PathFlavour { posix, windows };
#ifdef _WIN32
inline constexpr PathFlavour kNativePaths = PathFlavour::windows;
#else
inline constexpr PathFlavour kNativePaths = PathFlavour::posix;
#endif

// The path of a file:// URI, percent-decoded, without slashes at its end (but for a root). Any other URI (untitled:,
// vscode-remote:) comes back as it is: it names a document that exists in the editor alone. Windows: a drive's letter
// is made small and all slashes become backslashes, so that `file:///C:/x` and `file:///c%3A/x` are one file.
std::string path_of_uri(std::string_view uri, PathFlavour flavour = kNativePaths);

// The file:// URI of an absolute path, as VS Code writes it (`file:///c%3A/x`, `file://server/share/x`); what
// path_of_uri left alone comes back as it was.
std::string uri_of_path(std::string_view path, PathFlavour flavour = kNativePaths);

// How a client writes the URIs of its files. Editors escape differently (`file:///c%3A/x`, `file:///C:/x`), some write
// a machine's name (`file://wsl.localhost/Debian/x`), and most compare the URIs of an answer with theirs letter by
// letter. A value: what is noted later does not change a copy.
class ClientUris {
 public:
  // The URI of a document or folder, as the client wrote it.
  void note(std::string_view uri, PathFlavour flavour = kNativePaths);
  // The URI of a path: as noted; else as the nearest folder that a noted URI is in; else uri_of_path().
  std::string of(std::string_view path, PathFlavour flavour = kNativePaths) const;

 private:
  std::shared_ptr<const std::map<std::string, std::string, std::less<>>> known_;  // by path; may be null
};

}  // namespace refract::lsp
