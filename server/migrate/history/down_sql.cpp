#include "migrate/history/down_sql.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "migrate/diff/planner.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;

// The thing of a map that a name in SQL means, its schema written or not.
template <class Map>
std::optional<QualifiedName> full_name(const Map& things, const QualifiedName& written) {
  if (!written.schema.empty()) return things.contains(written) ? std::optional(written) : std::nullopt;
  if (const QualifiedName in_public{"public", written.name}; things.contains(in_public)) return in_public;
  const auto found = std::ranges::find_if(things, [&](const auto& entry) { return entry.first.name == written.name; });
  return found == things.end() ? std::nullopt : std::optional(found->first);
}

// The renames that SQL makes of what was there before it, several of one thing as one.
class RenameReader {
 public:
  RenameReader(const Catalog& before, const Catalog& after) : before_(before), after_(after) {}

  void read(const catalog::Step& step) {
    std::visit([this](const auto& change) { read(change); }, step.change);
  }

  std::vector<Rename> renames() const {
    std::vector<Rename> found;
    for (const auto& [now, was] : tables_) {
      if (after_.tables.contains(now) && now.schema == was.schema && now != was)
        found.push_back({RenameKind::table, was, was.name, now.name});
    }
    for (const auto& [now, was] : enums_) {
      if (after_.enums.contains(now) && now.schema == was.schema && now != was)
        found.push_back({RenameKind::enumeration, was, was.name, now.name});
    }
    std::ranges::copy(parts_, std::back_inserter(found));
    std::erase_if(found, [](const Rename& rename) { return rename.from == rename.to; });
    join_exchanges(found);
    return found;
  }

 private:
  // Of two columns that got each other's name, one rename is left: the exchange.
  static void join_exchanges(std::vector<Rename>& found) {
    const auto back_of = [&](const Rename& rename) {
      return std::ranges::find(found, Rename{RenameKind::column, rename.owner, rename.to, rename.from});
    };
    for (auto at = found.begin(); at != found.end(); ++at) {
      if (at->kind != RenameKind::column || back_of(*at) == found.end()) continue;
      found.erase(back_of(*at));  // it comes after: the first of the two is found first
      at->kind = RenameKind::exchange;
    }
  }

  using Names = std::map<QualifiedName, QualifiedName>;  // now → before

  template <class Map>
  static std::optional<QualifiedName> original(const Names& renamed, const Map& before, const QualifiedName& written) {
    for (const auto& [now, was] : renamed) {
      if (now.name == written.name && (written.schema.empty() || now.schema == written.schema)) return was;
    }
    return full_name(before, written);
  }
  static void rename(Names& renamed, const QualifiedName& was, const std::string& to) {
    std::erase_if(renamed, [&](const auto& entry) { return entry.second == was; });
    renamed[{was.schema, to}] = was;
  }
  void rename_part(RenameKind kind, const QualifiedName& owner, const std::string& from, const std::string& to) {
    const auto known = std::ranges::find_if(parts_, [&](const Rename& rename) {
      return rename.kind == kind && rename.owner == owner && rename.to == from;
    });
    if (known != parts_.end()) {
      known->to = to;
    } else {
      parts_.push_back({kind, owner, from, to});
    }
  }

  void read(const catalog::RenameTable& step) {
    if (const auto was = original(tables_, before_.tables, step.table)) rename(tables_, *was, step.to);
  }
  void read(const catalog::RenameEnum& step) {
    if (const auto was = original(enums_, before_.enums, step.enumeration)) rename(enums_, *was, step.to);
  }
  void read(const catalog::RenameColumn& step) {
    const auto table = original(tables_, before_.tables, step.table);
    if (table) rename_part(RenameKind::column, *table, step.from, step.to);
  }
  void read(const catalog::RenameEnumValue& step) {
    const auto enumeration = original(enums_, before_.enums, step.enumeration);
    if (enumeration) rename_part(RenameKind::enum_value, *enumeration, step.from, step.to);
  }
  void read(const auto&) {}

  const Catalog& before_;
  const Catalog& after_;
  Names tables_;
  Names enums_;
  std::vector<Rename> parts_;
};

// Whether a step has an effect that comparing two structures does not show.
bool is_invisible_to_comparison(const catalog::Step& step) {
  constexpr std::array<std::string_view, 6> kChanging = {"INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE"};
  if (const auto* data = std::get_if<catalog::DataStatement>(&step.change))
    return std::ranges::find(kChanging, data->verb) != kChanging.end();
  return std::holds_alternative<catalog::Opaque>(step.change) ||
         std::holds_alternative<catalog::CreateUnmanaged>(step.change) ||
         std::holds_alternative<catalog::DropUnmanaged>(step.change) ||
         std::holds_alternative<catalog::RenameUnmanaged>(step.change) ||
         std::holds_alternative<catalog::SetInheritance>(step.change) ||
         std::holds_alternative<catalog::CreateExtension>(step.change) ||
         std::holds_alternative<catalog::AlterExtension>(step.change);
}

History first_of(const History& history, std::size_t count) {
  const auto begin = history.migrations.begin();
  return with_migrations(history, {begin, begin + static_cast<std::ptrdiff_t>(count)});
}

}  // namespace

ReversePlan reverse_migration(const History& history, std::size_t index, const DiffOptions& options) {
  const History earlier = first_of(history, index);
  const History later = first_of(history, index + 1);
  const Catalog& before = *earlier.catalog;
  const Catalog& after = *later.catalog;
  const std::vector<catalog::Step> written = catalog::parse_leniently(history.migrations[index].sql).steps;

  RenameReader renames(before, after);
  for (const catalog::Step& step : written) renames.read(step);
  Plan forward;
  const Catalog renamed = plan_renames(before, after, renames.renames(), forward, JoinColumns::as_given);
  Plan rest = plan_within(renamed, after, options, Scope::all);
  std::ranges::move(rest.groups, std::back_inserter(forward.groups));
  for (const catalog::Step& step : written) {
    if (is_invisible_to_comparison(step)) forward.groups.push_back({"Other", {Statement{{step}}}});
  }
  return reverse(forward, before, after, options);
}

}  // namespace refract::migrate
