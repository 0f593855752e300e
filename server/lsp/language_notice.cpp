#include "lsp/language_notice.h"

namespace refract::lsp {

void LanguageNotice::show_for(const workspace::ProjectSnapshot& view, bool version_chosen) {
  if (const auto notice = workspace::unsupported_version_notice(view.project());
      notice && !version_chosen && shown_.insert(view.project().root.string() + '\n' + *notice).second) {
    session_.show_message(protocol::MessageType::warning, *notice);
  }
  const auto file = workspace::file_in_other_language(view.snapshot());
  if (!file || !shown_.insert(view.snapshot().files()[*file].path).second) return;
  session_.show_message(protocol::MessageType::info,
                        workspace::other_language_notice(view.snapshot()).value_or(std::string()));
}

}  // namespace refract::lsp
