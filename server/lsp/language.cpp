#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "features/completion/completion.h"
#include "features/formatting.h"
#include "features/hover.h"
#include "features/migration/migration_renames.h"
#include "features/migration/sql_names.h"
#include "features/on_type_formatting.h"
#include "features/rename.h"
#include "lsp/pooled.h"
#include "protocol/lsp/completion.h"
#include "protocol/lsp/formatting.h"
#include "protocol/lsp/hover.h"
#include "protocol/lsp/rename.h"

namespace refract::lsp {
namespace {

using protocol::Result;

std::optional<protocol::Hover> hover(const ClientSupport& client, std::string markdown, protocol::Range range) {
  protocol::Hover hover;
  hover.contents.kind = client.markdown_hovers ? protocol::markup_kind::kMarkdown : protocol::markup_kind::kPlainText;
  hover.contents.value = std::move(markdown);
  hover.range = range;
  return hover;
}

features::FormattingOptions from_lsp(const Request& request, const protocol::FormattingOptions& options) {
  features::FormattingOptions formatting = workspace::formatting_options(request.settings);
  if (options.tabSize != 0) formatting.tab_size = options.tabSize;
  return formatting;
}

std::vector<protocol::TextEdit> to_lsp(const Request& request, const std::vector<text::Edit>& edits) {
  std::vector<protocol::TextEdit> converted;
  for (const text::Edit& edit : edits) {
    converted.push_back({request.scope.range({request.file, edit.range}), edit.text, std::nullopt});
  }
  return converted;
}

}  // namespace

void Server::bind_language() {
  bind_pooled<protocol::JsonText, protocol::CompletionParams>(
      "textDocument/completion",
      [](const Request& request, const protocol::CompletionParams& params) -> Result<protocol::JsonText> {
        features::CompletionOptions options{request.scope.client.snippets};
        options.environment = *request.scope.view->environment();
        options.database = migrated(*request.scope.view);
        return refract::lsp::to_lsp(request.scope, request.file,
                                    features::completion(request.snapshot(), request.at(params.position), options));
      });

  bind_pooled<std::optional<protocol::Hover>, protocol::TextDocumentPositionParams>(
      "textDocument/hover",
      [](const Request& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::optional<protocol::Hover>> {
        const auto found =
            features::hover(request.snapshot(), request.at(params.position), replayed(*request.scope.view));
        if (!found) return std::optional<protocol::Hover>();
        return hover(request.scope.client, found->markdown, request.scope.range({request.file, found->range}));
      },
      [](const SqlRequest& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::optional<protocol::Hover>> {
        const schema::Snapshot& snapshot = request.view->snapshot();
        const auto symbol = features::symbol_in_sql(snapshot, request.text.text(), request.at(params.position));
        if (!symbol) return std::optional<protocol::Hover>();
        return hover(request.client, features::describe(snapshot, *symbol, replayed(*request.view)),
                     request.range(symbol->referred_from.range));
      });

  bind_pooled<std::vector<protocol::TextEdit>, protocol::DocumentFormattingParams>(
      "textDocument/formatting",
      [this](const Request& request,
             const protocol::DocumentFormattingParams& params) -> Result<std::vector<protocol::TextEdit>> {
        return to_lsp(request, layouts_.format(request, params.textDocument.uri, from_lsp(request, params.options)));
      });

  bind_pooled<std::vector<protocol::TextEdit>, protocol::DocumentRangeFormattingParams>(
      "textDocument/rangeFormatting",
      [](const Request& request,
         const protocol::DocumentRangeFormattingParams& params) -> Result<std::vector<protocol::TextEdit>> {
        const text::Range range = from_lsp(request.document(), params.range, request.scope.client.encoding);
        return to_lsp(request,
                      features::formatting(request.snapshot(), request.file, from_lsp(request, params.options), range));
      });

  bind_pooled<std::vector<protocol::TextEdit>, protocol::DocumentOnTypeFormattingParams>(
      "textDocument/onTypeFormatting",
      [](const Request& request,
         const protocol::DocumentOnTypeFormattingParams& params) -> Result<std::vector<protocol::TextEdit>> {
        const char typed = params.ch.size() == 1 ? params.ch.front() : '\0';
        return to_lsp(request, features::on_type_formatting(*request.snapshot().files()[request.file].syntax,
                                                            request.snapshot().options().version,
                                                            request.at(params.position).offset, typed,
                                                            from_lsp(request, params.options)));
      });

  bind_pooled<std::optional<protocol::PrepareRenameResult>, protocol::TextDocumentPositionParams>(
      "textDocument/prepareRename",
      [](const Request& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::optional<protocol::PrepareRenameResult>> {
        const auto target = features::prepare_rename(request.snapshot(), request.at(params.position));
        if (!target) return std::optional<protocol::PrepareRenameResult>();
        return protocol::PrepareRenameResult{request.scope.range({request.file, target->range}), target->placeholder};
      });

  bind_pooled<std::optional<protocol::WorkspaceEdit>, protocol::RenameParams>(
      "textDocument/rename",
      [](const Request& request,
         const protocol::RenameParams& params) -> Result<std::optional<protocol::WorkspaceEdit>> {
        const auto database_name =
            request.settings.contains("rename.databaseName") && request.settings.at("rename.databaseName") == "follow"
                ? features::DatabaseName::follow
                : features::DatabaseName::keep;
        const migrate::History* history = replayed(*request.scope.view);
        const auto edits =
            features::rename(request.snapshot(), request.at(params.position), params.newName, database_name, history);
        if (!edits) return protocol::fail(protocol::ErrorCode::request_failed, edits.error().message);
        protocol::WorkspaceEdit answer = to_lsp(request.scope, *edits);
        const auto intents = features::rename_intents(request.snapshot(), request.at(params.position), params.newName,
                                                      database_name, history);
        if (!intents) return protocol::fail(protocol::ErrorCode::request_failed, intents.error().message);
        if (intents->empty()) return answer;
        // Nothing is written here: the client may show the edit first, and throw it away.
        const auto noted =
            migrate::with_renames(request.scope.view->project().migrations, *intents, migrated(*request.scope.view));
        if (!noted) return protocol::fail(protocol::ErrorCode::request_failed, noted.error().message);
        const bool added = add_notes(request.scope.client, *noted, answer);
        // No comparison shows that the columns have to be exchanged: without the note the rows would be read wrongly.
        const bool has_migrations = noted->exists || std::filesystem::is_directory(noted->path.parent_path());
        if (!added && has_migrations && std::ranges::any_of(*intents, migrate::is_exchange)) {
          return protocol::fail(
              protocol::ErrorCode::request_failed,
              fmt::format("The rename exchanges columns of a relation table, which {} has to say, and this editor "
                          "cannot create the file by an edit. Create it, with the line [renames], and rename again.",
                          migrate::kRenameNotes));
        }
        return answer;
      });
}

}  // namespace refract::lsp
