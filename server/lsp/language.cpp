#include "features/completion.h"
#include "features/formatting.h"
#include "features/hover.h"
#include "features/navigation.h"
#include "features/rename.h"
#include "features/symbols.h"
#include "lsp/server.h"
#include "protocol/lsp/completion.h"
#include "protocol/lsp/formatting.h"
#include "protocol/lsp/hover.h"
#include "protocol/lsp/navigation.h"
#include "protocol/lsp/rename.h"
#include "protocol/lsp/symbols.h"

namespace refract::lsp {
namespace {

using protocol::RequestContext;
using protocol::Result;

// Binds a request that is answered on the pool from the snapshot of its arrival:
// compute(const Request&, const Params&) -> Result<R>.
template <class R, class Params, class Begin, class Compute>
void bind_pooled(protocol::Bindings& bind, const char* method, Begin begin, Compute compute) {
  bind.pooled(method, [begin, compute](const RequestContext&, const Params& params) -> std::function<Result<R>()> {
    auto request = begin(params.textDocument.uri);
    return [request = std::move(request), params, compute]() -> Result<R> {
      if (!request) return protocol::fail(request.error());
      return compute(*request, params);
    };
  });
}

std::vector<protocol::TextEdit> format(const Request& request, const protocol::FormattingOptions& options,
                                       std::optional<text::Range> only) {
  std::vector<protocol::TextEdit> edits;
  const features::FormattingOptions wanted{options.tabSize == 0 ? 2 : options.tabSize};
  for (const text::Edit& edit : features::formatting(request.snapshot(), request.file, wanted, only)) {
    edits.push_back({request.scope.range({request.file, edit.range}), edit.text, std::nullopt});
  }
  return edits;
}

std::optional<protocol::DefinitionResult> find_definition(const Request& request, protocol::Position position) {
  const auto found = features::definition(request.snapshot(), request.at(position));
  if (!found) return std::nullopt;
  if (!request.scope.client.definition_links) {
    return std::vector<protocol::Location>{request.scope.location(found->selection)};
  }
  protocol::LocationLink link;
  link.originSelectionRange = request.scope.range({request.file, found->origin});
  link.targetUri = request.scope.uri(found->target.file);
  link.targetRange = request.scope.range(found->target);
  link.targetSelectionRange = request.scope.range(found->selection);
  return std::vector<protocol::LocationLink>{link};
}

std::vector<schema::FileRange> find_references(const Request& request, protocol::Position position,
                                               bool with_declaration) {
  const auto symbol = features::symbol_at(request.snapshot(), request.at(position));
  if (!symbol) return {};
  return features::references(request.snapshot(), *symbol, with_declaration);
}

protocol::DocumentSymbolResult find_symbols(const Request& request) {
  const auto outline = features::document_symbols(request.snapshot(), request.file);
  if (request.scope.client.hierarchical_symbols) {
    std::vector<protocol::DocumentSymbol> symbols;
    for (const features::OutlineItem& item : outline) symbols.push_back(to_lsp(request.scope, request.file, item));
    return symbols;
  }
  std::vector<protocol::SymbolInformation> flat;
  for (const features::OutlineItem& item : outline) flatten(request.scope, request.file, item, "", flat);
  return flat;
}

}  // namespace

void Server::bind_language() {
  auto& bind = session_.bind();
  const auto from = [this](const std::string& uri) { return begin(uri); };

  bind_pooled<protocol::CompletionList, protocol::CompletionParams>(
      bind, "textDocument/completion", from,
      [](const Request& request, const protocol::CompletionParams& params) -> Result<protocol::CompletionList> {
        protocol::CompletionList list;
        const features::CompletionOptions options{request.scope.client.snippets};
        const auto items = features::completion(request.snapshot(), request.at(params.position), options);
        list.items.reserve(items.size());
        for (const auto& item : items) {
          list.items.push_back(to_lsp(request.scope, request.file, item));
        }
        return list;
      });

  bind_pooled<std::optional<protocol::Hover>, protocol::TextDocumentPositionParams>(
      bind, "textDocument/hover", from,
      [](const Request& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::optional<protocol::Hover>> {
        const auto found = features::hover(request.snapshot(), request.at(params.position));
        if (!found) return std::optional<protocol::Hover>();
        protocol::Hover hover;
        hover.contents.kind =
            request.scope.client.markdown ? protocol::markup_kind::kMarkdown : protocol::markup_kind::kPlainText;
        hover.contents.value = found->markdown;
        hover.range = request.scope.range({request.file, found->range});
        return std::optional(std::move(hover));
      });

  bind_pooled<std::optional<protocol::DefinitionResult>, protocol::TextDocumentPositionParams>(
      bind, "textDocument/definition", from,
      [](const Request& request, const protocol::TextDocumentPositionParams& params)
          -> Result<std::optional<protocol::DefinitionResult>> { return find_definition(request, params.position); });

  bind_pooled<std::vector<protocol::Location>, protocol::ReferenceParams>(
      bind, "textDocument/references", from,
      [](const Request& request, const protocol::ReferenceParams& params) -> Result<std::vector<protocol::Location>> {
        std::vector<protocol::Location> locations;
        for (const auto& at : find_references(request, params.position, params.context.includeDeclaration)) {
          locations.push_back(request.scope.location(at));
        }
        return locations;
      });

  bind_pooled<std::vector<protocol::DocumentHighlight>, protocol::TextDocumentPositionParams>(
      bind, "textDocument/documentHighlight", from,
      [](const Request& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::vector<protocol::DocumentHighlight>> {
        std::vector<protocol::DocumentHighlight> highlights;
        for (const auto& at : find_references(request, params.position, true)) {
          if (at.file != request.file) continue;
          highlights.push_back({request.scope.range(at), protocol::DocumentHighlightKind::text});
        }
        return highlights;
      });

  bind_pooled<protocol::DocumentSymbolResult, protocol::TextDocumentParams>(
      bind, "textDocument/documentSymbol", from,
      [](const Request& request, const protocol::TextDocumentParams&) -> Result<protocol::DocumentSymbolResult> {
        return find_symbols(request);
      });

  bind_pooled<std::vector<protocol::TextEdit>, protocol::DocumentFormattingParams>(
      bind, "textDocument/formatting", from,
      [](const Request& request, const protocol::DocumentFormattingParams& params)
          -> Result<std::vector<protocol::TextEdit>> { return format(request, params.options, std::nullopt); });

  bind_pooled<std::vector<protocol::TextEdit>, protocol::DocumentRangeFormattingParams>(
      bind, "textDocument/rangeFormatting", from,
      [](const Request& request,
         const protocol::DocumentRangeFormattingParams& params) -> Result<std::vector<protocol::TextEdit>> {
        return format(request, params.options,
                      from_lsp(request.document(), params.range, request.scope.client.encoding));
      });

  bind_pooled<std::optional<protocol::PrepareRenameResult>, protocol::TextDocumentPositionParams>(
      bind, "textDocument/prepareRename", from,
      [](const Request& request,
         const protocol::TextDocumentPositionParams& params) -> Result<std::optional<protocol::PrepareRenameResult>> {
        const auto target = features::prepare_rename(request.snapshot(), request.at(params.position));
        if (!target) return std::optional<protocol::PrepareRenameResult>();
        return protocol::PrepareRenameResult{request.scope.range({request.file, target->range}), target->placeholder};
      });

  bind_pooled<std::optional<protocol::WorkspaceEdit>, protocol::RenameParams>(
      bind, "textDocument/rename", from,
      [](const Request& request,
         const protocol::RenameParams& params) -> Result<std::optional<protocol::WorkspaceEdit>> {
        const auto edits = features::rename(request.snapshot(), request.at(params.position), params.newName);
        if (!edits) return protocol::fail(protocol::ErrorCode::request_failed, edits.error().message);
        return to_lsp(request.scope, *edits);
      });
}

}  // namespace refract::lsp
