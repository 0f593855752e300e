#include "live/progress.h"

#include <fmt/format.h>

#include <charconv>

#include "migrate/history/checksum.h"

namespace refract::live {
namespace {

constexpr std::string_view kTitle = "refract: ";
constexpr std::string_view kOf = " of ";
constexpr std::string_view kEffect = " statements took effect";
constexpr std::string_view kChecksum = "; sha256 of these: ";

std::string_view text_of_first(const migrate::Script& script, std::size_t done) {
  return script.sql.substr(0, script.statements[done - 1].range.end);
}

std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::string progress_text(const migrate::Script& script, std::size_t done) {
  std::string text = fmt::format("{}{}{}{}{}", kTitle, done, kOf, script.statements.size(), kEffect);
  if (done > 0) text.append(kChecksum).append(migrate::sha256_hex(text_of_first(script, done)));
  return text;
}

std::optional<Progress> read_progress(std::string_view logs) {
  Progress progress;
  if (!take(logs, kTitle)) return std::nullopt;
  const auto done = take_number(logs);
  if (!done || !take(logs, kOf)) return std::nullopt;
  const auto of = take_number(logs);
  if (!of || !take(logs, kEffect)) return std::nullopt;
  progress.done = *done;
  progress.of = *of;
  const std::size_t line_end = std::min(logs.find('\n'), logs.size());
  std::string_view rest = logs.substr(0, line_end);
  if (take(rest, kChecksum)) progress.checksum = rest;
  progress.message = logs.substr(std::min(line_end + 1, logs.size()));
  return progress;
}

bool may_leave_part(const migrate::Script& script, std::size_t at) {
  const catalog::SendingRule& rule = script.statements[at].rule;
  return rule.command == "DO with COMMIT" ||
         (rule.sending == catalog::Sending::procedure && script.statements.size() == 1);
}

bool continues(const migrate::Script& script, const Progress& progress) {
  if (progress.done > script.statements.size()) return false;
  return progress.done == 0 || migrate::matches_checksum(text_of_first(script, progress.done), progress.checksum);
}

}  // namespace refract::live
