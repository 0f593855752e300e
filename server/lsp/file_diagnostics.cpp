#include "lsp/file_diagnostics.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>

#include "features/external_declarations.h"
#include "features/rejections.h"
#include "lsp/uri.h"
#include "protocol/text_codec.h"
#include "report/shown.h"

namespace refract::lsp {
namespace {

std::string id_of(const std::string& text) {
  return fmt::format("{:x}", std::hash<std::string>()(text));
}

// An id is that of a file's own diagnostics and, after a dot, that of its schema's other files.
std::string_view own_part(std::string_view id) {
  return id.substr(0, id.find('.'));
}

protocol::DiagnosticReport report_of(const FileDiagnostics& diagnostics, std::string_view previous) {
  protocol::DiagnosticReport report{diagnostics.result_id(), std::nullopt};
  if (own_part(previous) != *report.resultId) report.items = diagnostics.items;
  return report;
}

// Clients show such text faded. It is no problem, so that `check` does not report it.
protocol::Diagnostic external_hint(const Scope& scope, const features::ExternalDeclaration& external) {
  protocol::Diagnostic hint;
  hint.range = scope.range(external.at);
  hint.severity = protocol::DiagnosticSeverity::hint;
  hint.source = "refract";
  hint.message = external.message;
  hint.tags = {protocol::DiagnosticTag::unnecessary};
  return hint;
}

std::optional<FileDiagnostics> settings_diagnostics(const Scope& scope) {
  const workspace::ProjectSettings& settings = scope.view->project().settings;
  if (settings.file.empty()) return std::nullopt;
  std::vector<protocol::Diagnostic> items;
  const text::Document document(settings.text);
  for (const workspace::SettingsProblem& problem : settings.problems) {
    protocol::Diagnostic item;
    item.range = to_lsp(document, problem.range, scope.client.encoding);
    item.severity = protocol::DiagnosticSeverity::warning;
    item.source = "refract";
    item.message = problem.message + '\n' + problem.help;
    items.push_back(std::move(item));
  }
  FileDiagnostics found = file_diagnostics(scope.client.uris.of(settings.file.string()), std::nullopt, items);
  found.never_asked_for = true;
  return found;
}

}  // namespace

std::string FileDiagnostics::content_id() const {
  return id_of(items.text);
}

std::string FileDiagnostics::result_id() const {
  if (empty || !version) return content_id();
  return fmt::format("{}-{}", content_id(), *version);
}

FileDiagnostics file_diagnostics(std::string uri, std::optional<std::int32_t> version,
                                 const std::vector<protocol::Diagnostic>& items) {
  return {.uri = std::move(uri), .version = version, .items = {protocol::text_of(items)}, .empty = items.empty()};
}

SchemaDiagnostics diagnostics_of(const Scope& scope, const workspace::SettingValues& settings) {
  std::vector<std::vector<protocol::Diagnostic>> items(scope.snapshot().files().size());
  const workspace::HiddenDiagnostics hidden(settings);
  // A copy only where it differs.
  const std::vector<validation::Diagnostic>* diagnostics = &scope.view->analysis().diagnostics();
  std::vector<validation::Diagnostic> merged;
  if (auto rejections = scope.view->rejection_diagnostics(); hidden.any() || !rejections.empty()) {
    merged = features::with_rejections(*diagnostics, std::move(rejections));
    std::erase_if(merged, [&](const validation::Diagnostic& one) { return hidden.hides(one.code); });
    diagnostics = &merged;
  }
  const report::Shown shown = report::shown_of(*diagnostics);
  for (const validation::Diagnostic* diagnostic : shown.diagnostics) {
    items[diagnostic->at.file].push_back(to_lsp(scope, *diagnostic));
  }
  for (const features::ExternalDeclaration& external : features::external_declarations(scope.snapshot())) {
    if (hidden.all()) break;
    items[external.at.file].push_back(external_hint(scope, external));
  }
  for (const auto& [file, count] : shown.left_out) items[file].push_back(left_out_diagnostic(count));
  SchemaDiagnostics all;
  for (schema::FileId file = 0; file < items.size(); ++file) {
    all.files.push_back(file_diagnostics(scope.uri(file), scope.version(file), items[file]));
  }
  if (auto of_settings = settings_diagnostics(scope)) all.files.push_back(std::move(*of_settings));
  return all;
}

protocol::DocumentDiagnosticReport document_report(const SchemaDiagnostics& all, schema::FileId file, bool related,
                                                   const std::optional<std::string>& previous) {
  const std::string_view known = previous ? std::string_view(*previous) : std::string_view();
  const FileDiagnostics& own = all.files[file];
  protocol::DocumentDiagnosticReport document{report_of(own, known), std::nullopt};
  if (!related) return document;

  const auto is_related = [&](const FileDiagnostics& other) { return other.uri != own.uri && !other.never_asked_for; };
  std::string ids;
  for (const FileDiagnostics& other : all.files) {
    if (is_related(other)) ids += other.uri + ' ' + other.result_id() + '\n';
  }
  *document.report.resultId += '.' + id_of(ids);
  if (*document.report.resultId == known) return document;
  document.relatedDocuments.emplace();
  for (const FileDiagnostics& other : all.files) {
    if (is_related(other)) document.relatedDocuments->emplace(other.uri, report_of(other, {}));
  }
  return document;
}

protocol::DocumentDiagnosticReport document_report(const FileDiagnostics& diagnostics,
                                                   const std::optional<std::string>& previous) {
  return {report_of(diagnostics, previous ? std::string_view(*previous) : std::string_view()), std::nullopt};
}

protocol::DocumentDiagnosticReport nothing_found() {
  return {report_of(FileDiagnostics{}, {}), std::nullopt};
}

protocol::WorkspaceDiagnosticReport workspace_report(
    const std::vector<std::shared_ptr<const SchemaDiagnostics>>& schemas,
    const std::vector<protocol::PreviousResultId>& previous) {
  // By path, since clients escape URIs differently.
  std::map<std::string, const protocol::PreviousResultId*> held;
  for (const protocol::PreviousResultId& one : previous) held[path_of_uri(one.uri)] = &one;

  protocol::WorkspaceDiagnosticReport report;
  std::set<std::string> reported;
  for (const auto& schema : schemas) {
    for (const FileDiagnostics& found : schema->files) {
      if (found.never_asked_for) continue;
      const std::string path = path_of_uri(found.uri);
      if (!reported.insert(path).second) continue;
      const auto known = held.find(path);
      const std::string id = known == held.end() ? std::string() : known->second->value;
      const std::string uri = known == held.end() ? found.uri : known->second->uri;
      report.items.push_back({uri, found.version, report_of(found, id)});
    }
  }
  for (const auto& [path, one] : held) {
    if (reported.contains(path)) continue;
    report.items.push_back({one->uri, std::nullopt, report_of(FileDiagnostics{}, one->value)});
  }
  return report;
}

}  // namespace refract::lsp
