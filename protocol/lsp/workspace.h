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
void to_json(Json& json, const WorkspaceFolder& folder);
void from_json(const Json& json, WorkspaceFolder& folder);

struct WorkspaceFoldersChangeEvent {
  std::vector<WorkspaceFolder> added;
  std::vector<WorkspaceFolder> removed;

  bool operator==(const WorkspaceFoldersChangeEvent&) const = default;
};
void to_json(Json& json, const WorkspaceFoldersChangeEvent& event);
void from_json(const Json& json, WorkspaceFoldersChangeEvent& event);

struct DidChangeWorkspaceFoldersParams {
  WorkspaceFoldersChangeEvent event;

  bool operator==(const DidChangeWorkspaceFoldersParams&) const = default;
};
void to_json(Json& json, const DidChangeWorkspaceFoldersParams& params);
void from_json(const Json& json, DidChangeWorkspaceFoldersParams& params);

struct ConfigurationItem {
  std::optional<DocumentUri> scopeUri;
  std::optional<std::string> section;

  bool operator==(const ConfigurationItem&) const = default;
};
void to_json(Json& json, const ConfigurationItem& item);
void from_json(const Json& json, ConfigurationItem& item);

// workspace/configuration, answered with one value an item, in order; null where the client has none.
struct ConfigurationParams {
  std::vector<ConfigurationItem> items;

  bool operator==(const ConfigurationParams&) const = default;
};
void to_json(Json& json, const ConfigurationParams& params);
void from_json(const Json& json, ConfigurationParams& params);

struct DidChangeConfigurationParams {
  Json settings;  // null from clients that expect to be asked (workspace/configuration)

  bool operator==(const DidChangeConfigurationParams&) const = default;
};
void to_json(Json& json, const DidChangeConfigurationParams& params);
void from_json(const Json& json, DidChangeConfigurationParams& params);

enum class FileChangeType : int { created = 1, changed = 2, deleted = 3 };

struct FileEvent {
  DocumentUri uri;
  FileChangeType type = FileChangeType::changed;

  bool operator==(const FileEvent&) const = default;
};
void to_json(Json& json, const FileEvent& event);
void from_json(const Json& json, FileEvent& event);

struct DidChangeWatchedFilesParams {
  std::vector<FileEvent> changes;

  bool operator==(const DidChangeWatchedFilesParams&) const = default;
};
void to_json(Json& json, const DidChangeWatchedFilesParams& params);
void from_json(const Json& json, DidChangeWatchedFilesParams& params);

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
void to_json(Json& json, const RelativePattern& pattern);
void from_json(const Json& json, RelativePattern& pattern);

struct FileSystemWatcher {
  std::variant<std::string, RelativePattern> globPattern;
  std::optional<std::uint32_t> kind;

  bool operator==(const FileSystemWatcher&) const = default;
};
void to_json(Json& json, const FileSystemWatcher& watcher);
void from_json(const Json& json, FileSystemWatcher& watcher);

struct DidChangeWatchedFilesRegistrationOptions {
  std::vector<FileSystemWatcher> watchers;

  bool operator==(const DidChangeWatchedFilesRegistrationOptions&) const = default;
};
void to_json(Json& json, const DidChangeWatchedFilesRegistrationOptions& options);
void from_json(const Json& json, DidChangeWatchedFilesRegistrationOptions& options);

struct Registration {
  std::string id;
  std::string method;
  std::optional<Json> registerOptions;

  bool operator==(const Registration&) const = default;
};
void to_json(Json& json, const Registration& registration);
void from_json(const Json& json, Registration& registration);

struct RegistrationParams {
  std::vector<Registration> registrations;

  bool operator==(const RegistrationParams&) const = default;
};
void to_json(Json& json, const RegistrationParams& params);
void from_json(const Json& json, RegistrationParams& params);

struct Unregistration {
  std::string id;
  std::string method;

  bool operator==(const Unregistration&) const = default;
};
void to_json(Json& json, const Unregistration& unregistration);
void from_json(const Json& json, Unregistration& unregistration);

// The member's spelling is the specification's.
struct UnregistrationParams {
  std::vector<Unregistration> unregisterations;

  bool operator==(const UnregistrationParams&) const = default;
};
void to_json(Json& json, const UnregistrationParams& params);
void from_json(const Json& json, UnregistrationParams& params);

}  // namespace refract::protocol
