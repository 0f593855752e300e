#include "migrate/history/files.h"

#include <fmt/format.h>

#include "platform/file.h"
#include "platform/folder.h"
#include "text/encoding.h"

namespace refract::migrate {

namespace fs = std::filesystem;

Result<std::vector<std::string>> folders_in(const fs::path& folder) {
  auto names = platform::folders_in(folder);
  if (!names) {
    return fail(
        ErrorCode::unreadable,
        fmt::format("{} cannot be listed; check that it is a folder and that you may read it.", folder.string()));
  }
  std::erase_if(*names, [](const std::string& name) { return name.starts_with(kDraft); });
  return std::move(*names);
}

Result<std::string> read_text(const fs::path& path) {
  auto content = platform::read_bytes(path);
  if (!content) {
    return fail(ErrorCode::unreadable,
                fmt::format("{} cannot be read; check that it is a file and that you may read it.", path.string()));
  }
  if (text::find_invalid_utf8(*content)) {
    return fail(ErrorCode::unreadable, fmt::format("{} is not UTF-8; save it in that encoding.", path.string()));
  }
  return std::move(*content);
}

std::unexpected<Error> unwritable(const fs::path& path, const std::error_code& error) {
  return fail(ErrorCode::unwritable, fmt::format("{} cannot be written: {}.", path.string(), error.message()));
}

Result<void> write_text(const fs::path& path, std::string_view content) {
  if (const std::error_code error = platform::write_file(path, content)) return unwritable(path, error);
  return {};
}

}  // namespace refract::migrate
