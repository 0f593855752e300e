#pragma once

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

// The path of a file:// URI, percent-decoded. Any other URI (untitled:, vscode-remote:) comes back as it is: it
// names a document that exists in the editor alone. Windows: a drive's letter is made small and all slashes become
// backslashes, so that `file:///C:/x` and `file:///c%3A/x` are one file.
std::string path_of_uri(std::string_view uri, PathFlavour flavour = kNativePaths);

// The file:// URI of an absolute path, as VS Code writes it (`file:///c%3A/x`, `file://server/share/x`); what
// path_of_uri left alone comes back as it was.
std::string uri_of_path(std::string_view path, PathFlavour flavour = kNativePaths);

}  // namespace refract::lsp
