#include "platform/terminal.h"

#include <unistd.h>

namespace refract::platform {

bool is_terminal(Stream stream) {
  const int descriptor = stream == Stream::input    ? STDIN_FILENO
                         : stream == Stream::output ? STDOUT_FILENO
                                                    : STDERR_FILENO;
  return ::isatty(descriptor) == 1;
}

}  // namespace refract::platform
