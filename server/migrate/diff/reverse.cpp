#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "catalog/parse/sql.h"
#include "migrate/diff/casts.h"
#include "migrate/diff/describe.h"
#include "migrate/diff/display_name.h"
#include "migrate/diff/planner.h"
#include "migrate/diff/reverse_unmanaged.h"
#include "migrate/sql/render.h"

// down.sql: the inverse of a migration. It is planned like any migration, but over everything that a catalog contains,
// and states for each step what it cannot restore.
namespace refract::migrate {
namespace {

using catalog::QualifiedName;
using ColumnName = std::pair<QualifiedName, std::string>;

constexpr std::string_view kHeader =
    "-- Undoes the migration in this folder. Each step is marked as lossless, lossy (rows or values are lost) or\n"
    "-- impossible (cannot be undone automatically). Prisma does not read this file.\n";

std::string_view label(Reversal reversal) {
  switch (reversal) {
    case Reversal::lossless:
      return "lossless";
    case Reversal::lossy:
      return "lossy";
    case Reversal::impossible:
      return "impossible";
  }
  return "";
}

struct Verdict {
  Reversal reversal = Reversal::lossless;
  std::vector<std::string> remarks;

  void add(Reversal kind, std::string remark) {
    reversal = std::max(reversal, kind);
    remarks.push_back(std::move(remark));
  }
};

// What a migration destroys.
class Losses {
 public:
  Losses(const Plan& forward, const catalog::Catalog& before, const catalog::Catalog& after)
      : before_(before), after_(after) {
    for (const catalog::Step& step : forward.steps()) {
      if (const auto* table = std::get_if<catalog::DropTable>(&step.change)) tables_.insert(table->table);
      if (const auto* column = std::get_if<catalog::DropColumn>(&step.change)) {
        columns_.insert({column->table, column->column});
      }
    }
  }

  Verdict judge(const Group& group) {
    Verdict verdict;
    swapped_.clear();
    for (const Statement& statement : group.statements) {
      for (const catalog::Step& step : statement.steps) {
        std::visit([&](const auto& change) { judge(change, verdict); }, step.change);
      }
    }
    return verdict;
  }

 private:
  void judge(const catalog::CreateTable& step, Verdict& verdict) {
    if (tables_.contains(step.table.name)) {
      verdict.add(Reversal::lossy, fmt::format("The rows of table {} are lost.", display_name(step.table.name)));
    }
  }

  void judge(const catalog::AddColumn& step, Verdict& verdict) {
    const catalog::Column& column = step.column;
    const bool filled =
        column.nullable || column.default_value || column.identity != catalog::Identity::none || column.generated;
    if (!filled) {
      verdict.add(Reversal::impossible,
                  fmt::format("Fails if {} has rows: column {} is required, and its values are lost.",
                              display_name(step.table), column.name));
    } else if (!column.generated) {
      verdict.add(Reversal::lossy,
                  fmt::format("The values of column {} are lost.", display_name(step.table, column.name)));
    }
  }

  void judge(const catalog::AlterColumnType& step, Verdict& verdict) {
    const std::string name = display_name(step.table, step.column);
    if (columns_.contains({step.table, step.column})) {
      verdict.add(Reversal::lossy,
                  fmt::format("The values that column {} had before it was recreated are lost.", name));
      return;
    }
    const catalog::Table* table = after_.find_table(step.table);
    const catalog::Column* column = table ? table->find_column(step.column) : nullptr;
    if (!column) return;
    if (column->type.array && !step.type.array && after_.find_enum({step.type.schema, step.type.name})) {
      verdict.add(Reversal::lossy, fmt::format("Only the first element of each array in {} is kept.", name));
    }
    const TypeChange change = type_change(column->type, after_, false, step.type, before_);
    if (change == TypeChange::risky_cast || change == TypeChange::not_castable) {
      verdict.add(Reversal::lossy,
                  fmt::format("Values of {} that do not fit {} are truncated or make the statement fail.", name,
                              display_type(step.type)));
    } else if (const std::string_view lost = lost_in_cast(column->type, step.type); !lost.empty()) {
      verdict.add(Reversal::lossy, fmt::format("Values of {} lose {} when they are converted to {}.", name, lost,
                                               display_type(step.type)));
    }
  }

  void judge(const catalog::RenameEnum& step, Verdict&) { swapped_[step.to] = step.enumeration.name; }

  // After its columns went over to another type.
  void judge(const catalog::DropEnum& step, Verdict& verdict) {
    const auto swapped = swapped_.find(step.enumeration.name);
    if (swapped == swapped_.end()) return;
    const QualifiedName name{step.enumeration.schema, swapped->second};
    verdict.add(Reversal::lossy, fmt::format("Fails if rows have a value that {} did not have before the migration.",
                                             display_name(name)));
  }

  void judge(const catalog::SetColumnNullable& step, Verdict& verdict) {
    if (!step.nullable) {
      verdict.add(Reversal::lossy,
                  fmt::format("Fails if rows of {} have NULL in {} by then.", display_name(step.table), step.column));
    }
  }

  void judge(const catalog::DropExtension& step, Verdict& verdict) {
    verdict.remarks.push_back(fmt::format("Fails if objects created after the migration use extension {}.", step.name));
  }

  void judge(const catalog::AlterExtension& step, Verdict& verdict) {
    if (!step.new_version.empty()) {
      verdict.add(Reversal::lossy,
                  fmt::format("Fails if extension {} has no update path back to {}.", step.name, step.new_version));
    }
  }

  void judge(const catalog::DropSchema& step, Verdict& verdict) {
    verdict.remarks.push_back(fmt::format("Fails if schema {} contains other objects by then.", step.name));
  }

  void judge(const catalog::DropTable& step, Verdict& verdict) {
    verdict.add(Reversal::lossy,
                fmt::format("Rows written to {} after the migration are lost.", display_name(step.table)));
  }

  void judge(const catalog::DropColumn& step, Verdict& verdict) {
    verdict.add(Reversal::lossy, fmt::format("Values written to {} after the migration are lost.",
                                             display_name(step.table, step.column)));
  }

  void judge(const auto&, Verdict&) {}

  const catalog::Catalog& before_;
  const catalog::Catalog& after_;
  std::set<QualifiedName> tables_;
  std::set<ColumnName> columns_;
  std::map<std::string, std::string> swapped_;  // enums renamed in the group: name now → name before
};

// Steps of the migration that no plan takes back.
void judge_irreversible(const Plan& forward, const catalog::Catalog& before, ReversePlan& reverse) {
  for (const catalog::Step& step : forward.steps()) {
    const bool opaque = std::holds_alternative<catalog::Opaque>(step.change);
    const bool data = std::holds_alternative<catalog::DataStatement>(step.change);
    const bool unmanaged = std::holds_alternative<catalog::CreateUnmanaged>(step.change) ||
                           std::holds_alternative<catalog::DropUnmanaged>(step.change) ||
                           std::holds_alternative<catalog::RenameUnmanaged>(step.change) ||
                           std::holds_alternative<catalog::SetInheritance>(step.change);
    // What is restored with a view that was recreated.
    const auto* made = std::get_if<catalog::CreateUnmanaged>(&step.change);
    const bool back = made != nullptr && made->object.on_table && before.views.contains(*made->object.on_table);
    if ((!opaque && !data && !unmanaged) || back) continue;
    reverse.worst = Reversal::impossible;
    reverse.losses.push_back(fmt::format("Not undone: {}.", describe(step.change)));
    reverse.sql += fmt::format("\n-- impossible: {}\n", reverse.losses.back());
  }
}

}  // namespace

ReversePlan reverse(const Plan& forward, const catalog::Catalog& before, const catalog::Catalog& after,
                    const DiffOptions& options) {
  ReversePlan reverse;
  catalog::Catalog renamed = before;
  for (std::size_t at = 0; at < forward.renames; ++at) {
    catalog::replay(forward.groups[at].statements.front().steps, renamed);
  }
  reverse.plan = plan_within(after, renamed, options, Scope::all);
  UnmanagedReversal rest = reverse_unmanaged(forward, renamed, after);
  std::ranges::move(rest.groups, std::back_inserter(reverse.plan.groups));
  std::ranges::move(undo_renames(forward), std::back_inserter(reverse.plan.groups));
  reverse.sql = kHeader;
  judge_irreversible(forward, before, reverse);
  for (std::string& sentence : rest.lost) {
    reverse.worst = Reversal::impossible;
    reverse.sql += fmt::format("\n-- impossible: {}\n", sentence);
    reverse.losses.push_back(std::move(sentence));
  }
  Losses losses(forward, renamed, after);
  for (const Group& group : reverse.plan.groups) {
    const Verdict verdict = losses.judge(group);
    reverse.worst = std::max(reverse.worst, verdict.reversal);
    if (verdict.reversal != Reversal::lossless) std::ranges::copy(verdict.remarks, std::back_inserter(reverse.losses));
    reverse.sql += fmt::format("\n-- {}: {}\n", group.title, label(verdict.reversal));
    for (const std::string& remark : verdict.remarks) reverse.sql += fmt::format("-- {}\n", remark);
    // Not `qualified`: the URL's ?schema= may make another schema the project's own, and "public" another program's.
    Group unqualified = group;
    for (Statement& statement : unqualified.statements) statement.qualified = false;
    reverse.sql += render_group(unqualified, Spelling::escaped);
  }
  return reverse;
}

}  // namespace refract::migrate
