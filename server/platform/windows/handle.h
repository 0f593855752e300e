#pragma once

#include <windows.h>

#include <utility>

namespace refract::platform {

// A handle, closed at the latest with its owner.
class Handle {
 public:
  explicit Handle(HANDLE handle = INVALID_HANDLE_VALUE) : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, INVALID_HANDLE_VALUE)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() { close(); }

  bool is_open() const { return handle_ != INVALID_HANDLE_VALUE && handle_ != nullptr; }
  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, INVALID_HANDLE_VALUE); }
  bool close() {
    if (!is_open()) return true;
    return ::CloseHandle(release()) != 0;
  }

 private:
  HANDLE handle_;
};

}  // namespace refract::platform
