#include "protocol/lsp/code_lens.h"

#include "protocol/text_codec.h"

namespace refract::protocol {

template <class Out>
void members(Out& json, const CodeLens& lens) {
  write(json, "range", lens.range);
  write(json, "command", lens.command);
  write(json, "data", lens.data);
}
void to_json(Json& json, const CodeLens& lens) {
  members(json, lens);
}
void to_text(ObjectText& json, const CodeLens& lens) {
  members(json, lens);
}

void from_json(const Json& json, CodeLens& lens) {
  read(json, "range", lens.range);
  read(json, "command", lens.command);
  read(json, "data", lens.data);
}

void to_json(Json& json, const ExecuteCommandParams& params) {
  write(json, "command", params.command);
  write(json, "arguments", params.arguments);
}

void from_json(const Json& json, ExecuteCommandParams& params) {
  read(json, "command", params.command);
  read(json, "arguments", params.arguments);
}

}  // namespace refract::protocol
