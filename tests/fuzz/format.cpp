#include "syntax/format.h"

#include <algorithm>
#include <string>

#include "fuzz/fuzz.h"

namespace refract::fuzz {

void run(std::string_view input) {
  for (const unsigned prisma : {5U, 6U, 7U}) {
    syntax::format(input, {.prisma = prisma});
    const std::string once = syntax::format(input, {.prisma = prisma, .stable = true});
    expect(syntax::format(once, {.prisma = prisma, .stable = true}) == once, "formatting again changes nothing");
  }
}

}  // namespace refract::fuzz
