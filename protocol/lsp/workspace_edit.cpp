#include "protocol/lsp/workspace_edit.h"

#include "protocol/members.h"

namespace refract::protocol {

LSP_STRUCT(TextDocumentEdit, textDocument, edits)

LSP_STRUCT(CreateFileOptions, overwrite, ignoreIfExists)

LSP_STRUCT_OF_KIND(CreateFile, "create", uri, options, annotationId)

LSP_STRUCT(RenameFileOptions, overwrite, ignoreIfExists)

LSP_STRUCT_OF_KIND(RenameFile, "rename", oldUri, newUri, options, annotationId)

LSP_STRUCT(DeleteFileOptions, recursive, ignoreIfNotExists)

LSP_STRUCT_OF_KIND(DeleteFile, "delete", uri, options, annotationId)

LSP_STRUCT(ChangeAnnotation, label, needsConfirmation, description)

LSP_STRUCT(WorkspaceEdit, changes, documentChanges, changeAnnotations)

LSP_STRUCT(ApplyWorkspaceEditParams, label, edit)

LSP_STRUCT(ApplyWorkspaceEditResult, applied, failureReason, failedChange)

}  // namespace refract::protocol
