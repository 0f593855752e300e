#include "platform/file.h"

#include <windows.h>

#include <algorithm>
#include <random>

#include "platform/windows/handle.h"

namespace refract::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunk = 64 * 1024;  // bytes
constexpr std::size_t kMaxAtOnce = 1 << 20;
constexpr int kMaxNames = 100;
constexpr DWORD kAnyShare = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

std::error_code last_error() {
  return {static_cast<int>(::GetLastError()), std::system_category()};
}

Handle open_to_read(const fs::path& path) {
  return Handle(
      ::CreateFileW(path.c_str(), GENERIC_READ, kAnyShare, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
}

bool write_all(const Handle& file, std::string_view content) {
  while (!content.empty()) {
    DWORD count = 0;
    const auto size = static_cast<DWORD>(std::min(content.size(), kMaxAtOnce));
    if (::WriteFile(file.get(), content.data(), size, &count, nullptr) == 0) return false;
    content.remove_prefix(count);
  }
  return true;
}

std::error_code write_in_place(const fs::path& path, std::string_view content) {
  const auto before = read_bytes(path);
  Handle file(::CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL,
                            nullptr));
  if (!file.is_open()) return last_error();
  const auto put = [&](std::string_view bytes) {
    return ::SetFilePointer(file.get(), 0, nullptr, FILE_BEGIN) == 0 && write_all(file, bytes) &&
           ::SetEndOfFile(file.get()) != 0 && ::FlushFileBuffers(file.get()) != 0;
  };
  if (put(content)) return {};
  const std::error_code error = last_error();
  if (before) static_cast<void>(put(*before));
  return error;
}

std::wstring random_letters() {
  static constexpr std::wstring_view kLetters = L"abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device random;
  std::wstring letters;
  for (int i = 0; i < 8; ++i) letters += kLetters[random() % kLetters.size()];
  return letters;
}

// Writes a new file beside the target; its name goes to `draft`.
std::error_code write_draft(const fs::path& folder, std::string_view content, fs::path& draft) {
  for (int attempt = 0; attempt < kMaxNames; ++attempt) {
    const fs::path path = folder / (L".refract-" + random_letters());
    Handle file(::CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file.is_open() && ::GetLastError() == ERROR_FILE_EXISTS) continue;
    if (!file.is_open()) return last_error();
    draft = path;
    if (write_all(file, content) && ::FlushFileBuffers(file.get()) != 0 && file.close()) return {};
    return last_error();
  }
  return std::make_error_code(std::errc::file_exists);
}

std::int64_t nanoseconds(const FILETIME& time) {
  // 100 ns since 1601.
  constexpr std::int64_t kEpoch = 116'444'736'000'000'000;
  const auto ticks = static_cast<std::int64_t>(std::uint64_t{time.dwHighDateTime} << 32U | time.dwLowDateTime);
  return (ticks - kEpoch) * 100;
}

}  // namespace

std::optional<std::string> read_bytes(const fs::path& path) {
  const Handle file = open_to_read(path);
  if (!file.is_open()) return std::nullopt;
  std::string bytes;
  for (std::size_t done = 0;;) {
    bytes.resize(done + kChunk);
    DWORD count = 0;
    if (::ReadFile(file.get(), bytes.data() + done, kChunk, &count, nullptr) == 0) return std::nullopt;
    done += count;
    if (count > 0) continue;
    bytes.resize(done);
    return bytes;
  }
}

std::optional<FileStamp> stamp_of(const fs::path& path) {
  const Handle file(::CreateFileW(path.c_str(), FILE_READ_ATTRIBUTES, kAnyShare, nullptr, OPEN_EXISTING,
                                  FILE_ATTRIBUTE_NORMAL, nullptr));
  BY_HANDLE_FILE_INFORMATION found;
  FILE_BASIC_INFO basic;
  if (!file.is_open() || ::GetFileInformationByHandle(file.get(), &found) == 0 ||
      ::GetFileInformationByHandleEx(file.get(), FileBasicInfo, &basic, sizeof basic) == 0) {
    return std::nullopt;
  }
  FILETIME changed;
  changed.dwHighDateTime = static_cast<DWORD>(basic.ChangeTime.HighPart);
  changed.dwLowDateTime = basic.ChangeTime.LowPart;
  return FileStamp{std::uint64_t{found.nFileIndexHigh} << 32U | found.nFileIndexLow,
                   static_cast<std::int64_t>(std::uint64_t{found.nFileSizeHigh} << 32U | found.nFileSizeLow),
                   nanoseconds(found.ftLastWriteTime), nanoseconds(changed)};
}

// NTFS writes its journal without being asked.
void sync_folder(const fs::path&) {}

std::error_code rename_path(const fs::path& from, const fs::path& to) {
  if (::MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) == 0) {
    return last_error();
  }
  return {};
}

std::error_code write_file(const fs::path& path, std::string_view content) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  const fs::path target = error ? path : real;
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) return std::make_error_code(std::errc::is_a_directory);
  if (!fs::exists(status)) {
    fs::path draft;
    error = write_draft(target.parent_path().empty() ? fs::path(L".") : target.parent_path(), content, draft);
    if (!error) error = rename_path(draft, target);
    if (error && !draft.empty()) ::DeleteFileW(draft.c_str());
    return error;
  }
  if ((::GetFileAttributesW(target.c_str()) & FILE_ATTRIBUTE_READONLY) != 0) {
    return std::make_error_code(std::errc::permission_denied);
  }
  fs::path draft;
  error = write_draft(target.parent_path(), content, draft);
  if (!error) {
    // Takes over the attributes and the access list of the replaced file.
    if (::ReplaceFileW(target.c_str(), draft.c_str(), nullptr, REPLACEFILE_WRITE_THROUGH, nullptr, nullptr) != 0) {
      return {};
    }
    error = last_error();
  }
  if (!draft.empty()) ::DeleteFileW(draft.c_str());
  return error.value() == ERROR_DISK_FULL ? error : write_in_place(target, content);
}

}  // namespace refract::platform
