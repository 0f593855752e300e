#include "protocol/lsp/formatting.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const FormattingOptions& options) {
  write(json, "tabSize", options.tabSize);
  write(json, "insertSpaces", options.insertSpaces);
  write(json, "trimTrailingWhitespace", options.trimTrailingWhitespace);
  write(json, "insertFinalNewline", options.insertFinalNewline);
  write(json, "trimFinalNewlines", options.trimFinalNewlines);
}

void from_json(const Json& json, FormattingOptions& options) {
  read(json, "tabSize", options.tabSize);
  read(json, "insertSpaces", options.insertSpaces);
  read(json, "trimTrailingWhitespace", options.trimTrailingWhitespace);
  read(json, "insertFinalNewline", options.insertFinalNewline);
  read(json, "trimFinalNewlines", options.trimFinalNewlines);
}

void to_json(Json& json, const DocumentFormattingParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "options", params.options);
}

void from_json(const Json& json, DocumentFormattingParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "options", params.options);
}

void to_json(Json& json, const DocumentRangeFormattingParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "range", params.range);
  write(json, "options", params.options);
}

void from_json(const Json& json, DocumentRangeFormattingParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "range", params.range);
  read(json, "options", params.options);
}

void to_json(Json& json, const DocumentOnTypeFormattingParams& params) {
  write(json, "textDocument", params.textDocument);
  write(json, "position", params.position);
  write(json, "ch", params.ch);
  write(json, "options", params.options);
}

void from_json(const Json& json, DocumentOnTypeFormattingParams& params) {
  read(json, "textDocument", params.textDocument);
  read(json, "position", params.position);
  read(json, "ch", params.ch);
  read(json, "options", params.options);
}

}  // namespace refract::protocol
