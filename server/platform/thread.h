#pragma once

#include <cstddef>
#include <functional>

namespace refract::platform {

// Runs the work on a thread with a stack of this size (bytes) and waits for its end. The work must not throw.
// False: there is no such thread, and the work did not run.
bool run_with_stack(std::size_t bytes, const std::function<void()>& work);

}  // namespace refract::platform
