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
LSP_JSON(ProgressParams)

struct WorkDoneProgressBegin {
  std::string title;
  std::optional<bool> cancellable;
  std::optional<std::string> message;
  std::optional<std::uint32_t> percentage;  // 0 to 100; absent: unknown, for the whole of the progress

  bool operator==(const WorkDoneProgressBegin&) const = default;
};
LSP_JSON(WorkDoneProgressBegin)

struct WorkDoneProgressReport {
  std::optional<bool> cancellable;
  std::optional<std::string> message;
  std::optional<std::uint32_t> percentage;

  bool operator==(const WorkDoneProgressReport&) const = default;
};
LSP_JSON(WorkDoneProgressReport)

struct WorkDoneProgressEnd {
  std::optional<std::string> message;

  bool operator==(const WorkDoneProgressEnd&) const = default;
};
LSP_JSON(WorkDoneProgressEnd)

struct WorkDoneProgressCreateParams {
  ProgressToken token;

  bool operator==(const WorkDoneProgressCreateParams&) const = default;
};
LSP_JSON(WorkDoneProgressCreateParams)

struct WorkDoneProgressCancelParams {
  ProgressToken token;

  bool operator==(const WorkDoneProgressCancelParams&) const = default;
};
LSP_JSON(WorkDoneProgressCancelParams)

}  // namespace refract::protocol
