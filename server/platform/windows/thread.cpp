#include "platform/thread.h"

#include <windows.h>

#include "platform/windows/handle.h"

namespace refract::platform {
namespace {

DWORD WINAPI run(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return 0;
}

}  // namespace

bool run_with_stack(std::size_t bytes, const std::function<void()>& work) {
  const Handle thread(::CreateThread(nullptr, bytes, run, const_cast<std::function<void()>*>(&work),
                                     STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr));
  if (!thread.is_open()) return false;
  ::WaitForSingleObject(thread.get(), INFINITE);
  return true;
}

}  // namespace refract::platform
