#include "protocol/lsp/progress.h"

#include "protocol/codec.h"

namespace refract::protocol {

void to_json(Json& json, const ProgressParams& params) {
  write(json, "token", params.token);
  write(json, "value", params.value);
}

void from_json(const Json& json, ProgressParams& params) {
  read(json, "token", params.token);
  read(json, "value", params.value);
}

void to_json(Json& json, const WorkDoneProgressBegin& begin) {
  json["kind"] = "begin";
  write(json, "title", begin.title);
  write(json, "cancellable", begin.cancellable);
  write(json, "message", begin.message);
  write(json, "percentage", begin.percentage);
}

void from_json(const Json& json, WorkDoneProgressBegin& begin) {
  read_constant(json, "kind", "begin");
  read(json, "title", begin.title);
  read(json, "cancellable", begin.cancellable);
  read(json, "message", begin.message);
  read(json, "percentage", begin.percentage);
}

void to_json(Json& json, const WorkDoneProgressReport& report) {
  json["kind"] = "report";
  write(json, "cancellable", report.cancellable);
  write(json, "message", report.message);
  write(json, "percentage", report.percentage);
}

void from_json(const Json& json, WorkDoneProgressReport& report) {
  read_constant(json, "kind", "report");
  read(json, "cancellable", report.cancellable);
  read(json, "message", report.message);
  read(json, "percentage", report.percentage);
}

void to_json(Json& json, const WorkDoneProgressEnd& end) {
  json["kind"] = "end";
  write(json, "message", end.message);
}

void from_json(const Json& json, WorkDoneProgressEnd& end) {
  read_constant(json, "kind", "end");
  read(json, "message", end.message);
}

void to_json(Json& json, const WorkDoneProgressCreateParams& params) {
  write(json, "token", params.token);
}

void from_json(const Json& json, WorkDoneProgressCreateParams& params) {
  read(json, "token", params.token);
}

void to_json(Json& json, const WorkDoneProgressCancelParams& params) {
  write(json, "token", params.token);
}

void from_json(const Json& json, WorkDoneProgressCancelParams& params) {
  read(json, "token", params.token);
}

}  // namespace refract::protocol
