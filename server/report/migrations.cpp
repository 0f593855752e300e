#include "report/migrations.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "migrate/diff/display_name.h"
#include "migrate/hazards/hazard_table.h"

namespace refract::report {
namespace {

using protocol::Json;

std::string_view reversal_name(migrate::Reversal reversal) {
  switch (reversal) {
    case migrate::Reversal::lossless:
      return "lossless";
    case migrate::Reversal::lossy:
      return "lossy";
    case migrate::Reversal::impossible:
      return "impossible";
  }
  return "impossible";
}

std::string check_title(const live::Check& check) {
  switch (check.kind) {
    case live::CheckKind::preparation:
      return check.ok ? "the SQL of initShadowDb runs" : "the SQL of initShadowDb fails";
    case live::CheckKind::replay:
      return check.ok ? fmt::format("{} of the folder applied to an empty database", check.subject)
                      : fmt::format("migration {} fails", check.subject);
    case live::CheckKind::offline:
      return check.ok ? "the database matches the offline replay" : "the database differs from the offline replay";
    case live::CheckKind::candidate:
      return fmt::format("{} {}", check.subject, check.ok ? "runs" : "fails");
    case live::CheckKind::schema:
      return check.ok ? "the result matches the schema" : "the result differs from the schema";
    case live::CheckKind::constraints:
      return check.ok ? "every foreign key and index is valid" : "some foreign keys or indexes are invalid";
    case live::CheckKind::triggers:
      if (check.skipped) return "not checked: no row could be generated for some tables with triggers";
      return check.ok ? "a generated row can be written to each changed table with triggers"
                      : "a generated row cannot be written to some changed tables with triggers";
    case live::CheckKind::down:
      return check.skipped ? "there is no down.sql" : check.ok ? "down.sql runs" : "down.sql fails";
    case live::CheckKind::restored:
      return check.ok ? "down.sql restores the previous structure" : "down.sql does not restore the previous structure";
  }
  return {};
}

// Whether a step changes anything in a new database, which already has the schema "public".
bool changes_new_database(const catalog::Step& step) {
  const auto* created = std::get_if<catalog::CreateSchema>(&step.change);
  return created == nullptr || created->name != "public";
}

}  // namespace

std::string_view level_name(migrate::HazardLevel level) {
  switch (level) {
    case migrate::HazardLevel::danger:
      return "danger";
    case migrate::HazardLevel::warning:
      return "warning";
    case migrate::HazardLevel::notice:
      return "notice";
  }
  return "notice";
}

std::string hazards_text(const std::vector<migrate::Hazard>& hazards) {
  std::string out;
  for (const migrate::Hazard& hazard : hazards) {
    out += fmt::format("{}: {} [{}]\n", level_name(hazard.level), hazard.message, hazard.code);
    if (!hazard.safer_way.empty()) out += fmt::format("  = {}\n", hazard.safer_way);
  }
  return out;
}

Json hazards_json(const std::vector<migrate::Hazard>& hazards) {
  Json list = Json::array();
  for (const migrate::Hazard& hazard : hazards) {
    list.push_back({{"code", hazard.code},
                    {"level", level_name(hazard.level)},
                    {"message", hazard.message},
                    {"saferWay", hazard.safer_way},
                    {"step", hazard.step}});
  }
  return list;
}

std::string summary_text(const migrate::NextMigration& next) {
  if (next.plan.empty()) {
    return "The migrations match the schema; there is nothing to migrate.\n" + kept_text(next.plan.kept);
  }
  std::string out;
  const std::vector<catalog::Step> steps = next.plan.steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (changes_new_database(steps[i])) out += fmt::format("- {}\n", next.summary[i]);
  }
  if (!next.parts.empty()) {
    out += fmt::format(
        "Written as {} migrations, because a new enum value can be used only after the transaction that adds it is "
        "committed.\n",
        next.parts.size());
  }
  return out + hazards_text(next.hazards) + renames_text(next.rename_candidates) + casts_text(next.cast_candidates) +
         kept_text(next.plan.kept);
}

std::string changes_text(const migrate::NextMigration& next, const DiffTimes* times) {
  const auto changes = std::ranges::count_if(next.plan.steps(), changes_new_database);
  const std::string text =
      next.plan.empty() ? "no changes" : fmt::format("{} change{}", changes, changes == 1 ? "" : "s");
  if (times == nullptr) return text + '\n';
  return fmt::format("{} in {:.1f} ms (from {:.1f}, to {:.1f}, diff {:.1f})\n", text,
                     times->from + times->to + times->diff, times->from, times->to, times->diff);
}

std::string casts_text(const std::vector<migrate::CastCandidate>& candidates) {
  std::string out;
  for (const migrate::CastCandidate& candidate : candidates) {
    const std::string request = migrate::request_of(candidate.cast);
    out += fmt::format("possible cast: {} from {} to {} by {}\n  = To keep its values, pass --cast {}\n", request,
                       migrate::display_type(candidate.from), migrate::display_type(candidate.to), candidate.expression,
                       request);
  }
  return out;
}

std::string kept_text(const std::vector<migrate::KeptObject>& kept) {
  std::string out;
  for (const migrate::KeptObject& object : kept) {
    out += fmt::format("kept: {} is not in the schema and cannot be, because of {}\n  = To drop it: {}\n", object.name,
                       object.reason, object.drop);
  }
  return out;
}

std::string notices_text(const migrate::NextMigration& next) {
  std::vector<migrate::Hazard> refined;
  std::ranges::copy_if(next.hazards, std::back_inserter(refined), [](const migrate::Hazard& hazard) {
    return hazard.code == migrate::spec_of(migrate::HazardKind::index_refined).code;
  });
  return hazards_text(refined) + renames_text(next.rename_candidates) + casts_text(next.cast_candidates) +
         kept_text(next.plan.kept);
}

std::string renames_text(const std::vector<migrate::RenameCandidate>& candidates) {
  std::string out;
  for (const migrate::RenameCandidate& candidate : candidates) {
    const migrate::RenameRequest request = migrate::request_of(candidate.rename);
    out += fmt::format("possible rename: {} (score {} of 100: {})\n  = To keep the data, pass --rename {}={}\n",
                       migrate::display_name(candidate.rename), candidate.score, fmt::join(candidate.reasons, ", "),
                       request.from, request.to);
  }
  return out;
}

namespace {

Json renames_json(const std::vector<migrate::RenameCandidate>& candidates) {
  Json list = Json::array();
  for (const migrate::RenameCandidate& candidate : candidates) {
    const migrate::RenameRequest request = migrate::request_of(candidate.rename);
    list.push_back(
        {{"from", request.from}, {"to", request.to}, {"score", candidate.score}, {"reasons", candidate.reasons}});
  }
  return list;
}

Json casts_json(const std::vector<migrate::CastCandidate>& candidates) {
  Json list = Json::array();
  for (const migrate::CastCandidate& candidate : candidates) {
    list.push_back({{"column", migrate::request_of(candidate.cast)},
                    {"from", migrate::display_type(candidate.from)},
                    {"to", migrate::display_type(candidate.to)},
                    {"using", candidate.expression}});
  }
  return list;
}

Json kept_json(const std::vector<migrate::KeptObject>& kept) {
  Json list = Json::array();
  for (const migrate::KeptObject& object : kept) {
    list.push_back({{"object", object.name}, {"reason", object.reason}, {"drop", object.drop}});
  }
  return list;
}

Json parts_json(const std::vector<migrate::MigrationPart>& parts) {
  Json list = Json::array();
  for (const migrate::MigrationPart& part : parts) list.push_back({{"sql", part.sql}, {"downSql", part.down_sql}});
  return list;
}

}  // namespace

Json migration_json(const migrate::NextMigration& next) {
  return {{"empty", next.plan.empty()},
          {"steps", next.summary},
          {"hazards", hazards_json(next.hazards)},
          {"renameCandidates", renames_json(next.rename_candidates)},
          {"castCandidates", casts_json(next.cast_candidates)},
          {"migrations", parts_json(next.parts)},
          {"kept", kept_json(next.plan.kept)},
          {"sql", next.sql},
          {"downSql", next.down.sql},
          {"reversal", reversal_name(next.down.worst)},
          {"losses", next.down.losses}};
}

std::string verify_text(const live::VerifyReport& report, bool timing) {
  std::string out = fmt::format("PostgreSQL {} started", report.server_version / 10000);
  if (timing) out += fmt::format(" in {:.0f} ms", report.server_milliseconds);
  out += '\n';
  for (const live::Check& check : report.checks) {
    out += fmt::format("{} {}", check.skipped ? "  -  " : check.ok ? "  ok " : "FAIL ", check_title(check));
    if (timing && !check.skipped && check.milliseconds >= 1) out += fmt::format(" ({:.0f} ms)", check.milliseconds);
    out += '\n';
    for (const std::string& detail : check.details) out += fmt::format("       {}\n", detail);
  }
  return out + (report.ok() ? "verified\n" : "not verified\n");
}

std::string verify_markdown(const live::VerifyReport& report) {
  std::string out = report.ok() ? "**Verified** on a PostgreSQL server:\n" : "**Not verified:**\n";
  for (const live::Check& check : report.checks) {
    out += fmt::format("- {} {}\n", check.skipped ? "–" : check.ok ? "✓" : "✗", check_title(check));
    for (const std::string& detail : check.details) out += fmt::format("  - {}\n", detail);
  }
  return out;
}

}  // namespace refract::report
