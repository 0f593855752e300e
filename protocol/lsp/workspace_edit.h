#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "WorkspaceEdit" and workspace/applyEdit.

namespace refract::protocol {

struct TextDocumentEdit {
  OptionalVersionedTextDocumentIdentifier textDocument;
  std::vector<TextEdit> edits;

  bool operator==(const TextDocumentEdit&) const = default;
};
void to_json(Json& json, const TextDocumentEdit& edit);
void from_json(const Json& json, TextDocumentEdit& edit);

struct CreateFileOptions {
  std::optional<bool> overwrite;
  std::optional<bool> ignoreIfExists;

  bool operator==(const CreateFileOptions&) const = default;
};
void to_json(Json& json, const CreateFileOptions& options);
void from_json(const Json& json, CreateFileOptions& options);

struct CreateFile {
  DocumentUri uri;
  std::optional<CreateFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const CreateFile&) const = default;
};
void to_json(Json& json, const CreateFile& file);
void from_json(const Json& json, CreateFile& file);

struct RenameFileOptions {
  std::optional<bool> overwrite;
  std::optional<bool> ignoreIfExists;

  bool operator==(const RenameFileOptions&) const = default;
};
void to_json(Json& json, const RenameFileOptions& options);
void from_json(const Json& json, RenameFileOptions& options);

struct RenameFile {
  DocumentUri oldUri;
  DocumentUri newUri;
  std::optional<RenameFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const RenameFile&) const = default;
};
void to_json(Json& json, const RenameFile& file);
void from_json(const Json& json, RenameFile& file);

struct DeleteFileOptions {
  std::optional<bool> recursive;
  std::optional<bool> ignoreIfNotExists;

  bool operator==(const DeleteFileOptions&) const = default;
};
void to_json(Json& json, const DeleteFileOptions& options);
void from_json(const Json& json, DeleteFileOptions& options);

struct DeleteFile {
  DocumentUri uri;
  std::optional<DeleteFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const DeleteFile&) const = default;
};
void to_json(Json& json, const DeleteFile& file);
void from_json(const Json& json, DeleteFile& file);

struct ChangeAnnotation {
  std::string label;
  std::optional<bool> needsConfirmation;
  std::optional<std::string> description;

  bool operator==(const ChangeAnnotation&) const = default;
};
void to_json(Json& json, const ChangeAnnotation& annotation);
void from_json(const Json& json, ChangeAnnotation& annotation);

// Applied in order. File operations only for clients that name them in workspaceEdit.resourceOperations.
using DocumentChange = std::variant<CreateFile, RenameFile, DeleteFile, TextDocumentEdit>;

// `documentChanges` only for clients with workspaceEdit.documentChanges; then `changes` stays absent.
struct WorkspaceEdit {
  std::optional<std::map<DocumentUri, std::vector<TextEdit>>> changes;
  std::optional<std::vector<DocumentChange>> documentChanges;
  std::optional<std::map<std::string, ChangeAnnotation>> changeAnnotations;

  bool operator==(const WorkspaceEdit&) const = default;
};
void to_json(Json& json, const WorkspaceEdit& edit);
void from_json(const Json& json, WorkspaceEdit& edit);

// Server to client: workspace/applyEdit.
struct ApplyWorkspaceEditParams {
  std::optional<std::string> label;
  WorkspaceEdit edit;

  bool operator==(const ApplyWorkspaceEditParams&) const = default;
};
void to_json(Json& json, const ApplyWorkspaceEditParams& params);
void from_json(const Json& json, ApplyWorkspaceEditParams& params);

struct ApplyWorkspaceEditResult {
  bool applied = false;
  std::optional<std::string> failureReason;
  std::optional<std::uint32_t> failedChange;

  bool operator==(const ApplyWorkspaceEditResult&) const = default;
};
void to_json(Json& json, const ApplyWorkspaceEditResult& result);
void from_json(const Json& json, ApplyWorkspaceEditResult& result);

}  // namespace refract::protocol
