#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a code of a diagnostic or a hazard means, at length: for `refract explain`, the pages of docs/codes and editors.
namespace refract::report {

// As text, with colours for a terminal; nullopt: no such code.
std::optional<std::string> explanation_text(std::string_view code, bool colour = false);

// As Markdown; nullopt: no such code.
std::optional<std::string> explanation_markdown(std::string_view code);

// All codes as Markdown, by family, each a link to its page.
std::string code_list_markdown();

// All codes, diagnostics' before hazards'.
std::vector<std::string_view> all_codes();

}  // namespace refract::report
