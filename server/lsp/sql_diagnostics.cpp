// Diagnostics in an open migration.sql.
#include "features/migration/migration_problems.h"
#include "lsp/file_diagnostics.h"
#include "lsp/server.h"
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
  FileDiagnostics found{uri, std::nullopt, {}, false};
  for (const features::MigrationProblem& problem : features::migration_problems(request.text.text())) {
    protocol::Diagnostic item;
    item.range = request.range(problem.at);
    item.severity = severity_of(problem.level);
    if (!problem.code.empty()) item.code = problem.code;
    item.source = "refract";
    item.message = problem.help.empty() ? problem.message : problem.message + '\n' + problem.help;
    found.items.push_back(std::move(item));
  }
  return found;
}

void Server::check_sql(const std::string& uri) {
  if (client_.pulls) return;
  if (const auto checking = checking_sql_.find(uri); checking != checking_sql_.end()) {
    checking->second = true;
    return;
  }
  const SqlRequest request = begin_sql(uri);
  if (!request.view) return;
  checking_sql_[uri] = false;
  session_.background([this, uri, request](std::stop_token) {
    FileDiagnostics found = sql_diagnostics(request, uri);
    session_.post([this, uri, found = std::move(found)]() mutable {
      const bool open = host_.is_sql(path_of_uri(uri));
      if (checking_sql_.extract(uri).mapped() && open) return check_sql(uri);
      if (!open) found.items.clear();
      const bool shown = found.items.empty() ? pushed_sql_.erase(uri) > 0 : true;
      if (!found.items.empty()) pushed_sql_.insert(uri);
      if (shown)
        session_.notify("textDocument/publishDiagnostics",
                        protocol::PublishDiagnosticsParams{uri, std::nullopt, std::move(found.items)});
    });
  });
}

}  // namespace refract::lsp
