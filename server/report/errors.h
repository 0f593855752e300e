#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace refract::report {

// For people: the message, after the place if it has one, "a.sql:1:17: …".
std::string error_sentence(const Error& error);

// An error that ends a command, in a format that programs read: json {"error": {"code", "message", "at"}}, sarif a log
// whose run failed with a notification, github `::error`. Empty for the formats that people read.
std::string error_text(const Error& error, std::string_view format, std::string_view version);

}  // namespace refract::report
