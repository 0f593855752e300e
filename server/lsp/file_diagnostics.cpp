#include "lsp/file_diagnostics.h"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>

#include "lsp/uri.h"
#include "protocol/text_codec.h"
#include "report/shown.h"

namespace refract::lsp {
namespace {

// Of every file, or of one alone.
std::vector<std::vector<protocol::Diagnostic>> items_of(const Scope& scope, std::optional<schema::FileId> only) {
  std::vector<std::vector<protocol::Diagnostic>> items(scope.snapshot().files().size());
  const auto wanted = [&](schema::FileId file) { return !only || *only == file; };
  const report::Shown shown = report::shown_of(scope.view->analysis().diagnostics());
  for (const validation::Diagnostic* diagnostic : shown.diagnostics) {
    if (wanted(diagnostic->at.file)) items[diagnostic->at.file].push_back(to_lsp(scope, *diagnostic));
  }
  for (const auto& [file, count] : shown.left_out) {
    if (wanted(file)) items[file].push_back(left_out_diagnostic(count));
  }
  return items;
}

FileDiagnostics diagnostics_of(const Scope& scope, schema::FileId file, std::vector<protocol::Diagnostic> items) {
  return {.uri = scope.uri(file), .version = scope.version(file), .items = std::move(items)};
}

std::string id_of(const std::string& text) {
  return fmt::format("{:x}", std::hash<std::string>()(text));
}

// An id is that of a file's own diagnostics and, after a dot, that of its schema's other files.
std::string_view own_part(std::string_view id) {
  return id.substr(0, id.find('.'));
}

protocol::DiagnosticReport report_of(FileDiagnostics diagnostics, std::string_view previous) {
  protocol::DiagnosticReport report{diagnostics.result_id(), std::nullopt};
  if (own_part(previous) != *report.resultId) report.items = std::move(diagnostics.items);
  return report;
}

}  // namespace

std::string FileDiagnostics::content_id() const {
  return id_of(protocol::text_of(items));
}

std::string FileDiagnostics::result_id() const {
  if (items.empty() || !version) return content_id();
  return fmt::format("{}-{}", content_id(), *version);
}

std::vector<FileDiagnostics> diagnostics_of(const Scope& scope) {
  std::vector<FileDiagnostics> all;
  for (auto& items : items_of(scope, std::nullopt)) {
    all.push_back(diagnostics_of(scope, static_cast<schema::FileId>(all.size()), std::move(items)));
  }
  return all;
}

FileDiagnostics diagnostics_of(const Scope& scope, schema::FileId file) {
  return diagnostics_of(scope, file, std::move(items_of(scope, file)[file]));
}

std::optional<FileDiagnostics> settings_diagnostics(const Scope& scope) {
  const workspace::ProjectSettings& settings = scope.view->project().settings;
  if (settings.file.empty()) return std::nullopt;
  FileDiagnostics found{uri_of_path(settings.file.string()), std::nullopt, {}, true};
  const text::Document document(settings.text);
  for (const workspace::SettingsProblem& problem : settings.problems) {
    protocol::Diagnostic item;
    item.range = to_lsp(document, problem.range, scope.client.encoding);
    item.severity = protocol::DiagnosticSeverity::warning;
    item.source = "refract";
    item.message = problem.message + '\n' + problem.help;
    found.items.push_back(std::move(item));
  }
  return found;
}

protocol::DocumentDiagnosticReport document_report(const Scope& scope, schema::FileId file, bool related,
                                                   const std::optional<std::string>& previous) {
  const std::string_view known = previous ? std::string_view(*previous) : std::string_view();
  if (!related) return {report_of(diagnostics_of(scope, file), known), std::nullopt};

  std::vector<FileDiagnostics> all = diagnostics_of(scope);
  std::string ids;
  for (const FileDiagnostics& found : all) {
    if (found.uri != all[file].uri) ids += found.uri + ' ' + found.result_id() + '\n';
  }
  protocol::DocumentDiagnosticReport report{report_of(all[file], known), std::nullopt};
  *report.own.resultId += '.' + id_of(ids);
  if (*report.own.resultId == known) return report;
  report.relatedDocuments.emplace();
  for (FileDiagnostics& found : all) {
    if (found.uri == all[file].uri) continue;
    std::string uri = found.uri;
    report.relatedDocuments->emplace(std::move(uri), report_of(std::move(found), {}));
  }
  return report;
}

protocol::DocumentDiagnosticReport document_report(FileDiagnostics diagnostics,
                                                   const std::optional<std::string>& previous) {
  return {report_of(std::move(diagnostics), previous ? std::string_view(*previous) : std::string_view()), std::nullopt};
}

protocol::DocumentDiagnosticReport nothing_found() {
  return {report_of(FileDiagnostics{}, {}), std::nullopt};
}

protocol::WorkspaceDiagnosticReport workspace_report(const std::vector<Scope>& schemas,
                                                     const std::vector<protocol::PreviousResultId>& previous) {
  // By path, since clients escape URIs differently.
  std::map<std::string, const protocol::PreviousResultId*> held;
  for (const protocol::PreviousResultId& one : previous) held[path_of_uri(one.uri)] = &one;

  protocol::WorkspaceDiagnosticReport report;
  std::set<std::string> reported;
  for (const Scope& scope : schemas) {
    for (FileDiagnostics& found : diagnostics_of(scope)) {
      const std::string path = path_of_uri(found.uri);
      if (!reported.insert(path).second) continue;
      const auto known = held.find(path);
      const std::string id = known == held.end() ? std::string() : known->second->value;
      const std::string uri = known == held.end() ? found.uri : known->second->uri;
      const auto version = found.version;
      report.items.push_back({uri, version, report_of(std::move(found), id)});
    }
  }
  for (const auto& [path, one] : held) {
    if (reported.contains(path)) continue;
    report.items.push_back({one->uri, std::nullopt, report_of(FileDiagnostics{}, one->value)});
  }
  return report;
}

}  // namespace refract::lsp
