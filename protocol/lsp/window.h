#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/json.h"
#include "protocol/lsp/base.h"

// LSP 3.17 "Window Features".

namespace refract::protocol {

enum class MessageType : int { error = 1, warning = 2, info = 3, log = 4 };

struct ShowMessageParams {
  MessageType type = MessageType::info;
  std::string message;

  bool operator==(const ShowMessageParams&) const = default;
};
LSP_JSON(ShowMessageParams)

struct LogMessageParams {
  MessageType type = MessageType::log;
  std::string message;

  bool operator==(const LogMessageParams&) const = default;
};
LSP_JSON(LogMessageParams)

struct MessageActionItem {
  std::string title;

  bool operator==(const MessageActionItem&) const = default;
};
LSP_JSON(MessageActionItem)

// Answered with the chosen MessageActionItem, or null.
struct ShowMessageRequestParams {
  MessageType type = MessageType::info;
  std::string message;
  std::optional<std::vector<MessageActionItem>> actions;

  bool operator==(const ShowMessageRequestParams&) const = default;
};
LSP_JSON(ShowMessageRequestParams)

// window/showDocument, only for clients with window.showDocument.support.
struct ShowDocumentParams {
  std::string uri;
  std::optional<bool> external;
  std::optional<bool> takeFocus;
  std::optional<Range> selection;

  bool operator==(const ShowDocumentParams&) const = default;
};
LSP_JSON(ShowDocumentParams)

struct ShowDocumentResult {
  bool success = false;

  bool operator==(const ShowDocumentResult&) const = default;
};
LSP_JSON(ShowDocumentResult)

}  // namespace refract::protocol
