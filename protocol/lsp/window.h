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
void to_json(Json& json, const ShowMessageParams& params);
void from_json(const Json& json, ShowMessageParams& params);

struct LogMessageParams {
  MessageType type = MessageType::log;
  std::string message;

  bool operator==(const LogMessageParams&) const = default;
};
void to_json(Json& json, const LogMessageParams& params);
void from_json(const Json& json, LogMessageParams& params);

struct MessageActionItem {
  std::string title;

  bool operator==(const MessageActionItem&) const = default;
};
void to_json(Json& json, const MessageActionItem& item);
void from_json(const Json& json, MessageActionItem& item);

// Answered with the chosen MessageActionItem, or null.
struct ShowMessageRequestParams {
  MessageType type = MessageType::info;
  std::string message;
  std::optional<std::vector<MessageActionItem>> actions;

  bool operator==(const ShowMessageRequestParams&) const = default;
};
void to_json(Json& json, const ShowMessageRequestParams& params);
void from_json(const Json& json, ShowMessageRequestParams& params);

// window/showDocument, only for clients with window.showDocument.support.
struct ShowDocumentParams {
  std::string uri;
  std::optional<bool> external;
  std::optional<bool> takeFocus;
  std::optional<Range> selection;

  bool operator==(const ShowDocumentParams&) const = default;
};
void to_json(Json& json, const ShowDocumentParams& params);
void from_json(const Json& json, ShowDocumentParams& params);

struct ShowDocumentResult {
  bool success = false;

  bool operator==(const ShowDocumentResult&) const = default;
};
void to_json(Json& json, const ShowDocumentResult& result);
void from_json(const Json& json, ShowDocumentResult& result);

}  // namespace refract::protocol
