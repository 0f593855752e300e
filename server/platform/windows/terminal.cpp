#include "platform/terminal.h"

#include <windows.h>

namespace refract::platform {

bool is_terminal(Stream stream) {
  const DWORD name = stream == Stream::input    ? STD_INPUT_HANDLE
                     : stream == Stream::output ? STD_OUTPUT_HANDLE
                                                : STD_ERROR_HANDLE;
  DWORD mode = 0;
  return ::GetConsoleMode(::GetStdHandle(name), &mode) != 0;
}

}  // namespace refract::platform
