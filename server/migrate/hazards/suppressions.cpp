#include "migrate/hazards/suppressions.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "catalog/parse/name_uses.h"

namespace refract::migrate {
namespace {

constexpr std::string_view kMark = "refract:ignore";
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::vector<Suppression> suppressions_in(std::string_view sql) {
  std::vector<Suppression> found;
  if (!sql.contains(kMark)) return found;
  for (const catalog::LineComment& comment : catalog::line_comments(sql)) {
    std::string_view text = trimmed(sql.substr(comment.begin, comment.end - comment.begin).substr(2));
    if (!text.starts_with(kMark)) continue;
    text = text.substr(kMark.size());
    if (!text.empty() && !kSpace.contains(text.front())) continue;
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(kSpace), text.size());
    const auto line = static_cast<std::uint32_t>(std::ranges::count(sql.substr(0, comment.begin), '\n'));
    found.push_back({std::string(text.substr(0, end)),
                     std::string(trimmed(text.substr(end))),
                     {static_cast<std::uint32_t>(comment.begin), static_cast<std::uint32_t>(comment.end), line}});
  }
  return found;
}

// Where the statement begins that a comment refers to. nullopt: there is none.
std::optional<std::uint32_t> statement_of(const Suppression& comment, std::span<const catalog::Step> steps,
                                          std::string_view sql) {
  for (const catalog::Step& step : steps) {
    if (step.origin.begin <= comment.range.begin && comment.range.begin < step.origin.end) return step.origin.begin;
  }
  for (const catalog::Step& step : steps) {
    const bool before = step.origin.end <= comment.range.begin && step.origin.end > step.origin.begin;
    if (before && !sql.substr(step.origin.end, comment.range.begin - step.origin.end).contains('\n'))
      return step.origin.begin;
  }
  for (const catalog::Step& step : steps) {
    if (step.origin.begin >= comment.range.end) return step.origin.begin;
  }
  return std::nullopt;
}

}  // namespace

std::string suppression_fault(std::string_view code, std::string_view reason) {
  if (code.empty()) return "It names no hazard; write the code of one, and the reason after it.";
  const auto specs = hazard_specs();
  if (std::ranges::find(specs, code, &HazardSpec::code) == specs.end())
    return fmt::format("The hazard code {} does not exist; refract migrate lint prints the code of each hazard.", code);
  if (reason.empty()) return fmt::format("It gives no reason; write after {} why the hazard is accepted.", code);
  return {};
}

Sifted sift(std::vector<Hazard> hazards, std::span<const catalog::Step> steps, std::string_view sql,
            std::span<const AcceptedHazard> entries) {
  Sifted sifted;
  const std::vector<Suppression> comments = suppressions_in(sql);
  if (comments.empty() && entries.empty()) {
    sifted.kept = std::move(hazards);
    return sifted;
  }
  std::vector<bool> used(comments.size());
  for (Hazard& hazard : hazards) {
    const std::string* reason = nullptr;
    for (std::size_t at = 0; at < comments.size(); ++at) {
      const Suppression& comment = comments[at];
      if (comment.code != hazard.code || !suppression_fault(comment.code, comment.reason).empty()) continue;
      if (hazard.step >= steps.size() || statement_of(comment, steps, sql) != steps[hazard.step].origin.begin) continue;
      used[at] = true;
      reason = &comment.reason;
    }
    for (std::size_t at = 0; at < entries.size(); ++at) {
      if (entries[at].code != hazard.code || !suppression_fault(entries[at].code, entries[at].reason).empty()) continue;
      if (std::ranges::find(sifted.used, at) == sifted.used.end()) sifted.used.push_back(at);
      if (reason == nullptr) reason = &entries[at].reason;
    }
    if (reason == nullptr) {
      sifted.kept.push_back(std::move(hazard));
    } else {
      sifted.suppressed.push_back({std::move(hazard), *reason});
    }
  }
  for (std::size_t at = 0; at < comments.size(); ++at) {
    const Suppression& comment = comments[at];
    if (std::string fault = suppression_fault(comment.code, comment.reason); !fault.empty()) {
      sifted.problems.push_back({comment.range, "The comment refract:ignore suppresses nothing.", std::move(fault)});
    } else if (!used[at]) {
      sifted.problems.push_back(
          {comment.range,
           fmt::format("The comment refract:ignore {} suppresses nothing: its statement does not have this hazard.",
                       comment.code),
           "Remove it if the migration is not applied yet."});
    }
  }
  return sifted;
}

}  // namespace refract::migrate
