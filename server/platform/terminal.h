#pragma once

namespace refract::platform {

enum class Stream { input, output, error };

// Whether a person reads or writes this standard stream.
bool is_terminal(Stream stream);

}  // namespace refract::platform
