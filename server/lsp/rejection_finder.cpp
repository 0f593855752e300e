#include "lsp/rejection_finder.h"

#include <algorithm>

namespace refract::lsp {

void RejectionFinder::look_at(const std::vector<std::shared_ptr<const workspace::ProjectSnapshot>>& schemas) {
  if (busy_) return;
  const auto next = std::ranges::find_if(schemas, [](const auto& view) { return view->lacks_rejections(); });
  if (next == schemas.end()) return;
  busy_ = true;
  session_.background([this, view = *next](std::stop_token) {
    view->find_rejections();
    session_.post([this] {
      busy_ = false;
      found_();
    });
  });
}

}  // namespace refract::lsp
