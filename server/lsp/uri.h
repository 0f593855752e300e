#pragma once

#include <string>
#include <string_view>

namespace refract::lsp {

// The path of a file:// URI, percent-decoded. Any other URI (untitled:, vscode-remote:) comes back as it is: it
// names a document that exists in the editor alone.
std::string path_of_uri(std::string_view uri);

// The file:// URI of an absolute path; what path_of_uri left alone comes back as it was.
std::string uri_of_path(std::string_view path);

}  // namespace refract::lsp
