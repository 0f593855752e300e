#pragma once

#include "validation/codes/codes.h"

// The parts of the one table of codes, by family.
namespace refract::validation {

std::span<const CodeInfo> syntax_codes();
std::span<const CodeInfo> defaults_codes();
std::span<const CodeInfo> keys_codes();
std::span<const CodeInfo> relations_codes();
std::span<const CodeInfo> database_codes();

}  // namespace refract::validation
