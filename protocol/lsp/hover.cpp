#include "protocol/lsp/hover.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const Hover& hover) {
  write(json, "contents", hover.contents);
  write(json, "range", hover.range);
}

void from_json(const Json& json, Hover& hover) {
  read(json, "contents", hover.contents);
  read(json, "range", hover.range);
}

}  // namespace refract::protocol
