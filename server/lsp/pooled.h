#pragma once

#include <functional>
#include <utility>

#include "lsp/server.h"
#include "lsp/uri.h"

// Server's ways to bind a request that is answered on the pool, from the snapshot of its arrival. Every such request
// is about a document. A place outside of it, and a document in SQL where the request has nothing to say about one,
// get the method's empty answer: an R made of nothing.
namespace refract::lsp {

namespace pooled {

template <class R, class Asked, class Params, class Compute>
protocol::Result<R> compute_within(const Asked& asked, const Params& params, const Compute& compute) {
  if constexpr (requires { params.position.line; }) {
    if (params.position.line >= asked.document().lines().line_count()) return R{};
  }
  return compute(asked, params);
}

}  // namespace pooled

// compute(const Request&, const Params&) -> protocol::Result<R>
template <class R, class Params, class Compute>
void Server::bind_pooled(const char* method, Compute compute) {
  bind_pooled<R, Params>(method, std::move(compute),
                         [](const SqlRequest&, const Params&) -> protocol::Result<R> { return R{}; });
}

// in_sql(const SqlRequest&, const Params&) -> protocol::Result<R>, for a migration of a schema that we know.
template <class R, class Params, class Compute, class InSql>
void Server::bind_pooled(const char* method, Compute compute, InSql in_sql) {
  session_.bind().pooled(
      method,
      [this, compute, in_sql](const protocol::RequestContext&,
                              const Params& params) -> std::function<protocol::Result<R>()> {
        if (context_.host.is_sql(path_of_uri(params.textDocument.uri))) {
          return [asked = context_.begin_sql(params.textDocument.uri), params, in_sql]() -> protocol::Result<R> {
            if (!asked.view) return R{};
            return pooled::compute_within<R>(asked, params, in_sql);
          };
        }
        return [asked = context_.begin(params.textDocument.uri), params, compute]() -> protocol::Result<R> {
          if (!asked) return protocol::fail(asked.error());
          return pooled::compute_within<R>(*asked, params, compute);
        };
      });
}

}  // namespace refract::lsp
