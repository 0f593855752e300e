#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Work Done Progress". Session::progress() implements it, so features need not.

namespace refract::protocol {

struct ProgressParams {
  ProgressToken token;
  Json value;

  bool operator==(const ProgressParams&) const = default;
};
void to_json(Json& json, const ProgressParams& params);
void from_json(const Json& json, ProgressParams& params);

struct WorkDoneProgressBegin {
  std::string title;
  std::optional<bool> cancellable;
  std::optional<std::string> message;
  std::optional<std::uint32_t> percentage;  // 0 to 100; absent: unknown, for the whole of the progress

  bool operator==(const WorkDoneProgressBegin&) const = default;
};
void to_json(Json& json, const WorkDoneProgressBegin& begin);
void from_json(const Json& json, WorkDoneProgressBegin& begin);

struct WorkDoneProgressReport {
  std::optional<bool> cancellable;
  std::optional<std::string> message;
  std::optional<std::uint32_t> percentage;

  bool operator==(const WorkDoneProgressReport&) const = default;
};
void to_json(Json& json, const WorkDoneProgressReport& report);
void from_json(const Json& json, WorkDoneProgressReport& report);

struct WorkDoneProgressEnd {
  std::optional<std::string> message;

  bool operator==(const WorkDoneProgressEnd&) const = default;
};
void to_json(Json& json, const WorkDoneProgressEnd& end);
void from_json(const Json& json, WorkDoneProgressEnd& end);

struct WorkDoneProgressCreateParams {
  ProgressToken token;

  bool operator==(const WorkDoneProgressCreateParams&) const = default;
};
void to_json(Json& json, const WorkDoneProgressCreateParams& params);
void from_json(const Json& json, WorkDoneProgressCreateParams& params);

struct WorkDoneProgressCancelParams {
  ProgressToken token;

  bool operator==(const WorkDoneProgressCancelParams&) const = default;
};
void to_json(Json& json, const WorkDoneProgressCancelParams& params);
void from_json(const Json& json, WorkDoneProgressCancelParams& params);

}  // namespace refract::protocol
