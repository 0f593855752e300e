#pragma once

#include <string>
#include <string_view>

// Windows' own functions take UTF-16; this program's text is UTF-8.
namespace refract::platform {

std::wstring wide(std::string_view utf8);
std::string narrow(std::wstring_view utf16);

}  // namespace refract::platform
