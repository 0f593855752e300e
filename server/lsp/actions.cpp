#include <algorithm>
#include <iterator>

#include "features/code_actions.h"
#include "features/fix_all.h"
#include "features/migration/migration_casts.h"
#include "features/migration/migration_renames.h"
#include "features/refactor/file_moves.h"
#include "features/refactor/refactoring.h"
#include "lsp/commands.h"
#include "lsp/migration_command.h"
#include "lsp/pooled.h"
#include "protocol/lsp/code_action.h"
#include "protocol/members.h"

namespace refract::lsp {
namespace {

using protocol::Result;

// Edits with more new text than this, in bytes, are sent when they are chosen, to a client that can ask for them then:
// a menu that offers to sort or split a large file would hold the file several times.
constexpr std::size_t kMaxTextInMenu = 4096;

// Kinds are a tree by dots: asking for "source" means "source.refract.migration" too.
bool wanted(const protocol::CodeActionContext& context, std::string_view kind) {
  if (!context.only) return true;
  return std::ranges::any_of(*context.only, [&](const std::string& asked) {
    return asked.empty() || kind == asked || kind.starts_with(asked + ".");
  });
}

// It changes a file that is none of the schema's, which the fixes of a diagnostic cannot.
void add_url_move(const Request& request, const schema::FileRange& at, protocol::CodeActionResult& result) {
  const validation::Analysis& analysis = request.scope.view->analysis();
  protocol::CodeAction action;
  for (const validation::Diagnostic& diagnostic : analysis.diagnostics()) {
    const bool touched = diagnostic.at.file == at.file && diagnostic.at.range.begin <= at.range.end &&
                         at.range.begin <= diagnostic.at.range.end;
    if (!touched || diagnostic.code != validation::Code("url-removed")) continue;
    if (!action.diagnostics) action.diagnostics.emplace();
    action.diagnostics->push_back(to_lsp(request.scope, diagnostic));
  }
  if (!action.diagnostics) return;
  auto move = workspace::url_move(request.scope.view->project(), analysis);
  if (!move) return;
  action.edit = to_lsp(request.scope, *move);
  if (!action.edit) return;
  action.title = std::move(move->title);
  action.kind = protocol::code_action_kind::kQuickFix;
  action.isPreferred = true;
  result.emplace_back(std::move(action));
}

void add_quick_fixes(const Request& request, const protocol::CodeActionParams& params,
                     protocol::CodeActionResult& result) {
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  add_url_move(request, at, result);
  const auto analysis = request.scope.view->shared_analysis();
  for (const features::QuickFix& found : features::quick_fixes(analysis, at, replayed(*request.scope.view))) {
    protocol::CodeAction action;
    action.title = found.fix->title;
    action.kind = protocol::code_action_kind::kQuickFix;
    action.diagnostics = {to_lsp(request.scope, *found.diagnostic)};
    if (found.fix->preferred) action.isPreferred = true;
    action.edit = to_lsp(request.scope, found.fix->edits);
    result.emplace_back(std::move(action));
  }
}

// To a client that asks for it, for example at each save.
void add_fix_all(const Request& request, const protocol::CodeActionParams& params, protocol::CodeActionResult& result) {
  if (!params.context.only) return;
  const std::vector<text::Edit> edits =
      features::fix_all(request.scope.view->shared_analysis(), request.file,
                        workspace::formatting_options(request.settings).add_relations);
  if (edits.empty()) return;
  std::vector<validation::FileEdit> of_file;
  for (const text::Edit& edit : edits) of_file.push_back({request.file, edit});
  protocol::CodeAction action;
  action.title = "Fix all auto-fixable problems";
  action.kind = kFixAllKind;
  action.edit = to_lsp(request.scope, of_file);
  result.emplace_back(std::move(action));
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

// Those that the client can carry out.
std::vector<features::Refactoring> refactorings_at(const Request& request, const protocol::Range& range) {
  const ClientSupport& client = request.scope.client;
  const schema::FileRange at{request.file, from_lsp(request.document(), range, client.encoding)};
  std::vector<features::Refactoring> choices = features::refactorings(request.snapshot(), at);
  const features::NewFiles new_files = request.scope.view->project().new_files;
  std::ranges::move(features::file_moves(request.snapshot(), at, new_files), std::back_inserter(choices));
  std::erase_if(choices, [&](const features::Refactoring& one) {
    return (!one.created.empty() && !client.create_files) || (!one.deleted.empty() && !client.delete_files);
  });
  return choices;
}

std::size_t new_text_of(const features::Refactoring& refactoring) {
  std::size_t bytes = 0;
  for (const validation::FileEdit& edit : refactoring.edits) bytes += edit.edit.text.size();
  for (const features::NewFile& file : refactoring.created) bytes += file.text.size();
  return bytes;
}

// What the edit of a code action is made from, if its `data` is sent in its place.
struct DeferredEdit {
  protocol::OptionalVersionedTextDocumentIdentifier document;  // as it was when the menu opened
  protocol::Range range;
};
LSP_STRUCT(DeferredEdit, document, range)

void add_refactorings(const Request& request, const protocol::CodeActionParams& params,
                      protocol::CodeActionResult& result) {
  // Editors ask at each move of the cursor for a light bulb, which these are none for.
  if (params.context.triggerKind == protocol::CodeActionTriggerKind::automatic) return;
  for (features::Refactoring& found : refactorings_at(request, params.range)) {
    if (!wanted(params.context, kind_of(found.kind))) continue;
    protocol::CodeAction action;
    if (request.scope.client.resolves_edits && new_text_of(found) > kMaxTextInMenu) {
      action.data =
          protocol::encode(DeferredEdit{{params.textDocument.uri, request.scope.version(request.file)}, params.range});
    } else {
      action.edit = to_lsp(request.scope, found);
    }
    action.title = std::move(found.title);
    action.kind = kind_of(found.kind);
    result.emplace_back(std::move(action));
  }
}

// Errors: content_modified, where the document is no longer what the menu was made for.
Result<protocol::CodeAction> with_edit(const Request& request, const DeferredEdit& deferred,
                                       protocol::CodeAction action) {
  if (request.scope.version(request.file) == deferred.document.version) {
    for (const features::Refactoring& found : refactorings_at(request, deferred.range)) {
      if (found.title != action.title) continue;
      action.edit = to_lsp(request.scope, found);
      return action;
    }
  }
  return protocol::fail(protocol::ErrorCode::content_modified,
                        "the schema was edited since the actions were listed; list them again");
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

void add_command(const Request& request, protocol::Command command, protocol::CodeActionResult& result) {
  if (!request.scope.client.code_action_literals) {
    result.emplace_back(std::move(command));
    return;
  }
  protocol::CodeAction action;
  action.title = command.title;
  action.kind = protocol::code_action_kind::kQuickFix;
  action.command = std::move(command);
  result.emplace_back(std::move(action));
}

// Choosing a rename or a cast is a command: it goes into the notes beside the migrations, not into the schema.
void add_choices(const Request& request, const protocol::CodeActionParams& params, protocol::CodeActionResult& result) {
  const migrate::NextMigration* next = request.scope.view->next_migration();
  if (next == nullptr) return;
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  for (features::RenameChoice& choice : features::rename_choices(request.snapshot(), *next, at)) {
    protocol::Command command;
    command.title = std::move(choice.title);
    command.command = kRenameCommand;
    command.arguments.emplace().push_back(
        protocol::Json{{"uri", params.textDocument.uri}, {"from", choice.rename.from}, {"to", choice.rename.to}});
    add_command(request, std::move(command), result);
  }
  for (features::CastChoice& choice : features::cast_choices(request.snapshot(), *next, at)) {
    protocol::Command command;
    command.title = std::move(choice.title);
    command.command = kCastCommand;
    command.arguments.emplace().push_back(
        protocol::Json{{"uri", params.textDocument.uri}, {"column", std::move(choice.column)}});
    add_command(request, std::move(command), result);
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
        if (literals && wanted(params.context, kFixAllKind)) add_fix_all(request, params, result);
        if (wanted(params.context, protocol::code_action_kind::kQuickFix)) add_choices(request, params, result);
        if (literals) add_refactorings(request, params, result);
        if (wanted(params.context, kMigrationKind)) add_migration_actions(request, params.textDocument.uri, result);
        return result;
      });
  session_.bind().pooled("codeAction/resolve",
                         [this](const protocol::RequestContext&,
                                const protocol::CodeAction& action) -> std::function<Result<protocol::CodeAction>()> {
                           // Nothing was left out.
                           if (!action.data) return [action]() -> Result<protocol::CodeAction> { return action; };
                           const auto deferred = protocol::decode<DeferredEdit>(*action.data);
                           return [asked = context_.begin(deferred.document.uri), deferred,
                                   action]() -> Result<protocol::CodeAction> {
                             if (!asked) return protocol::fail(asked.error());
                             return with_edit(*asked, deferred, action);
                           };
                         });
}

}  // namespace refract::lsp
