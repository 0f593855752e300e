#include "lsp/file_watcher.h"

#include <algorithm>

#include "lsp/uri.h"
#include "protocol/lsp/workspace.h"

namespace refract::lsp {
namespace {

constexpr const char* kMethod = "workspace/didChangeWatchedFiles";
constexpr const char* kMigrations = "refract.watch.migrations";

protocol::Registration registration(const char* id, std::vector<protocol::FileSystemWatcher> watchers) {
  return {id, kMethod, protocol::encode(protocol::DidChangeWatchedFilesRegistrationOptions{std::move(watchers)})};
}

// The path as a glob of itself.
std::string literal_glob(std::string path) {
  for (char& letter : path) {
    if (std::string_view("*?[]{}!\\").contains(letter)) letter = '?';
  }
  return path;
}

// The folder itself and all in it.
void add_watchers(const std::filesystem::path& folder, bool relative,
                  std::vector<protocol::FileSystemWatcher>& watchers) {
  if (!relative) {
    const std::string glob = literal_glob(folder.string());
    watchers.push_back({glob, std::nullopt});
    watchers.push_back({glob + "/**", std::nullopt});
    return;
  }
  const std::string parent = uri_of_path(folder.parent_path().string());
  const std::string name = literal_glob(folder.filename().string());
  watchers.push_back({protocol::RelativePattern{parent, name}, std::nullopt});
  watchers.push_back({protocol::RelativePattern{uri_of_path(folder.string()), "**"}, std::nullopt});
}

// A client that watches one end of a symbolic link need not see changes after the other.
std::vector<std::filesystem::path> both_ends(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::filesystem::path> all = folders;
  for (const std::filesystem::path& folder : folders) {
    std::error_code failed;
    if (auto real = std::filesystem::canonical(folder, failed); !failed) all.push_back(std::move(real));
  }
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  return all;
}

}  // namespace

FileWatcher::FileWatcher(protocol::Session& session, Context& context) : session_(session), context_(context) {}

void FileWatcher::start() {
  if (!context_.client.watch_files) return;
  std::vector<protocol::FileSystemWatcher> watchers;
  for (const char* pattern : {"**/*.prisma", "**/migrations/**", "**/package.json", "**/prisma.config.*",
                              "**/.config/prisma.*", "**/.env*", "**/refract.toml"}) {
    watchers.push_back({std::string(pattern), std::nullopt});
  }
  protocol::RegistrationParams params;
  params.registrations.push_back(registration("refract.watch", std::move(watchers)));
  session_.request<protocol::Json>("client/registerCapability", params, [](const protocol::Result<protocol::Json>&) {});
  watching_ = true;
  watch_migrations();
}

void FileWatcher::follow_migrations() {
  if (context_.host.migrations_folders() != migrations_folders_) watch_migrations();
}

void FileWatcher::watch_migrations() {
  if (!watching_) return;
  migrations_folders_ = context_.host.migrations_folders();
  std::vector<std::filesystem::path> wanted = both_ends(migrations_folders_);
  if (wanted == watched_) return;
  if (!watched_.empty()) {
    protocol::UnregistrationParams params;
    params.unregisterations.push_back({kMigrations, kMethod});
    session_.request<protocol::Json>("client/unregisterCapability", params,
                                     [](const protocol::Result<protocol::Json>&) {});
  }
  // The client does not report changes to a folder that is not watched any more.
  for (const std::filesystem::path& folder : watched_) {
    if (!std::ranges::binary_search(wanted, folder)) context_.host.file_changed(folder.string());
  }
  watched_ = std::move(wanted);
  if (watched_.empty()) return;
  std::vector<protocol::FileSystemWatcher> watchers;
  for (const std::filesystem::path& folder : watched_)
    add_watchers(folder, context_.client.relative_patterns, watchers);
  protocol::RegistrationParams params;
  params.registrations.push_back(registration(kMigrations, std::move(watchers)));
  session_.request<protocol::Json>("client/registerCapability", params, [](const protocol::Result<protocol::Json>&) {});
}

}  // namespace refract::lsp
