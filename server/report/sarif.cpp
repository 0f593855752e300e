#include "report/sarif.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diagnostics.h"
#include "report/encodings.h"
#include "report/explain.h"
#include "report/shown.h"
#include "validation/codes/codes.h"

namespace refract::report {
namespace {

using protocol::Json;
using text::Encoding;
using validation::Diagnostic;

Json region_of(const text::Document& document, text::Range range) {
  const text::Position begin = document.position_at(range.begin, Encoding::utf16);
  const text::Position end = document.position_at(range.end, Encoding::utf16);
  return {{"startLine", begin.line + 1},    {"startColumn", begin.character + 1}, {"endLine", end.line + 1},
          {"endColumn", end.character + 1}, {"byteOffset", range.begin},          {"byteLength", range.size()}};
}

Json artifact_of(const schema::Snapshot& snapshot, schema::FileId file) {
  return {{"uri", uri_reference(snapshot.files()[file].path)}};
}

Json physical_location(const schema::Snapshot& snapshot, schema::FileRange at) {
  return {{"artifactLocation", artifact_of(snapshot, at.file)},
          {"region", region_of(snapshot.files()[at.file].syntax->document(), at.range)}};
}

Json fix_of(const schema::Snapshot& snapshot, const validation::Fix& fix) {
  Json changes = Json::array();
  for (const validation::FileEdit& edit : fix.edits) {
    const text::Document& document = snapshot.files()[edit.file].syntax->document();
    Json replacement{{"deletedRegion", region_of(document, edit.edit.range)},
                     {"insertedContent", {{"text", edit.edit.text}}}};
    Json artifact = artifact_of(snapshot, edit.file);
    const auto same =
        std::ranges::find_if(changes, [&](const Json& one) { return one["artifactLocation"] == artifact; });
    if (same != changes.end()) {
      (*same)["replacements"].push_back(std::move(replacement));
    } else {
      changes.push_back({{"artifactLocation", std::move(artifact)}, {"replacements", Json::array({replacement})}});
    }
  }
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

Json rule_of(std::string_view code) {
  Json rule{{"id", code}};
  if (const validation::CodeInfo* info = validation::find_code(code)) {
    rule["shortDescription"] = {{"text", info->title}};
    rule["fullDescription"] = {{"text", info->explanation}};
    rule["help"] = {{"text", explanation_text(code).value_or("")}};
  }
  return rule;
}

}  // namespace

void SarifLog::add(const schema::Snapshot& snapshot, const std::vector<Diagnostic>& diagnostics) {
  const Shown shown = shown_of(diagnostics);
  for (const Diagnostic* diagnostic : shown.diagnostics) {
    auto rule = std::ranges::find(rules_, diagnostic->code);
    if (rule == rules_.end()) rule = rules_.insert(rules_.end(), diagnostic->code);
    Json result{{"ruleId", diagnostic->code},
                {"ruleIndex", rule - rules_.begin()},
                {"level", severity_name(diagnostic->severity)},
                {"message", {{"text", sentence_of(*diagnostic)}}},
                {"locations", Json::array({{{"physicalLocation", physical_location(snapshot, diagnostic->at)}}})}};
    for (const validation::Related& related : diagnostic->related) {
      result["relatedLocations"].push_back(
          {{"physicalLocation", physical_location(snapshot, related.at)}, {"message", {{"text", related.message}}}});
    }
    for (const validation::Fix& fix : diagnostic->fixes) result["fixes"].push_back(fix_of(snapshot, fix));
    results_.push_back(std::move(result));
  }
  if (const std::size_t count = shown.left_out_in_all(); count > 0) {
    notices_.push_back({{"level", "note"}, {"message", {{"text", left_out_text(count)}}}});
  }
}

Json SarifLog::json() const {
  Json rules = Json::array();
  for (std::string_view code : rules_) rules.push_back(rule_of(code));
  Json run{{"columnKind", "utf16CodeUnits"}, {"results", results_}};
  if (!notices_.empty()) {
    run["invocations"] = Json::array({{{"executionSuccessful", true}, {"toolExecutionNotifications", notices_}}});
  }
  return sarif_log(version_, std::move(rules), std::move(run));
}

}  // namespace refract::report
