#include "platform/memory.h"

#include <windows.h>

#include <psapi.h>

namespace refract::platform {
namespace {

PROCESS_MEMORY_COUNTERS counters() {
  PROCESS_MEMORY_COUNTERS found{};
  ::GetProcessMemoryInfo(::GetCurrentProcess(), &found, sizeof found);
  return found;
}

}  // namespace

std::size_t resident_memory() {
  return counters().WorkingSetSize;
}

std::size_t peak_memory() {
  return counters().PeakWorkingSetSize;
}

}  // namespace refract::platform
