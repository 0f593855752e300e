#include "report/errors.h"

#include <fmt/format.h>

#include "protocol/json.h"
#include "report/encodings.h"

namespace refract::report {
namespace {

using protocol::Json;

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::not_found:
      return "not-found";
    case ErrorCode::unreadable:
      return "unreadable";
    case ErrorCode::unwritable:
      return "unwritable";
    case ErrorCode::invalid_input:
      return "invalid-input";
    case ErrorCode::invalid_schema:
      return "invalid-schema";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::database_unreachable:
      return "database-unreachable";
    case ErrorCode::database_rights:
      return "database-rights";
    case ErrorCode::database_failed:
      return "database-failed";
    case ErrorCode::missing_program:
      return "missing-program";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::internal:
      break;
  }
  return "internal";
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string error_sentence(const Error& error) {
  if (!error.at) return error.message;
  return fmt::format("{}:{}:{}: {}", error.at->file, error.at->line, error.at->column, error.message);
}

std::string error_text(const Error& error, std::string_view format, std::string_view version) {
  if (format == "github") {
    const std::string place = error.at ? fmt::format("file={},line={},col={},", github_property(error.at->file),
                                                     error.at->line, error.at->column)
                                       : std::string();
    return fmt::format("::error {}title=refract::{}\n", place, github_message(error.message));
  }
  if (format == "json") {
    Json shown{{"code", name_of(error.code)}, {"message", error.message}};
    if (error.at) shown["at"] = {{"file", error.at->file}, {"line", error.at->line}, {"column", error.at->column}};
    return dumped({{"error", std::move(shown)}});
  }
  if (format != "sarif") return {};
  Json notification{{"level", "error"}, {"message", {{"text", error.message}}}};
  if (error.at) {
    const Json region{{"startLine", error.at->line}, {"startColumn", error.at->column}};
    const Json file{{"uri", uri_reference(error.at->file)}};
    notification["locations"] = Json::array({{{"physicalLocation", {{"artifactLocation", file}, {"region", region}}}}});
  }
  Json run{
      {"columnKind", "utf16CodeUnits"},
      {"results", Json::array()},
      {"invocations",
       Json::array({{{"executionSuccessful", false}, {"toolExecutionNotifications", Json::array({notification})}}})}};
  return dumped(sarif_log(version, Json::array(), std::move(run)));
}

}  // namespace refract::report
