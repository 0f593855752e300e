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
LSP_JSON(TextDocumentEdit)

struct CreateFileOptions {
  std::optional<bool> overwrite;
  std::optional<bool> ignoreIfExists;

  bool operator==(const CreateFileOptions&) const = default;
};
LSP_JSON(CreateFileOptions)

struct CreateFile {
  DocumentUri uri;
  std::optional<CreateFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const CreateFile&) const = default;
};
LSP_JSON(CreateFile)

struct RenameFileOptions {
  std::optional<bool> overwrite;
  std::optional<bool> ignoreIfExists;

  bool operator==(const RenameFileOptions&) const = default;
};
LSP_JSON(RenameFileOptions)

struct RenameFile {
  DocumentUri oldUri;
  DocumentUri newUri;
  std::optional<RenameFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const RenameFile&) const = default;
};
LSP_JSON(RenameFile)

struct DeleteFileOptions {
  std::optional<bool> recursive;
  std::optional<bool> ignoreIfNotExists;

  bool operator==(const DeleteFileOptions&) const = default;
};
LSP_JSON(DeleteFileOptions)

struct DeleteFile {
  DocumentUri uri;
  std::optional<DeleteFileOptions> options;
  std::optional<std::string> annotationId;

  bool operator==(const DeleteFile&) const = default;
};
LSP_JSON(DeleteFile)

struct ChangeAnnotation {
  std::string label;
  std::optional<bool> needsConfirmation;
  std::optional<std::string> description;

  bool operator==(const ChangeAnnotation&) const = default;
};
LSP_JSON(ChangeAnnotation)

// Applied in order. File operations only for clients that name them in workspaceEdit.resourceOperations.
using DocumentChange = std::variant<CreateFile, RenameFile, DeleteFile, TextDocumentEdit>;

// `documentChanges` only for clients with workspaceEdit.documentChanges; then `changes` stays absent.
struct WorkspaceEdit {
  std::optional<std::map<DocumentUri, std::vector<TextEdit>>> changes;
  std::optional<std::vector<DocumentChange>> documentChanges;
  std::optional<std::map<std::string, ChangeAnnotation>> changeAnnotations;

  bool operator==(const WorkspaceEdit&) const = default;
};
LSP_JSON(WorkspaceEdit)

// Server to client: workspace/applyEdit.
struct ApplyWorkspaceEditParams {
  std::optional<std::string> label;
  WorkspaceEdit edit;

  bool operator==(const ApplyWorkspaceEditParams&) const = default;
};
LSP_JSON(ApplyWorkspaceEditParams)

struct ApplyWorkspaceEditResult {
  bool applied = false;
  std::optional<std::string> failureReason;
  std::optional<std::uint32_t> failedChange;

  bool operator==(const ApplyWorkspaceEditResult&) const = default;
};
LSP_JSON(ApplyWorkspaceEditResult)

}  // namespace refract::protocol
