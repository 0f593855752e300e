#pragma once

#include <cstddef>

namespace refract::platform {

// Memory of this process in bytes; 0 if the system does not report it.
std::size_t resident_memory();
std::size_t peak_memory();

}  // namespace refract::platform
