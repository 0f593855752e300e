#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Workspace Features": folders, configuration, watched files, and dynamic registration.

namespace refract::protocol {

struct WorkspaceFolder {
  DocumentUri uri;
  std::string name;

  bool operator==(const WorkspaceFolder&) const = default;
};
LSP_JSON(WorkspaceFolder)

struct WorkspaceFoldersChangeEvent {
  std::vector<WorkspaceFolder> added;
  std::vector<WorkspaceFolder> removed;

  bool operator==(const WorkspaceFoldersChangeEvent&) const = default;
};
LSP_JSON(WorkspaceFoldersChangeEvent)

struct DidChangeWorkspaceFoldersParams {
  WorkspaceFoldersChangeEvent event;

  bool operator==(const DidChangeWorkspaceFoldersParams&) const = default;
};
LSP_JSON(DidChangeWorkspaceFoldersParams)

struct ConfigurationItem {
  std::optional<DocumentUri> scopeUri;
  std::optional<std::string> section;

  bool operator==(const ConfigurationItem&) const = default;
};
LSP_JSON(ConfigurationItem)

// workspace/configuration, answered with one value an item, in order; null where the client has none.
struct ConfigurationParams {
  std::vector<ConfigurationItem> items;

  bool operator==(const ConfigurationParams&) const = default;
};
LSP_JSON(ConfigurationParams)

struct DidChangeConfigurationParams {
  Json settings;  // null from clients that expect to be asked (workspace/configuration)

  bool operator==(const DidChangeConfigurationParams&) const = default;
};
LSP_JSON(DidChangeConfigurationParams)

enum class FileChangeType : int { created = 1, changed = 2, deleted = 3 };

struct FileEvent {
  DocumentUri uri;
  FileChangeType type = FileChangeType::changed;

  bool operator==(const FileEvent&) const = default;
};
LSP_JSON(FileEvent)

struct DidChangeWatchedFilesParams {
  std::vector<FileEvent> changes;

  bool operator==(const DidChangeWatchedFilesParams&) const = default;
};
LSP_JSON(DidChangeWatchedFilesParams)

// Bits of FileSystemWatcher.kind; absent means all three.
namespace watch_kind {
inline constexpr std::uint32_t kCreate = 1;
inline constexpr std::uint32_t kChange = 2;
inline constexpr std::uint32_t kDelete = 4;
}  // namespace watch_kind

struct RelativePattern {
  DocumentUri baseUri;
  std::string pattern;

  bool operator==(const RelativePattern&) const = default;
};
LSP_JSON(RelativePattern)

struct FileSystemWatcher {
  std::variant<std::string, RelativePattern> globPattern;
  std::optional<std::uint32_t> kind;

  bool operator==(const FileSystemWatcher&) const = default;
};
LSP_JSON(FileSystemWatcher)

struct DidChangeWatchedFilesRegistrationOptions {
  std::vector<FileSystemWatcher> watchers;

  bool operator==(const DidChangeWatchedFilesRegistrationOptions&) const = default;
};
LSP_JSON(DidChangeWatchedFilesRegistrationOptions)

struct Registration {
  std::string id;
  std::string method;
  std::optional<Json> registerOptions;

  bool operator==(const Registration&) const = default;
};
LSP_JSON(Registration)

struct RegistrationParams {
  std::vector<Registration> registrations;

  bool operator==(const RegistrationParams&) const = default;
};
LSP_JSON(RegistrationParams)

struct Unregistration {
  std::string id;
  std::string method;

  bool operator==(const Unregistration&) const = default;
};
LSP_JSON(Unregistration)

// The member's spelling is the specification's.
struct UnregistrationParams {
  std::vector<Unregistration> unregisterations;

  bool operator==(const UnregistrationParams&) const = default;
};
LSP_JSON(UnregistrationParams)

}  // namespace refract::protocol
