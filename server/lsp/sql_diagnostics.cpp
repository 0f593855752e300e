#include "lsp/sql_diagnostics.h"

#include "features/migration/migration_problems.h"
#include "lsp/uri.h"

namespace refract::lsp {
namespace {

protocol::DiagnosticSeverity severity_of(migrate::HazardLevel level) {
  switch (level) {
    case migrate::HazardLevel::danger:
      return protocol::DiagnosticSeverity::error;
    case migrate::HazardLevel::warning:
      return protocol::DiagnosticSeverity::warning;
    case migrate::HazardLevel::notice:
      break;
  }
  return protocol::DiagnosticSeverity::information;
}

}  // namespace

FileDiagnostics sql_diagnostics(const SqlRequest& request, const std::string& uri) {
  std::vector<protocol::Diagnostic> items;
  const workspace::HiddenDiagnostics hidden(request.settings);
  for (const features::MigrationProblem& problem : features::migration_problems(request.text.text())) {
    if (hidden.hides(problem.code)) continue;
    protocol::Diagnostic item;
    item.range = request.range(problem.at);
    item.severity = severity_of(problem.level);
    if (!problem.code.empty()) item.code = problem.code;
    item.source = "refract";
    item.message = problem.help.empty() ? problem.message : problem.message + '\n' + problem.help;
    items.push_back(std::move(item));
  }
  return file_diagnostics(uri, std::nullopt, items);
}

SqlDiagnosticPublisher::SqlDiagnosticPublisher(protocol::Session& session, Context& context)
    : session_(session), context_(context) {}

void SqlDiagnosticPublisher::check(const std::string& uri) {
  if (context_.client.pulls) return;
  if (const auto checking = checking_.find(uri); checking != checking_.end()) {
    checking->second = true;
    return;
  }
  const SqlRequest request = context_.begin_sql(uri);
  if (!request.view) return;
  checking_[uri] = false;
  session_.background([this, uri, request](std::stop_token) {
    session_.post([this, uri, found = sql_diagnostics(request, uri)]() mutable {
      const bool open = context_.host.is_sql(path_of_uri(uri));
      if (checking_.extract(uri).mapped() && open) return check(uri);
      push(open ? std::move(found) : FileDiagnostics{.uri = uri});
    });
  });
}

void SqlDiagnosticPublisher::push(FileDiagnostics found) {
  if (found.empty && pushed_.erase(found.uri) == 0) return;
  if (!found.empty) pushed_.insert(found.uri);
  session_.notify("textDocument/publishDiagnostics",
                  protocol::PublishDiagnosticsParams{found.uri, std::nullopt, std::move(found.items)});
}

}  // namespace refract::lsp
