#include "migrate/diff/rename_candidates.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "migrate/diff/planner.h"
#include "migrate/wanted/default_match.h"
#include "migrate/wanted/join_table.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Table;

constexpr int kLeastScore = 50;

// Where more pairs than these could be meant, nobody chooses among them, and each costs time.
constexpr std::size_t kMostPairs = 250'000;
bool too_many(const auto& dropped, const auto& added) {
  return !dropped.empty() && added.size() > kMostPairs / dropped.size();
}

std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '_' && c != '-') letters += ascii::to_lower(c);
  }
  return letters;
}

std::size_t edit_distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t at = 0; at <= other.size(); ++at) row[at] = at;
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (one[i] == other[j] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

// 0 to 100: the same but for case and underscores, one within the other, or few letters different.
int similarity(std::string_view one_name, std::string_view other_name) {
  const std::string one = plain(one_name);
  const std::string other = plain(other_name);
  if (one == other) return 100;
  if (one.empty() || other.empty()) return 0;
  const auto& [shorter, longer] =
      std::minmax(one, other, [](const auto& a, const auto& b) { return a.size() < b.size(); });
  if (shorter.size() >= 3 && longer.contains(shorter)) return 80;
  const std::size_t apart = edit_distance(one, other);
  return static_cast<int>(100 - 100 * apart / longer.size());
}

struct Judgement {
  int score = 0;
  std::vector<std::pair<int, std::string>> reasons;

  void add(int points, std::string reason) {
    if (points <= 0) return;
    score += points;
    reasons.emplace_back(points, std::move(reason));
  }
  void judge_names(std::string_view from, std::string_view to, int most) {
    const int alike = similarity(from, to);
    if (alike == 100)
      add(most, "the same name in another spelling");
    else if (alike >= 50)
      add(most * alike / 100, "a similar name");
  }
  RenameCandidate candidate(Rename rename) && {
    std::ranges::stable_sort(reasons, std::greater(), &std::pair<int, std::string>::first);
    RenameCandidate made{std::move(rename), std::min(score, 100), {}};
    for (auto& [points, reason] : reasons) made.reasons.push_back(std::move(reason));
    return made;
  }
};

std::size_t place_of(const Table& table, const Column& column) {
  return static_cast<std::size_t>(&column - table.columns.data());
}

bool same_default(const Column& from, bool from_schema, const Column& to) {
  return is_autoincrement(from) == is_autoincrement(to) &&
         (is_autoincrement(from) || defaults_match(from, to, {.from_schema = from_schema}));
}

std::vector<std::string> columns_of(const catalog::Index& index) {
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& column : index.columns) columns.push_back(column.column);
  return columns;
}
const std::vector<std::string>& columns_of(const catalog::ForeignKey& key) {
  return key.columns;
}
bool alike(const catalog::Index& one, const catalog::Index& other) {
  return one.unique == other.unique;
}
bool alike(const catalog::ForeignKey& one, const catalog::ForeignKey& other) {
  return one.referenced_table == other.referenced_table;
}

// Whether an index or key over the one column has its like over the other.
template <class Keys>
bool move_along(const Keys& before, const Keys& after, const std::string& from, const std::string& to) {
  return std::ranges::any_of(before, [&](const auto* key) {
    const auto& columns = columns_of(*key);
    if (std::ranges::find(columns, from) == columns.end()) return false;
    auto moved = columns;
    std::ranges::replace(moved, from, to);
    return std::ranges::any_of(after,
                               [&](const auto* other) { return columns_of(*other) == moved && alike(*key, *other); });
  });
}

class Finder {
 public:
  explicit Finder(const Diff& diff) : diff_(diff) {}

  std::vector<RenameCandidate> run() && {
    if (!too_many(diff_.dropped_tables, diff_.created_tables)) {
      for (const DiffTable* from : diff_.dropped_tables) {
        for (const DiffTable* to : diff_.created_tables) judge_tables(*from->table, *to->table);
      }
    }
    for (const TableDiff& table : diff_.tables) {
      if (too_many(table.dropped_columns, table.added_columns)) continue;
      for (const Column* from : table.dropped_columns) {
        for (const Column* to : table.added_columns) judge_columns(table, *from, *to);
      }
    }
    std::vector<const catalog::Enum*> created;
    for (const catalog::Enum* to : diff_.to.enums()) {
      if (!diff_.from.find_enum(to->name)) created.push_back(to);
    }
    const bool many = too_many(diff_.from.enums(), created);
    for (const catalog::Enum* from : diff_.from.enums()) {
      if (const catalog::Enum* same = diff_.to.find_enum(from->name)) {
        judge_values(*from, *same);
      } else if (!many) {
        for (const catalog::Enum* to : created) judge_enums(*from, *to);
      }
    }
    std::ranges::stable_sort(found_, std::greater(), &RenameCandidate::score);
    std::vector<RenameCandidate> chosen;
    for (RenameCandidate& candidate : found_) {
      if (std::ranges::none_of(
              chosen, [&](const RenameCandidate& one) { return exclude_each_other(one.rename, candidate.rename); })) {
        chosen.push_back(std::move(candidate));
      }
    }
    return chosen;
  }

 private:
  static bool exclude_each_other(const Rename& one, const Rename& other) {
    if (one.kind != other.kind) return false;
    if (one.kind == RenameKind::table || one.kind == RenameKind::enumeration) {
      return one.owner == other.owner || (one.owner.schema == other.owner.schema && one.to == other.to);
    }
    return one.owner == other.owner && (one.from == other.from || one.to == other.to);
  }

  void offer(Judgement&& judgement, Rename rename) {
    if (judgement.score >= kLeastScore) found_.push_back(std::move(judgement).candidate(std::move(rename)));
  }

  void judge_columns(const TableDiff& table, const Column& from, const Column& to) {
    const TypeChange change =
        type_change(from.type, diff_.from.catalog(), diff_.from.from_schema(), to.type, diff_.to.catalog());
    if ((change != TypeChange::none && change != TypeChange::safe_cast) || from.type.array != to.type.array) return;
    Judgement judgement;
    judgement.add(change == TypeChange::none ? 30 : 15, change == TypeChange::none ? "the same type" : "a wider type");
    if (arity_of(from) == arity_of(to)) judgement.add(10, "the same nullability");
    if (same_default(from, diff_.from.from_schema(), to)) {
      judgement.add(from.default_value ? 15 : 5, from.default_value ? "the same default" : "no default on either");
    }
    judgement.judge_names(from.name, to.name, 30);
    if (place_of(*table.from->table, from) == place_of(*table.to->table, to)) judgement.add(15, "the same position");
    if (table.dropped_columns.size() == 1 && table.added_columns.size() == 1) {
      judgement.add(10, "the only column dropped and the only one added");
    }
    if (move_along(table.from->indexes, table.to->indexes, from.name, to.name)) {
      judgement.add(10, "its indexes move with it");
    }
    if (move_along(table.from->foreign_keys, table.to->foreign_keys, from.name, to.name)) {
      judgement.add(15, "its foreign key moves with it");
    }
    offer(std::move(judgement), {RenameKind::column, table.from->table->name, from.name, to.name});
  }

  void judge_tables(const Table& from, const Table& to) {
    if (from.name.schema != to.name.schema || from.columns.empty()) return;
    if (is_implicit_join_table(from)) return judge_join_tables(from, to);
    const auto kept = static_cast<std::size_t>(std::ranges::count_if(from.columns, [&](const Column& column) {
      const Column* other = to.find_column(column.name);
      return other && type_change(column.type, diff_.from.catalog(), diff_.from.from_schema(), other->type,
                                  diff_.to.catalog()) == TypeChange::none;
    }));
    const std::size_t all = from.columns.size() + to.columns.size() - kept;
    if (kept * 2 < all) return;
    Judgement judgement;
    judgement.add(static_cast<int>(60 * kept / all),
                  kept == all ? "the same columns" : fmt::format("{} of {} columns the same", kept, all));
    judgement.judge_names(from.name.name, to.name.name, 25);
    if (diff_.dropped_tables.size() == 1 && diff_.created_tables.size() == 1) {
      judgement.add(10, "the only table dropped and the only one added");
    }
    if (from.primary_key && to.primary_key && from.primary_key->columns == to.primary_key->columns) {
      judgement.add(5, "the same primary key");
    }
    offer(std::move(judgement), {RenameKind::table, from.name, from.name.name, to.name.name});
  }

  // They follow their models; what is left is a relation whose name in the schema is another.
  void judge_join_tables(const Table& from, const Table& to) {
    if (!is_implicit_join_table(to)) return;
    const auto ends = [](const Table& table) {
      return std::minmax(join_key(table, 'A')->referenced_table, join_key(table, 'B')->referenced_table);
    };
    if (ends(from) != ends(to)) return;
    Judgement judgement;
    judgement.add(60, "a relation between the same tables");
    judgement.judge_names(from.name.name, to.name.name, 25);
    if (diff_.dropped_tables.size() == 1 && diff_.created_tables.size() == 1) {
      judgement.add(15, "the only table dropped and the only one added");
    }
    offer(std::move(judgement), {RenameKind::table, from.name, from.name.name, to.name.name});
  }

  void judge_enums(const catalog::Enum& from, const catalog::Enum& to) {
    if (from.name.schema != to.name.schema || from.values != to.values) return;
    Judgement judgement;
    judgement.add(60, "the same values");
    judgement.judge_names(from.name.name, to.name.name, 40);
    offer(std::move(judgement), {RenameKind::enumeration, from.name, from.name.name, to.name.name});
  }

  void judge_values(const catalog::Enum& from, const catalog::Enum& to) {
    const auto missing = [](const catalog::Enum& among, const catalog::Enum& other) {
      std::vector<std::size_t> places;
      const std::unordered_set<std::string_view> others(other.values.begin(), other.values.end());
      for (std::size_t at = 0; at < among.values.size(); ++at) {
        if (!others.contains(among.values[at])) places.push_back(at);
      }
      return places;
    };
    const auto dropped = missing(from, to);
    const auto added = missing(to, from);
    if (too_many(dropped, added)) return;
    for (const std::size_t before : dropped) {
      for (const std::size_t after : added) {
        Judgement judgement;
        judgement.judge_names(from.values[before], to.values[after], 50);
        if (before == after) judgement.add(30, "the same position");
        if (dropped.size() == 1 && added.size() == 1)
          judgement.add(30, "the only value dropped and the only one added");
        offer(std::move(judgement), {RenameKind::enum_value, from.name, from.values[before], to.values[after]});
      }
    }
  }

  const Diff& diff_;
  std::vector<RenameCandidate> found_;
};

}  // namespace

std::vector<RenameCandidate> rename_candidates(const Catalog& before, const Catalog& wanted,
                                               const DiffOptions& options) {
  Plan ignored;
  const Catalog renamed = plan_renames(before, wanted, options.renames, ignored);
  return Finder(compare(renamed, wanted, options, Scope::described)).run();
}

}  // namespace refract::migrate
