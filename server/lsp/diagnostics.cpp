// Diagnostics that a client asks for.
#include <filesystem>

#include "lsp/server.h"
#include "lsp/uri.h"

namespace refract::lsp {
namespace {

using protocol::Result;

// An answer about a text that is gone would overtake or follow the one about the text that is there.
std::unexpected<protocol::ResponseError> overtaken() {
  return protocol::fail(protocol::ErrorCode::server_cancelled, "the schema was edited meanwhile",
                        protocol::encode(protocol::DiagnosticServerCancellationData{true}));
}

}  // namespace

void Server::bind_diagnostics() {
  using Document = Result<protocol::DocumentDiagnosticReport>;
  using Workspace = Result<protocol::WorkspaceDiagnosticReport>;
  session_.bind().pooled(
      "textDocument/diagnostic",
      [this](const protocol::RequestContext&,
             const protocol::DocumentDiagnosticParams& params) -> std::function<Document()> {
        const std::string& uri = params.textDocument.uri;
        const std::string path = path_of_uri(uri);
        if (context_.host.is_sql(path)) {
          return [asked = context_.begin_sql(uri), uri, previous = params.previousResultId]() -> Document {
            if (!asked.view) return nothing_found();
            return document_report(sql_diagnostics(asked, uri), previous);
          };
        }
        std::error_code error;
        const bool exists =
            context_.host.is_open(path) || (path.ends_with(".prisma") && std::filesystem::exists(path, error));
        if (!exists) return [] { return nothing_found(); };
        return [this, state = context_.state.load(), asked = context_.begin(uri, Context::Closed::allowed),
                previous = params.previousResultId]() -> Document {
          if (!asked) return nothing_found();
          if (context_.state != state) return overtaken();
          asked->scope.view->find_rejections();
          const auto found = diagnostics_.of(asked->scope);
          if (context_.state != state) return overtaken();
          return document_report(*found, asked->file, asked->scope.client.related_documents, previous);
        };
      });
  session_.bind().pooled("workspace/diagnostic",
                         [this](const protocol::RequestContext&,
                                const protocol::WorkspaceDiagnosticParams& params) -> std::function<Workspace()> {
                           std::vector<Scope> schemas;
                           for (auto& view : context_.host.views(workspace::Host::Known::all)) {
                             schemas.push_back({std::move(view), context_.client});
                           }
                           return [this, state = context_.state.load(), schemas = std::move(schemas),
                                   previous = params.previousResultIds]() -> Workspace {
                             std::vector<std::shared_ptr<const SchemaDiagnostics>> found;
                             for (const Scope& schema : schemas) {
                               if (context_.state != state) return overtaken();
                               schema.view->find_rejections();
                               found.push_back(diagnostics_.of(schema));
                             }
                             if (context_.state != state) return overtaken();
                             return workspace_report(found, previous);
                           };
                         });
}

}  // namespace refract::lsp
