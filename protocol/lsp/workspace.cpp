#include "protocol/lsp/workspace.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const WorkspaceFolder& folder) {
  write(json, "uri", folder.uri);
  write(json, "name", folder.name);
}

void from_json(const Json& json, WorkspaceFolder& folder) {
  read(json, "uri", folder.uri);
  read(json, "name", folder.name);
}

void to_json(Json& json, const WorkspaceFoldersChangeEvent& event) {
  write(json, "added", event.added);
  write(json, "removed", event.removed);
}

void from_json(const Json& json, WorkspaceFoldersChangeEvent& event) {
  read(json, "added", event.added);
  read(json, "removed", event.removed);
}

void to_json(Json& json, const DidChangeWorkspaceFoldersParams& params) {
  write(json, "event", params.event);
}

void from_json(const Json& json, DidChangeWorkspaceFoldersParams& params) {
  read(json, "event", params.event);
}

void to_json(Json& json, const ConfigurationItem& item) {
  write(json, "scopeUri", item.scopeUri);
  write(json, "section", item.section);
}

void from_json(const Json& json, ConfigurationItem& item) {
  read(json, "scopeUri", item.scopeUri);
  read(json, "section", item.section);
}

void to_json(Json& json, const ConfigurationParams& params) {
  write(json, "items", params.items);
}

void from_json(const Json& json, ConfigurationParams& params) {
  read(json, "items", params.items);
}

void to_json(Json& json, const DidChangeConfigurationParams& params) {
  write(json, "settings", params.settings);
}

void from_json(const Json& json, DidChangeConfigurationParams& params) {
  read(json, "settings", params.settings);
}

void to_json(Json& json, const FileEvent& event) {
  write(json, "uri", event.uri);
  write(json, "type", event.type);
}

void from_json(const Json& json, FileEvent& event) {
  read(json, "uri", event.uri);
  read(json, "type", event.type);
}

void to_json(Json& json, const DidChangeWatchedFilesParams& params) {
  write(json, "changes", params.changes);
}

void from_json(const Json& json, DidChangeWatchedFilesParams& params) {
  read(json, "changes", params.changes);
}

void to_json(Json& json, const RelativePattern& pattern) {
  write(json, "baseUri", pattern.baseUri);
  write(json, "pattern", pattern.pattern);
}

void from_json(const Json& json, RelativePattern& pattern) {
  read(json, "baseUri", pattern.baseUri);
  read(json, "pattern", pattern.pattern);
}

void to_json(Json& json, const FileSystemWatcher& watcher) {
  write(json, "globPattern", watcher.globPattern);
  write(json, "kind", watcher.kind);
}

void from_json(const Json& json, FileSystemWatcher& watcher) {
  read(json, "globPattern", watcher.globPattern);
  read(json, "kind", watcher.kind);
}

void to_json(Json& json, const DidChangeWatchedFilesRegistrationOptions& options) {
  write(json, "watchers", options.watchers);
}

void from_json(const Json& json, DidChangeWatchedFilesRegistrationOptions& options) {
  read(json, "watchers", options.watchers);
}

void to_json(Json& json, const Registration& registration) {
  write(json, "id", registration.id);
  write(json, "method", registration.method);
  write(json, "registerOptions", registration.registerOptions);
}

void from_json(const Json& json, Registration& registration) {
  read(json, "id", registration.id);
  read(json, "method", registration.method);
  read(json, "registerOptions", registration.registerOptions);
}

void to_json(Json& json, const RegistrationParams& params) {
  write(json, "registrations", params.registrations);
}

void from_json(const Json& json, RegistrationParams& params) {
  read(json, "registrations", params.registrations);
}

void to_json(Json& json, const Unregistration& unregistration) {
  write(json, "id", unregistration.id);
  write(json, "method", unregistration.method);
}

void from_json(const Json& json, Unregistration& unregistration) {
  read(json, "id", unregistration.id);
  read(json, "method", unregistration.method);
}

void to_json(Json& json, const UnregistrationParams& params) {
  write(json, "unregisterations", params.unregisterations);
}

void from_json(const Json& json, UnregistrationParams& params) {
  read(json, "unregisterations", params.unregisterations);
}

}  // namespace refract::protocol
