#include <algorithm>

#include "features/code_actions.h"
#include "features/migration.h"
#include "lsp/commands.h"
#include "lsp/server.h"
#include "protocol/lsp/code_action.h"
#include "protocol/lsp/code_lens.h"

namespace refract::lsp {
namespace {

using protocol::RequestContext;
using protocol::Result;

// Kinds are a tree by dots: asking for "source" means "source.refract.migration" too.
bool wanted(const protocol::CodeActionContext& context, std::string_view kind) {
  if (!context.only) return true;
  return std::ranges::any_of(*context.only, [&](const std::string& asked) {
    return asked.empty() || kind == asked || kind.starts_with(asked + ".");
  });
}

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

void add_quick_fixes(const Request& request, const protocol::CodeActionParams& params,
                     protocol::CodeActionResult& result) {
  const schema::FileRange at{request.file, from_lsp(request.document(), params.range, request.scope.client.encoding)};
  for (const features::QuickFix& found : features::quick_fixes(request.scope.view->analysis(), at)) {
    protocol::CodeAction action;
    action.title = found.fix->title;
    action.kind = protocol::code_action_kind::kQuickFix;
    action.diagnostics = {to_lsp(request.scope, *found.diagnostic)};
    if (found.fix->preferred) action.isPreferred = true;
    action.edit = to_lsp(request.scope, found.fix->edits);
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

std::vector<protocol::CodeLens> migration_lenses(const Request& request, const std::string& uri) {
  std::vector<protocol::CodeLens> lenses;
  const migrate::NextMigration* next = request.scope.view->next_migration();
  if (next == nullptr) return lenses;
  const auto lens = features::migration_lens(request.snapshot(), *next);
  if (!lens || lens->at.file != request.file) return lenses;
  const protocol::Range range = request.scope.range(lens->at);
  if (lens->changes == 0) {
    lenses.push_back({range, protocol::Command{lens->title, "", std::nullopt}, std::nullopt});
    return lenses;
  }
  lenses.push_back(
      {range, migration_command(request.scope, false, lens->title + ": preview migration", uri), std::nullopt});
  lenses.push_back({range, migration_command(request.scope, true, "generate migration", uri), std::nullopt});
  return lenses;
}

}  // namespace

void Server::bind_actions() {
  auto& bind = session_.bind();
  bind.pooled("textDocument/codeAction",
              [this](const RequestContext&,
                     const protocol::CodeActionParams& params) -> std::function<Result<protocol::CodeActionResult>()> {
                return [request = begin(params.textDocument.uri), params]() -> Result<protocol::CodeActionResult> {
                  if (!request) return protocol::fail(request.error());
                  protocol::CodeActionResult result;
                  // A fix is an edit, which a client that knows only commands cannot apply.
                  if (request->scope.client.code_action_literals &&
                      wanted(params.context, protocol::code_action_kind::kQuickFix)) {
                    add_quick_fixes(*request, params, result);
                  }
                  if (wanted(params.context, kMigrationKind))
                    add_migration_actions(*request, params.textDocument.uri, result);
                  return result;
                };
              });

  bind.pooled(
      "textDocument/codeLens",
      [this](const RequestContext&,
             const protocol::TextDocumentParams& params) -> std::function<Result<std::vector<protocol::CodeLens>>()> {
        return [request = begin(params.textDocument.uri),
                uri = params.textDocument.uri]() -> Result<std::vector<protocol::CodeLens>> {
          if (!request) return protocol::fail(request.error());
          return migration_lenses(*request, uri);
        };
      });
}

}  // namespace refract::lsp
