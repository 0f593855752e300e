// What leads from one place to others: definitions, references, highlights, the relation graph, symbols by name.
#include "protocol/lsp/navigation.h"

#include <algorithm>

#include "features/highlights.h"
#include "features/implementation.h"
#include "features/migration/sql_names.h"
#include "features/navigation.h"
#include "features/relation_graph.h"
#include "features/type_definition.h"
#include "features/workspace_symbols.h"
#include "lsp/pooled.h"
#include "protocol/lsp/call_hierarchy.h"

namespace refract::lsp {
namespace {

using protocol::Result;
using Destination = std::optional<protocol::DefinitionResult>;

// In the client's form. `origin`: the word asked from, in the asking document.
Destination destination(const Scope& scope, const std::vector<features::Definition>& found,
                        std::optional<protocol::Range> origin) {
  if (found.empty()) return std::nullopt;
  if (!scope.client.definition_links) {
    std::vector<protocol::Location> locations;
    for (const features::Definition& one : found) locations.push_back(scope.location(one.selection));
    return locations;
  }
  std::vector<protocol::LocationLink> links;
  for (const features::Definition& one : found) {
    links.push_back({origin, scope.uri(one.target.file), scope.range(one.target), scope.range(one.selection)});
  }
  return links;
}

Destination destination(const Request& request, const std::vector<features::Definition>& found) {
  if (found.empty()) return std::nullopt;
  return destination(request.scope, found, request.scope.range({request.file, found.front().origin}));
}

std::vector<features::Definition> listed(const std::optional<features::Definition>& found) {
  return found ? std::vector<features::Definition>{*found} : std::vector<features::Definition>();
}

protocol::CallHierarchyItem graph_item(const Scope& scope, const schema::Placed& placed, const std::string& detail) {
  protocol::CallHierarchyItem item;
  item.name = std::string(placed->name);
  item.kind = protocol::SymbolKind::class_;
  if (!detail.empty()) item.detail = detail;
  item.uri = scope.uri(placed.file);
  item.range = scope.range(placed.in_file(placed->block->range));
  item.selectionRange = scope.range(placed.in_file(placed->block->name.range));
  return item;
}

std::vector<protocol::Range> ranges_of(const Scope& scope, const std::vector<schema::FileRange>& places) {
  std::vector<protocol::Range> ranges;
  for (const schema::FileRange& at : places) ranges.push_back(scope.range(at));
  return ranges;
}

}  // namespace

void Server::bind_navigation() {
  using Place = protocol::TextDocumentPositionParams;

  bind_pooled<Destination, Place>(
      "textDocument/definition",
      [](const Request& request, const Place& params) -> Result<Destination> {
        return destination(request, listed(features::definition(request.snapshot(), request.at(params.position))));
      },
      [](const SqlRequest& request, const Place& params) -> Result<Destination> {
        const auto symbol =
            features::symbol_in_sql(request.view->snapshot(), request.text.text(), request.at(params.position));
        if (!symbol) return Destination();
        return destination(request.scope(), {features::definition_of(*symbol)},
                           request.range(symbol->referred_from.range));
      });

  bind_pooled<Destination, Place>(
      "textDocument/typeDefinition", [](const Request& request, const Place& params) -> Result<Destination> {
        return destination(request, listed(features::type_definition(request.snapshot(), request.at(params.position))));
      });

  bind_pooled<Destination, Place>(
      "textDocument/implementation", [](const Request& request, const Place& params) -> Result<Destination> {
        return destination(request, features::implementations(request.snapshot(), request.at(params.position)));
      });

  bind_pooled<std::vector<protocol::Location>, protocol::ReferenceParams>(
      "textDocument/references",
      [](const Request& request, const protocol::ReferenceParams& params) -> Result<std::vector<protocol::Location>> {
        std::vector<protocol::Location> locations;
        const auto symbol = features::symbol_at(request.snapshot(), request.at(params.position));
        if (!symbol) return locations;
        for (const auto& at : features::references(request.snapshot(), *symbol, params.context.includeDeclaration)) {
          locations.push_back(request.scope.location(at));
        }
        return locations;
      });

  bind_pooled<std::vector<protocol::DocumentHighlight>, Place>(
      "textDocument/documentHighlight",
      [](const Request& request, const Place& params) -> Result<std::vector<protocol::DocumentHighlight>> {
        std::vector<protocol::DocumentHighlight> highlights;
        for (const auto& found : features::highlights(request.snapshot(), request.at(params.position))) {
          highlights.push_back(
              {request.scope.range({request.file, found.range}), found.kind == features::HighlightKind::declaration
                                                                     ? protocol::DocumentHighlightKind::write
                                                                     : protocol::DocumentHighlightKind::read});
        }
        return highlights;
      });

  using Items = std::optional<std::vector<protocol::CallHierarchyItem>>;
  bind_pooled<Items, Place>(
      "textDocument/prepareCallHierarchy", [](const Request& request, const Place& params) -> Result<Items> {
        const schema::Placed* node = features::graph_node(request.snapshot(), request.at(params.position));
        if (node == nullptr) return Items();
        return Items({graph_item(request.scope, *node, {})});
      });
  bind_calls();

  session_.bind().pooled(
      "workspace/symbol",
      [this](const protocol::RequestContext&, const protocol::WorkspaceSymbolParams& params)
          -> std::function<Result<std::vector<protocol::SymbolInformation>>()> {
        std::vector<Scope> scopes;
        for (auto& view : context_.host.views(workspace::Host::Known::all))
          scopes.push_back({std::move(view), context_.client});
        return [scopes = std::move(scopes), params]() -> Result<std::vector<protocol::SymbolInformation>> {
          std::vector<std::pair<int, protocol::SymbolInformation>> found;
          for (const Scope& scope : scopes) {
            for (auto& symbol : features::workspace_symbols(scope.snapshot(), params.query)) {
              found.emplace_back(symbol.score, to_lsp(scope, symbol));
            }
          }
          // The best of all schemas first, each schema's own order kept.
          std::ranges::stable_sort(found, [](const auto& one, const auto& other) { return one.first > other.first; });
          std::vector<protocol::SymbolInformation> symbols;
          for (auto& [score, symbol] : found) symbols.push_back(std::move(symbol));
          return symbols;
        };
      });
}

void Server::bind_calls() {
  // An item's model is found again by its name: its place may have moved since.
  const auto bind_one = [this]<class Call>(const char* method, auto edges_of, auto make) {
    session_.bind().pooled(
        method,
        [this, edges_of, make](const protocol::RequestContext&, const protocol::CallHierarchyCallsParams& params)
            -> std::function<Result<std::vector<Call>>()> {
          auto request = context_.begin(params.item.uri, Context::Closed::allowed);
          return
              [request = std::move(request), name = params.item.name, edges_of, make]() -> Result<std::vector<Call>> {
                if (!request) return protocol::fail(request.error());
                std::vector<Call> calls;
                const schema::Placed* model = request->snapshot().find(name);
                if (model == nullptr) return calls;
                for (const features::GraphEdge& edge : edges_of(request->snapshot(), *model)) {
                  calls.push_back(make(graph_item(request->scope, *edge.model, edge.detail),
                                       ranges_of(request->scope, edge.fields)));
                }
                return calls;
              };
        });
  };
  bind_one.operator()<protocol::CallHierarchyIncomingCall>(
      "callHierarchy/incomingCalls", features::referring_models,
      [](protocol::CallHierarchyItem from, std::vector<protocol::Range> ranges) {
        return protocol::CallHierarchyIncomingCall{std::move(from), std::move(ranges)};
      });
  bind_one.operator()<protocol::CallHierarchyOutgoingCall>(
      "callHierarchy/outgoingCalls", features::cascading_models,
      [](protocol::CallHierarchyItem to, std::vector<protocol::Range> ranges) {
        return protocol::CallHierarchyOutgoingCall{std::move(to), std::move(ranges)};
      });
}

}  // namespace refract::lsp
