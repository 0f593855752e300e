#pragma once

#include <cstdint>

namespace refract::protocol {

// Whether a process of this machine runs under `pid`. One that has ended but was not waited for by its parent does not.
bool process_alive(std::int64_t pid);

}  // namespace refract::protocol
