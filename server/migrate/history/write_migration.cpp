#include <fmt/format.h>

#include "migrate/history/files.h"
#include "migrate/history/history.h"
#include "platform/file.h"

namespace refract::migrate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLock =
    "# Names the database that the migrations of this folder are for. Keep it under version control.\n"
    "provider = \"postgresql\"\n";

// Removes what was begun unless it is marked as complete.
class Scaffold {
 public:
  Scaffold() = default;
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;
  ~Scaffold() {
    std::error_code ignored;
    for (auto path = paths_.rbegin(); !done_ && path != paths_.rend(); ++path) fs::remove_all(*path, ignored);
  }
  void add(fs::path path) { paths_.push_back(std::move(path)); }
  void complete() { done_ = true; }

 private:
  std::vector<fs::path> paths_;
  bool done_ = false;
};

// Makes the folder and those above it, remembering each that was not there.
Result<void> make_folders(const fs::path& folder, Scaffold& scaffold) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return {};
  if (auto made = make_folders(folder.parent_path(), scaffold); !made) return made;
  if (!fs::create_directory(folder, error)) {
    return unwritable(folder, error ? error : std::make_error_code(std::errc::not_a_directory));
  }
  scaffold.add(folder);
  platform::sync_folder(folder.parent_path());
  return {};
}

Result<void> write_draft(const fs::path& draft, std::string_view sql, std::string_view down_sql) {
  if (auto written = write_text(draft / "migration.sql", sql); !written || down_sql.empty()) return written;
  return write_text(draft / "down.sql", down_sql);
}

}  // namespace

Result<fs::path> write_migration(const fs::path& folder, const std::string& name, std::string_view sql,
                                 std::string_view down_sql) {
  const fs::path target = folder / name;
  std::error_code error;
  if (fs::exists(target, error)) {
    return fail(ErrorCode::conflict, fmt::format("{} exists already; choose another name.", target.string()));
  }
  Scaffold scaffold;
  if (auto made = make_folders(folder, scaffold); !made) return fail(made.error());

  const fs::path lock = folder / "migration_lock.toml";
  if (!fs::exists(lock, error)) {
    scaffold.add(lock);
    if (auto written = write_text(lock, kLock); !written) return fail(written.error());
  }
  // Hidden, and distinguished from a migration by its name if the machine stops half way. Beside the folder, where
  // Prisma does not look; inside if that is not writable, or is another file system, as with a mount.
  const fs::path real = fs::canonical(folder, error);
  if (error) return unwritable(folder, error);
  const std::string draft_name = fmt::format("{}{}", kDraft, name);
  for (const fs::path& place : {real.parent_path(), real}) {
    const bool last = place == real;
    const fs::path draft = place / draft_name;
    fs::remove_all(draft, error);
    if (!fs::create_directory(draft, error)) {
      if (last) return unwritable(draft, error);
      continue;
    }
    scaffold.add(draft);
    if (auto written = write_draft(draft, sql, down_sql); !written) return fail(written.error());
    error = platform::rename_path(draft, real / name);
    if (!error) break;
    if (last || error != std::errc::cross_device_link) return unwritable(target, error);
    fs::remove_all(draft, error);
  }
  scaffold.complete();
  return target;
}

}  // namespace refract::migrate
