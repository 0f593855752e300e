#include "lsp/language_notice.h"

namespace refract::lsp {

void LanguageNotice::show_for(const workspace::ProjectSnapshot& view) {
  const auto file = workspace::file_in_other_language(view.snapshot());
  if (!file || !shown_.insert(view.snapshot().files()[*file].path).second) return;
  session_.show_message(protocol::MessageType::info,
                        workspace::other_language_notice(view.snapshot()).value_or(std::string()));
}

}  // namespace refract::lsp
