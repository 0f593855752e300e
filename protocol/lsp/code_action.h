#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"
#include "protocol/lsp/diagnostics.h"
#include "protocol/lsp/workspace_edit.h"

// LSP 3.17 "Code Action" and codeAction/resolve (CodeAction in, CodeAction out).

namespace refract::protocol {

namespace code_action_kind {
inline constexpr const char* kQuickFix = "quickfix";
inline constexpr const char* kRefactorExtract = "refactor.extract";
inline constexpr const char* kRefactorInline = "refactor.inline";
inline constexpr const char* kRefactorMove = "refactor.move";  // 3.18; older clients file it under "refactor"
inline constexpr const char* kRefactorRewrite = "refactor.rewrite";
}  // namespace code_action_kind

enum class CodeActionTriggerKind : int { invoked = 1, automatic = 2 };

struct CodeActionContext {
  std::vector<Diagnostic> diagnostics;
  std::optional<std::vector<std::string>> only;  // kinds; "refactor" asks for "refactor.extract" too
  std::optional<CodeActionTriggerKind> triggerKind;

  bool operator==(const CodeActionContext&) const = default;
};
LSP_JSON(CodeActionContext)

struct CodeActionParams {
  TextDocumentIdentifier textDocument;
  Range range;
  CodeActionContext context;

  bool operator==(const CodeActionParams&) const = default;
};
LSP_JSON(CodeActionParams)

struct CodeActionDisabled {
  std::string reason;

  bool operator==(const CodeActionDisabled&) const = default;
};
LSP_JSON(CodeActionDisabled)

// With `edit` and `command` both, the client applies the edit first.
struct CodeAction {
  std::string title;
  std::optional<std::string> kind;
  std::optional<std::vector<Diagnostic>> diagnostics;
  std::optional<bool> isPreferred;
  std::optional<CodeActionDisabled> disabled;
  std::optional<WorkspaceEdit> edit;
  std::optional<Command> command;
  std::optional<Json> data;

  bool operator==(const CodeAction&) const = default;
};
LSP_JSON(CodeAction)

// Command alone is for clients without codeActionLiteralSupport.
using CodeActionResult = std::vector<std::variant<Command, CodeAction>>;

}  // namespace refract::protocol
