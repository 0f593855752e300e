#include "lsp/convert.h"

#include <fmt/format.h>

#include <iterator>

#include "lsp/uri.h"
#include "protocol/codec.h"
#include "report/diagnostics.h"
#include "report/pages.h"
#include "report/shown.h"

namespace refract::lsp {
namespace {

protocol::CompletionItemKind kind_of(features::CompletionKind kind) {
  using From = features::CompletionKind;
  using To = protocol::CompletionItemKind;
  switch (kind) {
    case From::keyword:
      return To::keyword;
    case From::scalar_type:
      return To::type_parameter;
    case From::model:
      return To::class_;
    case From::enumeration:
      return To::enum_;
    case From::composite_type:
      return To::struct_;
    case From::field:
      return To::field;
    case From::enum_value:
      return To::enum_member;
    case From::attribute:
      return To::property;
    case From::argument:
      return To::property;
    case From::value:
      return To::value;
    case From::function:
      return To::function;
    case From::native_type:
      return To::type_parameter;
    case From::property:
      return To::property;
    case From::snippet:
      return To::snippet;
  }
  return To::text;
}

protocol::SymbolKind kind_of(features::OutlineKind kind) {
  using From = features::OutlineKind;
  using To = protocol::SymbolKind;
  switch (kind) {
    case From::datasource:
      return To::namespace_;
    case From::generator:
      return To::function;
    case From::model:
      return To::class_;
    case From::view:
      return To::class_;
    case From::enumeration:
      return To::enum_;
    case From::composite_type:
      return To::struct_;
    case From::field:
      return To::field;
    case From::enum_value:
      return To::enum_member;
    case From::property:
      return To::property;
    case From::attribute:
      return To::key;
  }
  return To::class_;
}

protocol::TextEdit to_lsp(const Scope& scope, const validation::FileEdit& edit) {
  return {scope.range({edit.file, edit.edit.range}), edit.edit.text, std::nullopt};
}

}  // namespace

protocol::Position to_lsp(const text::Document& document, text::Offset offset, text::Encoding encoding) {
  const text::Position position = document.position_at(offset, encoding);
  return {position.line, position.character};
}

protocol::Range to_lsp(const text::Document& document, text::Range range, text::Encoding encoding) {
  return {to_lsp(document, range.begin, encoding), to_lsp(document, range.end, encoding)};
}

text::Offset from_lsp(const text::Document& document, protocol::Position position, text::Encoding encoding) {
  return document.offset_at({position.line, position.character}, encoding);
}

text::Range from_lsp(const text::Document& document, protocol::Range range, text::Encoding encoding) {
  const text::Offset begin = from_lsp(document, range.start, encoding);
  return {begin, std::max(begin, from_lsp(document, range.end, encoding))};
}

std::string Scope::uri(schema::FileId file) const {
  return client.uris.of(snapshot().files()[file].path);
}

std::optional<std::int32_t> Scope::version(schema::FileId file) const {
  const auto version = view->document_version(snapshot().files()[file].path);
  return version ? std::optional(static_cast<std::int32_t>(*version)) : std::nullopt;
}

protocol::Diagnostic to_lsp(const Scope& scope, const validation::Diagnostic& diagnostic) {
  protocol::Diagnostic out;
  out.range = scope.range(diagnostic.at);
  out.severity = diagnostic.severity == validation::Severity::error ? protocol::DiagnosticSeverity::error
                                                                    : protocol::DiagnosticSeverity::warning;
  out.code = std::string(diagnostic.code);
  if (const auto page = report::pages().path(diagnostic.code)) out.codeDescription = {scope.client.uris.of(*page)};
  out.source = "refract";
  out.message =
      diagnostic.help.empty() ? diagnostic.message : fmt::format("{}\n{}", diagnostic.message, diagnostic.help);
  if (scope.client.related_information && !diagnostic.related.empty()) {
    out.relatedInformation.emplace();
    for (const validation::Related& related : diagnostic.related) {
      out.relatedInformation->push_back({scope.location(related.at), related.message});
    }
  }
  protocol::Json data = report::facts(diagnostic);
  data["code"] = diagnostic.code;
  protocol::Json fixes = protocol::Json::array();
  for (const validation::Fix& fix : diagnostic.fixes) {
    fixes.push_back({{"title", fix.title}, {"edit", protocol::encode(to_lsp(scope, fix.edits))}});
  }
  data["fixes"] = std::move(fixes);
  out.data = std::move(data);
  return out;
}

protocol::Diagnostic left_out_diagnostic(std::size_t count) {
  protocol::Diagnostic out;
  out.severity = protocol::DiagnosticSeverity::information;
  out.source = "refract";
  out.message = report::left_out_text(count);
  return out;
}

protocol::WorkspaceEdit to_lsp(const Scope& scope, const std::vector<validation::FileEdit>& edits) {
  protocol::WorkspaceEdit out;
  std::map<schema::FileId, std::vector<protocol::TextEdit>> by_file;
  for (const validation::FileEdit& edit : edits) by_file[edit.file].push_back(to_lsp(scope, edit));
  if (!scope.client.document_changes) {
    out.changes.emplace();
    for (auto& [file, file_edits] : by_file) (*out.changes)[scope.uri(file)] = std::move(file_edits);
    return out;
  }
  out.documentChanges.emplace();
  for (auto& [file, file_edits] : by_file) {
    protocol::TextDocumentEdit change;
    change.textDocument.uri = scope.uri(file);
    change.textDocument.version = scope.version(file);
    change.edits = std::move(file_edits);
    out.documentChanges->emplace_back(std::move(change));
  }
  return out;
}

protocol::WorkspaceEdit to_lsp(const Scope& scope, const features::Refactoring& refactoring) {
  protocol::WorkspaceEdit out = to_lsp(scope, refactoring.edits);
  if (!out.documentChanges) return out;
  std::vector<protocol::DocumentChange> made;
  for (const features::NewFile& file : refactoring.created) {
    const std::string uri = scope.client.uris.of(file.path);
    made.emplace_back(protocol::CreateFile{.uri = uri, .options = std::nullopt, .annotationId = std::nullopt});
    protocol::TextDocumentEdit content;
    content.textDocument.uri = uri;
    content.edits.push_back({.range = {}, .newText = file.text});
    made.emplace_back(std::move(content));
  }
  out.documentChanges->insert(out.documentChanges->begin(), std::make_move_iterator(made.begin()),
                              std::make_move_iterator(made.end()));
  for (const schema::FileId file : refactoring.deleted) {
    out.documentChanges->emplace_back(
        protocol::DeleteFile{.uri = scope.uri(file), .options = std::nullopt, .annotationId = std::nullopt});
  }
  return out;
}

std::optional<protocol::WorkspaceEdit> to_lsp(const Scope& scope, const workspace::UrlMove& move) {
  protocol::WorkspaceEdit out = to_lsp(scope, move.schema);
  if (move.edits.empty()) return out;
  if (!move.exists && !scope.client.create_files) return std::nullopt;
  const std::string uri = scope.client.uris.of(move.config.string());
  const text::Document before(move.before);
  std::vector<protocol::TextEdit> edits;
  for (const text::Edit& edit : move.edits) {
    edits.push_back({to_lsp(before, edit.range, scope.client.encoding), edit.text, std::nullopt});
  }
  if (out.changes) {
    (*out.changes)[uri] = std::move(edits);
    return out;
  }
  // Before the schema's change: an edit that a client refuses half way leaves the URLs where they are.
  std::vector<protocol::DocumentChange> config;
  if (!move.exists) config.emplace_back(protocol::CreateFile{uri, std::nullopt, std::nullopt});
  protocol::TextDocumentEdit content;
  content.textDocument.uri = uri;
  content.edits = std::move(edits);
  config.emplace_back(std::move(content));
  out.documentChanges->insert(out.documentChanges->begin(), std::make_move_iterator(config.begin()),
                              std::make_move_iterator(config.end()));
  return out;
}

bool add_notes(const ClientSupport& client, const migrate::NotesChange& change, protocol::WorkspaceEdit& edit) {
  const std::string uri = client.uris.of(change.path.string());
  const text::Document before(change.before);
  const protocol::Range all = to_lsp(before, text::Range{0, before.size()}, client.encoding);
  if (edit.changes && change.exists) (*edit.changes)[uri] = {protocol::TextEdit{all, change.after, std::nullopt}};
  std::error_code error;
  const bool may_create = client.create_files && std::filesystem::is_directory(change.path.parent_path(), error);
  if (!edit.documentChanges) return edit.changes && change.exists;
  if (!change.exists && !may_create) return false;
  if (!change.exists) {
    edit.documentChanges->emplace_back(
        protocol::CreateFile{uri, protocol::CreateFileOptions{std::nullopt, true}, std::nullopt});
  }
  protocol::TextDocumentEdit content;
  content.textDocument.uri = uri;
  content.edits.push_back({all, change.after, std::nullopt});
  edit.documentChanges->emplace_back(std::move(content));
  return true;
}

namespace {

// All but what it replaces.
protocol::CompletionItem to_lsp(const Scope& scope, const features::CompletionItem& item) {
  protocol::CompletionItem out;
  out.label = item.label;
  out.kind = kind_of(item.kind);
  if (!item.detail.empty()) out.detail = item.detail;
  if (!item.documentation.empty()) {
    out.documentation = protocol::MarkupContent{
        scope.client.markdown_items ? protocol::markup_kind::kMarkdown : protocol::markup_kind::kPlainText,
        item.documentation};
  }
  if (!item.sort.empty()) out.sortText = item.sort;
  if (item.snippet) out.insertTextFormat = protocol::InsertTextFormat::snippet;
  return out;
}

}  // namespace

protocol::JsonText to_lsp(const Scope& scope, schema::FileId file, const std::vector<features::CompletionItem>& items) {
  protocol::CompletionList list;
  // Nearly always all replace the same: then it is said once, where the client takes that. With the items of a large
  // schema that halves the answer.
  const text::Range shared = items.empty() ? text::Range() : items.front().replace;
  const protocol::Range range = scope.range({file, shared});
  const bool has_shared_range = scope.client.shared_edit_range && !items.empty();
  if (has_shared_range) list.itemDefaults = protocol::CompletionItemDefaults{range};
  return to_text(list, items.size(), [&](std::size_t index) {
    const features::CompletionItem& item = items[index];
    protocol::CompletionItem out = to_lsp(scope, item);
    if (item.replace != shared) {
      out.textEdit = protocol::TextEdit{scope.range({file, item.replace}), item.insert, std::nullopt};
    } else if (!has_shared_range) {
      out.textEdit = protocol::TextEdit{range, item.insert, std::nullopt};
    } else if (item.insert != item.label) {
      out.textEditText = item.insert;
    }
    return out;
  });
}

protocol::DocumentSymbol to_lsp(const Scope& scope, schema::FileId file, const features::OutlineItem& item) {
  protocol::DocumentSymbol out;
  out.name = item.name;
  if (!item.detail.empty()) out.detail = item.detail;
  out.kind = kind_of(item.kind);
  out.range = scope.range({file, item.range});
  out.selectionRange = scope.range({file, item.selection});
  if (!item.children.empty()) {
    out.children.emplace();
    for (const features::OutlineItem& child : item.children) out.children->push_back(to_lsp(scope, file, child));
  }
  return out;
}

protocol::SymbolInformation to_lsp(const Scope& scope, const features::WorkspaceSymbol& symbol) {
  protocol::SymbolInformation out;
  out.name = symbol.name;
  out.kind = kind_of(symbol.kind);
  out.location = scope.location(symbol.at);
  if (!symbol.container.empty()) out.containerName = symbol.container;
  return out;
}

protocol::InlayHint to_lsp(const Scope& scope, schema::FileId file, features::InlayHint hint) {
  protocol::InlayHint out;
  out.position = scope.range({file, {hint.at, hint.at}}).start;
  out.label = std::move(hint.label);
  if (hint.kind == features::HintKind::database_type) out.kind = protocol::InlayHintKind::type;
  out.tooltip = std::move(hint.tooltip);
  out.paddingLeft = true;
  return out;
}

void flatten(const Scope& scope, schema::FileId file, const features::OutlineItem& item, const std::string& container,
             std::vector<protocol::SymbolInformation>& flat) {
  protocol::SymbolInformation out;
  out.name = item.name;
  out.kind = kind_of(item.kind);
  out.location = scope.location({file, item.range});
  if (!container.empty()) out.containerName = container;
  flat.push_back(std::move(out));
  for (const features::OutlineItem& child : item.children) flatten(scope, file, child, item.name, flat);
}

}  // namespace refract::lsp
