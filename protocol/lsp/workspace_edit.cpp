#include "protocol/lsp/workspace_edit.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const TextDocumentEdit& edit) {
  write(json, "textDocument", edit.textDocument);
  write(json, "edits", edit.edits);
}

void from_json(const Json& json, TextDocumentEdit& edit) {
  read(json, "textDocument", edit.textDocument);
  read(json, "edits", edit.edits);
}

void to_json(Json& json, const CreateFileOptions& options) {
  write(json, "overwrite", options.overwrite);
  write(json, "ignoreIfExists", options.ignoreIfExists);
}

void from_json(const Json& json, CreateFileOptions& options) {
  read(json, "overwrite", options.overwrite);
  read(json, "ignoreIfExists", options.ignoreIfExists);
}

void to_json(Json& json, const CreateFile& file) {
  json["kind"] = "create";
  write(json, "uri", file.uri);
  write(json, "options", file.options);
  write(json, "annotationId", file.annotationId);
}

void from_json(const Json& json, CreateFile& file) {
  read_constant(json, "kind", "create");
  read(json, "uri", file.uri);
  read(json, "options", file.options);
  read(json, "annotationId", file.annotationId);
}

void to_json(Json& json, const RenameFileOptions& options) {
  write(json, "overwrite", options.overwrite);
  write(json, "ignoreIfExists", options.ignoreIfExists);
}

void from_json(const Json& json, RenameFileOptions& options) {
  read(json, "overwrite", options.overwrite);
  read(json, "ignoreIfExists", options.ignoreIfExists);
}

void to_json(Json& json, const RenameFile& file) {
  json["kind"] = "rename";
  write(json, "oldUri", file.oldUri);
  write(json, "newUri", file.newUri);
  write(json, "options", file.options);
  write(json, "annotationId", file.annotationId);
}

void from_json(const Json& json, RenameFile& file) {
  read_constant(json, "kind", "rename");
  read(json, "oldUri", file.oldUri);
  read(json, "newUri", file.newUri);
  read(json, "options", file.options);
  read(json, "annotationId", file.annotationId);
}

void to_json(Json& json, const DeleteFileOptions& options) {
  write(json, "recursive", options.recursive);
  write(json, "ignoreIfNotExists", options.ignoreIfNotExists);
}

void from_json(const Json& json, DeleteFileOptions& options) {
  read(json, "recursive", options.recursive);
  read(json, "ignoreIfNotExists", options.ignoreIfNotExists);
}

void to_json(Json& json, const DeleteFile& file) {
  json["kind"] = "delete";
  write(json, "uri", file.uri);
  write(json, "options", file.options);
  write(json, "annotationId", file.annotationId);
}

void from_json(const Json& json, DeleteFile& file) {
  read_constant(json, "kind", "delete");
  read(json, "uri", file.uri);
  read(json, "options", file.options);
  read(json, "annotationId", file.annotationId);
}

void to_json(Json& json, const ChangeAnnotation& annotation) {
  write(json, "label", annotation.label);
  write(json, "needsConfirmation", annotation.needsConfirmation);
  write(json, "description", annotation.description);
}

void from_json(const Json& json, ChangeAnnotation& annotation) {
  read(json, "label", annotation.label);
  read(json, "needsConfirmation", annotation.needsConfirmation);
  read(json, "description", annotation.description);
}

void to_json(Json& json, const WorkspaceEdit& edit) {
  write(json, "changes", edit.changes);
  write(json, "documentChanges", edit.documentChanges);
  write(json, "changeAnnotations", edit.changeAnnotations);
}

void from_json(const Json& json, WorkspaceEdit& edit) {
  read(json, "changes", edit.changes);
  read(json, "documentChanges", edit.documentChanges);
  read(json, "changeAnnotations", edit.changeAnnotations);
}

void to_json(Json& json, const ApplyWorkspaceEditParams& params) {
  write(json, "label", params.label);
  write(json, "edit", params.edit);
}

void from_json(const Json& json, ApplyWorkspaceEditParams& params) {
  read(json, "label", params.label);
  read(json, "edit", params.edit);
}

void to_json(Json& json, const ApplyWorkspaceEditResult& result) {
  write(json, "applied", result.applied);
  write(json, "failureReason", result.failureReason);
  write(json, "failedChange", result.failedChange);
}

void from_json(const Json& json, ApplyWorkspaceEditResult& result) {
  read(json, "applied", result.applied);
  read(json, "failureReason", result.failureReason);
  read(json, "failedChange", result.failedChange);
}

}  // namespace refract::protocol
