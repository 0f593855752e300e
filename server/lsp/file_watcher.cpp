#include "lsp/file_watcher.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/lsp/workspace.h"
#include "workspace/lock_files.h"

namespace refract::lsp {
namespace {

constexpr const char* kMethod = "workspace/didChangeWatchedFiles";

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

// The folder itself and, if wanted, all in it.
void add_watchers(const std::filesystem::path& folder, bool whole, const ClientSupport& client,
                  std::vector<protocol::FileSystemWatcher>& watchers) {
  if (!client.relative_patterns) {
    const std::string glob = literal_glob(folder.string());
    watchers.push_back({glob, std::nullopt});
    if (whole) watchers.push_back({glob + "/**", std::nullopt});
    return;
  }
  const std::string parent = client.uris.of(folder.parent_path().string());
  const std::string name = literal_glob(folder.filename().string());
  watchers.push_back({protocol::RelativePattern{parent, name}, std::nullopt});
  if (whole) {
    watchers.push_back({protocol::RelativePattern{client.uris.of(folder.string()), "**"}, std::nullopt});
  }
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
  for (const char* pattern : {"**/*.prisma", "**/migrations/**", "**/prisma.config.*", "**/.config/prisma.*",
                              "**/.env*", "**/refract.toml"}) {
    watchers.push_back({std::string(pattern), std::nullopt});
  }
  for (const char* name : workspace::kPackageFiles) watchers.push_back({fmt::format("**/{}", name), std::nullopt});
  for (const char* name : workspace::kLockFiles) watchers.push_back({fmt::format("**/{}", name), std::nullopt});
  protocol::RegistrationParams params;
  params.registrations.push_back(registration("refract.watch", std::move(watchers)));
  session_.request<protocol::Json>("client/registerCapability", params, [](const protocol::Result<protocol::Json>&) {});
  watching_ = true;
  watch_folders();
}

void FileWatcher::follow_folders() {
  if (context_.host.generation() != generation_) watch_folders();
}

void FileWatcher::watch_folders() {
  if (!watching_) return;
  generation_ = context_.host.generation();
  const std::vector<std::filesystem::path> before = migrations_.whole;
  renew(migrations_, {}, both_ends(context_.host.migrations_folders()));
  renew(schemas_, both_ends(context_.host.schema_folders()), both_ends(context_.host.whole_schema_folders()));
  // The client does not report changes to a folder that is not watched any more.
  for (const std::filesystem::path& folder : before) {
    if (!std::ranges::binary_search(migrations_.whole, folder)) context_.host.history_changed(folder);
  }
}

void FileWatcher::renew(Watched& watched, std::vector<std::filesystem::path> folders,
                        std::vector<std::filesystem::path> whole) {
  if (watched.folders == folders && watched.whole == whole) return;
  if (!watched.folders.empty() || !watched.whole.empty()) {
    protocol::UnregistrationParams params;
    params.unregisterations.push_back({watched.id, kMethod});
    session_.request<protocol::Json>("client/unregisterCapability", params,
                                     [](const protocol::Result<protocol::Json>&) {});
  }
  watched.folders = std::move(folders);
  watched.whole = std::move(whole);
  if (watched.folders.empty() && watched.whole.empty()) return;
  std::vector<protocol::FileSystemWatcher> watchers;
  for (const std::filesystem::path& folder : watched.folders) {
    if (!std::ranges::binary_search(watched.whole, folder)) add_watchers(folder, false, context_.client, watchers);
  }
  for (const std::filesystem::path& folder : watched.whole) add_watchers(folder, true, context_.client, watchers);
  protocol::RegistrationParams params;
  params.registrations.push_back(registration(watched.id, std::move(watchers)));
  session_.request<protocol::Json>("client/registerCapability", params, [](const protocol::Result<protocol::Json>&) {});
}

}  // namespace refract::lsp
