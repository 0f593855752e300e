#include <algorithm>
#include <iterator>

#include "features/code_actions.h"
#include "features/file_moves.h"
#include "features/migration_renames.h"
#include "features/refactoring.h"
#include "lsp/commands.h"
#include "lsp/migration_command.h"
#include "lsp/pooled.h"
#include "protocol/lsp/code_action.h"

namespace refract::lsp {
namespace {

using protocol::Result;

// Kinds are a tree by dots: asking for "source" means "source.refract.migration" too.
bool wanted(const protocol::CodeActionContext& context, std::string_view kind) {
  if (!context.only) return true;
  return std::ranges::any_of(*context.only, [&](const std::string& asked) {
    return asked.empty() || kind == asked || kind.starts_with(asked + ".");
  });
}

void add_quick_fixes(const Request& request, const protocol::CodeActionParams& params,
                     protocol::CodeActionResult& result) {
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  const auto analysis = request.scope.view->shared_analysis();
  for (const features::QuickFix& found : features::quick_fixes(analysis, at)) {
    protocol::CodeAction action;
    action.title = found.fix->title;
    action.kind = protocol::code_action_kind::kQuickFix;
    action.diagnostics = {to_lsp(request.scope, *found.diagnostic)};
    if (found.fix->preferred) action.isPreferred = true;
    action.edit = to_lsp(request.scope, found.fix->edits);
    result.emplace_back(std::move(action));
  }
}

const char* kind_of(features::RefactoringKind kind) {
  switch (kind) {
    case features::RefactoringKind::extract:
      return protocol::code_action_kind::kRefactorExtract;
    case features::RefactoringKind::move:
      return protocol::code_action_kind::kRefactorMove;
    case features::RefactoringKind::inlined:
      return protocol::code_action_kind::kRefactorInline;
    case features::RefactoringKind::rewrite:
      break;
  }
  return protocol::code_action_kind::kRefactorRewrite;
}

void add_refactorings(const Request& request, const protocol::CodeActionParams& params,
                      protocol::CodeActionResult& result) {
  // Editors ask at each move of the cursor for a light bulb, which these are none for.
  if (params.context.triggerKind == protocol::CodeActionTriggerKind::automatic) return;
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  std::vector<features::Refactoring> choices = features::refactorings(request.snapshot(), at);
  const features::NewFiles new_files = request.scope.view->project().new_files;
  std::ranges::move(features::file_moves(request.snapshot(), at, new_files), std::back_inserter(choices));
  for (features::Refactoring& found : choices) {
    if (!wanted(params.context, kind_of(found.kind))) continue;
    if (!found.created.empty() && !request.scope.client.create_files) continue;
    if (!found.deleted.empty() && !request.scope.client.delete_files) continue;
    protocol::CodeAction action;
    action.title = std::move(found.title);
    action.kind = kind_of(found.kind);
    action.edit = to_lsp(request.scope, found);
    result.emplace_back(std::move(action));
  }
}

void add_migration_actions(const Request& request, const std::string& uri, protocol::CodeActionResult& result) {
  const migrate::NextMigration* next = request.scope.view->next_migration();
  if (next == nullptr || next->plan.empty()) return;
  for (const bool generate : {false, true}) {
    const char* title = generate ? "Generate migration…" : "Preview migration";
    protocol::Command command = migration_command(request.scope, generate, title, uri);
    if (!request.scope.client.code_action_literals) {
      result.emplace_back(std::move(command));
      continue;
    }
    protocol::CodeAction action;
    action.title = title;
    action.kind = kMigrationKind;
    action.command = std::move(command);
    result.emplace_back(std::move(action));
  }
}

// Choosing one is a command: it goes into the notes beside the migrations, not into the schema.
void add_rename_actions(const Request& request, const protocol::CodeActionParams& params,
                        protocol::CodeActionResult& result) {
  const migrate::NextMigration* next = request.scope.view->next_migration();
  if (next == nullptr) return;
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  for (features::RenameChoice& choice : features::rename_choices(request.snapshot(), *next, at)) {
    protocol::Command command;
    command.title = choice.title;
    command.command = kRenameCommand;
    command.arguments.emplace().push_back(
        protocol::Json{{"uri", params.textDocument.uri}, {"from", choice.rename.from}, {"to", choice.rename.to}});
    if (!request.scope.client.code_action_literals) {
      result.emplace_back(std::move(command));
      continue;
    }
    protocol::CodeAction action;
    action.title = std::move(choice.title);
    action.kind = protocol::code_action_kind::kQuickFix;
    action.command = std::move(command);
    result.emplace_back(std::move(action));
  }
}

}  // namespace

protocol::Command migration_command(const Scope& scope, bool generate, std::string title, const std::string& uri) {
  protocol::Command command;
  command.title = std::move(title);
  if (scope.client.client_commands) {
    command.command = generate ? kClientGenerateCommand : kClientPreviewCommand;
    command.arguments.emplace().emplace_back(uri);
  } else {
    command.command = generate ? kGenerateCommand : kPreviewCommand;
    command.arguments.emplace().push_back(protocol::Json{{"uri", uri}});
  }
  return command;
}

void Server::bind_actions() {
  bind_pooled<protocol::CodeActionResult, protocol::CodeActionParams>(
      "textDocument/codeAction",
      [](const Request& request, const protocol::CodeActionParams& params) -> Result<protocol::CodeActionResult> {
        protocol::CodeActionResult result;
        // A fix is an edit, which a client that knows only commands cannot apply; so is a refactoring.
        const bool literals = request.scope.client.code_action_literals;
        if (literals && wanted(params.context, protocol::code_action_kind::kQuickFix)) {
          add_quick_fixes(request, params, result);
        }
        if (wanted(params.context, protocol::code_action_kind::kQuickFix)) add_rename_actions(request, params, result);
        if (literals) add_refactorings(request, params, result);
        if (wanted(params.context, kMigrationKind)) add_migration_actions(request, params.textDocument.uri, result);
        return result;
      });
}

}  // namespace refract::lsp
