#include "fuzz/script_promises.h"

namespace refract::fuzz {

void run(std::string_view input) {
  expect_units(input);
}

}  // namespace refract::fuzz
