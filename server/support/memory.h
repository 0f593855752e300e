#pragma once

#include <cstddef>

namespace refract {

// Of this process, in bytes; 0 where the system does not tell.
std::size_t resident_memory();
std::size_t peak_memory();

}  // namespace refract
