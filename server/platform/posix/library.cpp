#include "platform/library.h"

#include <dlfcn.h>

namespace refract::platform {

std::expected<void*, std::string> function_in_library(const std::string& library, const char* function) {
  void* const loaded = ::dlopen((library + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const found = loaded == nullptr ? nullptr : ::dlsym(loaded, function);
  if (found != nullptr) return found;
  return std::unexpected(std::string(::dlerror()));
}

}  // namespace refract::platform
