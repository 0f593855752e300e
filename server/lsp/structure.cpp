// What shows a document's structure and what it does not state: outline, folding, selection, hints, links.
#include <algorithm>

#include "features/document_links.h"
#include "features/folding.h"
#include "features/inlay_hints.h"
#include "features/linked_editing.h"
#include "features/selection_ranges.h"
#include "features/signature_help.h"
#include "lsp/pooled.h"
#include "protocol/lsp/document_link.h"
#include "protocol/lsp/folding.h"
#include "protocol/lsp/inlay_hint.h"
#include "protocol/lsp/linked_editing.h"
#include "protocol/lsp/selection_range.h"
#include "protocol/lsp/signature_help.h"
#include "workspace/dotenv.h"

namespace refract::lsp {
namespace {

using protocol::Result;

std::vector<protocol::FoldingRange> find_folds(const Request& request) {
  std::vector<protocol::FoldingRange> ranges;
  for (const features::Fold& fold : features::folds(request.snapshot(), request.file)) {
    protocol::FoldingRange range;
    range.startLine = fold.first;
    range.endLine = fold.last;
    if (fold.kind == features::FoldKind::comment) range.kind = protocol::folding_range_kind::kComment;
    if (fold.kind == features::FoldKind::region) range.kind = protocol::folding_range_kind::kRegion;
    ranges.push_back(std::move(range));
  }
  return ranges;
}

std::vector<protocol::SelectionRange> find_selections(const Request& request,
                                                      const std::vector<protocol::Position>& positions) {
  std::vector<protocol::SelectionRange> selections;
  for (const protocol::Position& position : positions) {
    protocol::SelectionRange selection;
    for (const text::Range& range : features::selection_ranges(request.snapshot(), request.at(position))) {
      selection.chain.push_back(request.scope.range({request.file, range}));
    }
    selections.push_back(std::move(selection));
  }
  return selections;
}

std::optional<protocol::LinkedEditingRanges> find_linked(const Request& request, protocol::Position position) {
  const auto linked = features::linked_ranges(request.snapshot(), request.at(position));
  if (linked.empty()) return std::nullopt;
  protocol::LinkedEditingRanges ranges;
  for (const text::Range& range : linked) ranges.ranges.push_back(request.scope.range({request.file, range}));
  ranges.wordPattern = features::kRelationNamePattern;
  return ranges;
}

std::optional<protocol::MarkupContent> signature_markup(const Scope& scope, const std::string& markdown) {
  if (markdown.empty()) return std::nullopt;
  return protocol::MarkupContent{
      scope.client.markdown_signatures ? protocol::markup_kind::kMarkdown : protocol::markup_kind::kPlainText,
      markdown};
}

std::optional<protocol::SignatureHelp> find_signature(const Request& request, protocol::Position position) {
  const auto found = features::signature_help(request.snapshot(), request.at(position));
  if (!found) return std::nullopt;
  protocol::SignatureInformation signature;
  signature.label = found->label;
  signature.documentation = signature_markup(request.scope, found->documentation);
  signature.parameters.emplace();
  for (const features::Parameter& parameter : found->parameters) {
    signature.parameters->push_back({parameter.label, signature_markup(request.scope, parameter.documentation)});
  }
  protocol::SignatureHelp help;
  help.activeSignature = 0;
  // LSP 3.17: absent or out of range means the first parameter. Clients highlight none for an index past the last.
  help.activeParameter = static_cast<std::uint32_t>(found->active.value_or(found->parameters.size()));
  help.signatures.push_back(std::move(signature));
  return help;
}

// What the .env files of the project set, the file that counts first.
std::vector<features::EnvironmentPlace> environment_of(const workspace::Project& project) {
  std::vector<features::EnvironmentPlace> places;
  for (const auto& files : {workspace::environment_files(project), workspace::outer_environment_files(project)}) {
    for (const std::filesystem::path& file : files) {
      auto variables = workspace::read_dotenv(file);
      // Of two lines for one name the last one counts.
      std::ranges::reverse(variables);
      for (auto& variable : variables) places.push_back({std::move(variable.name), file.string(), variable.line});
    }
  }
  return places;
}

std::vector<protocol::DocumentLink> find_links(const Request& request) {
  const workspace::ProjectSnapshot& view = *request.scope.view;
  std::optional<features::MigrationPlace> newest;
  if (const auto& history = view.history(); history && *history && !(*history)->migrations.empty()) {
    const migrate::Migration& last = (*history)->migrations.back();
    newest = features::MigrationPlace{last.name, last.sql_path};
  }
  std::vector<protocol::DocumentLink> links;
  for (const auto& found :
       features::document_links(request.snapshot(), request.file, environment_of(view.project()), newest)) {
    protocol::DocumentLink link;
    link.range = request.scope.range({request.file, found.range});
    link.target = request.scope.client.uris.of(found.path);
    // Editors count the lines of a fragment from 1.
    if (found.line) *link.target += "#L" + std::to_string(*found.line + 1);
    link.tooltip = found.tooltip;
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace

void Server::bind_structure() {
  using Whole = protocol::TextDocumentParams;
  using Place = protocol::TextDocumentPositionParams;

  bind_pooled<protocol::JsonText, Whole>(
      "textDocument/documentSymbol",
      [this](const Request& request, const Whole& params) -> Result<protocol::JsonText> {
        return symbols_.answer(request, params.textDocument.uri);
      },
      [](const SqlRequest&, const Whole&) -> Result<protocol::JsonText> { return protocol::JsonText{"[]"}; });

  bind_pooled<std::vector<protocol::FoldingRange>, Whole>(
      "textDocument/foldingRange",
      [](const Request& request, const Whole&) -> Result<std::vector<protocol::FoldingRange>> {
        return find_folds(request);
      });

  bind_pooled<std::vector<protocol::SelectionRange>, protocol::SelectionRangeParams>(
      "textDocument/selectionRange",
      [](const Request& request, const protocol::SelectionRangeParams& params)
          -> Result<std::vector<protocol::SelectionRange>> { return find_selections(request, params.positions); });

  bind_pooled<std::optional<protocol::LinkedEditingRanges>, Place>(
      "textDocument/linkedEditingRange",
      [](const Request& request, const Place& params) -> Result<std::optional<protocol::LinkedEditingRanges>> {
        return find_linked(request, params.position);
      });

  bind_pooled<std::optional<protocol::SignatureHelp>, Place>(
      "textDocument/signatureHelp",
      [](const Request& request, const Place& params) -> Result<std::optional<protocol::SignatureHelp>> {
        return find_signature(request, params.position);
      });

  bind_pooled<std::vector<protocol::DocumentLink>, Whole>(
      "textDocument/documentLink",
      [](const Request& request, const Whole&) -> Result<std::vector<protocol::DocumentLink>> {
        return find_links(request);
      });

  bind_pooled<std::vector<protocol::InlayHint>, protocol::InlayHintParams>(
      "textDocument/inlayHint",
      [](const Request& request, const protocol::InlayHintParams& params) -> Result<std::vector<protocol::InlayHint>> {
        std::vector<protocol::InlayHint> hints;
        const text::Range range = from_lsp(request.document(), params.range, request.scope.client.encoding);
        for (auto& found : features::inlay_hints(request.snapshot(), request.file, range, request.display().hints)) {
          hints.push_back(to_lsp(request.scope, request.file, std::move(found)));
        }
        return hints;
      });
}

}  // namespace refract::lsp
