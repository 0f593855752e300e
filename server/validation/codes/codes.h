#pragma once

#include <span>
#include <string_view>

#include "schema/connector.h"
#include "validation/codes/code.h"

namespace refract::validation {

// What a code looks like in a schema: text that has it, and the corrected text. A text without a datasource is for
// one of `provider`. A line `//- /user.prisma` begins a file. A test checks both texts.
struct Example {
  std::string_view wrong;
  std::string_view right;
  schema::Provider provider = schema::Provider::postgresql;
  schema::PrismaVersion version = schema::PrismaVersion::v7;
};

// One code of the one table, which is made from the folders beside this file: what `refract explain`, the pages under
// docs/codes and codeDescription read.
struct CodeInfo {
  Code code;                     // "unknown-type"
  std::string_view title;        // "An undeclared type"
  std::string_view explanation;  // Markdown, one paragraph: why it matters, what to do
  Example example;
};

struct CodeFamily {
  std::string_view title;  // "Relations"
  std::span<const CodeInfo> codes;
};
std::span<const CodeFamily> code_families();
std::span<const CodeInfo> codes();  // of all families
// nullptr: there is no such code.
const CodeInfo* find_code(std::string_view code);

}  // namespace refract::validation
