#include "lsp/rejection_finder.h"

#include <algorithm>
#include <chrono>

namespace refract::lsp {

void RejectionFinder::look_soon() {
  constexpr std::chrono::milliseconds kPause{100};
  pause_.start(kPause, [this] { look(); });
}

void RejectionFinder::look() {
  if (busy_) return;
  const Schemas schemas = schemas_();
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
