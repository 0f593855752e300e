#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace refract::report {

// An error that ends a command, in a format that programs read: json {"error": {"code", "message"}}, sarif a log whose
// run failed with a notification, github `::error`. Empty for the formats that people read.
std::string error_text(const Error& error, std::string_view format, std::string_view version);

}  // namespace refract::report
