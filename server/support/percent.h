#pragma once

#include <string>
#include <string_view>

// Bytes written as "%XX".
namespace refract {

// A "%" that no two hexadecimal digits follow stays as it is.
std::string percent_decoded(std::string_view text);

// All of `special` encoded, the rest as it is.
std::string percent_encoded(std::string_view text, std::string_view special);

// A path as a URI has it: all encoded but RFC 3986's "unreserved" and the slash, as some clients encode the other
// characters of its "pchar" and some do not.
std::string percent_encoded_path(std::string_view path);

}  // namespace refract
