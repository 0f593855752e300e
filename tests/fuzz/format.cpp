#include "syntax/format.h"

#include <algorithm>
#include <string>

#include "fuzz/fuzz.h"

namespace refract::fuzz {

void run(std::string_view input) {
  for (const unsigned prisma : {5U, 6U, 7U}) {
    syntax::format(input, {.prisma = prisma, .like_prisma = true});
    const std::string once = syntax::format(input, {.prisma = prisma});
    expect(syntax::format(once, {.prisma = prisma}) == once, "formatting again changes nothing");
  }
}

}  // namespace refract::fuzz
