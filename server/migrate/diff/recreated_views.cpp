#include "migrate/diff/recreated_views.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "catalog/parse/name_uses.h"
#include "catalog/parse/sql.h"
#include "migrate/diff/dependents.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::Unmanaged;
using catalog::UnmanagedKind;
using catalog::View;

using ColumnName = std::pair<QualifiedName, std::string>;

// Columns whose type changes, by whatever way.
std::vector<ColumnName> changed_columns(const Diff& diff) {
  std::vector<ColumnName> found;
  for (const TableDiff& table : diff.tables) {
    for (const ColumnPair& pair : table.columns) {
      const bool listed = pair.from->type.array != pair.to->type.array;
      if (pair.type != TypeChange::none || pair.cast || listed)
        found.emplace_back(table.from->table->name, pair.from->name);
    }
  }
  // The enums that lose a value are replaced.
  for (const catalog::Enum* from : diff.from.enums()) {
    const catalog::Enum* to = diff.to.find_enum(from->name);
    if (to == nullptr) continue;
    const std::unordered_set<std::string_view> stay(to->values.begin(), to->values.end());
    const bool replaced =
        std::ranges::any_of(from->values, [&](const std::string& value) { return !stay.contains(value); });
    if (!replaced) continue;
    for (const DiffTable& compared : diff.from.tables()) {
      for (const catalog::Column& column : compared.table->columns) {
        if (column.type.schema == from->name.schema && column.type.name == from->name.name)
          found.emplace_back(compared.table->name, column.name);
      }
    }
  }
  return found;
}

class Selection {
 public:
  explicit Selection(const Diff& diff) : diff_(diff), from_(diff.from.catalog()) {}

  // Each after those that it reads.
  std::vector<const View*> select() {
    const std::vector<ColumnName> columns = changed_columns(diff_);
    if (columns.empty() || from_.views.empty()) return {};
    for (const auto& [name, view] : from_.views) {
      const bool reads = std::ranges::any_of(
          columns, [&](const ColumnName& column) { return reads_column(view, column.first, column.second); });
      if (!reads) continue;
      std::vector<const View*> family{&view};
      add_dependents(family);
      if (std::ranges::all_of(family, [&](const View* one) { return can_come_back(*one); })) {
        chosen_.insert(family.begin(), family.end());
      }
    }
    return in_order();
  }

 private:
  void add_dependents(std::vector<const View*>& family) const {
    for (std::size_t at = 0; at < family.size(); ++at) {
      for (const auto& [name, view] : from_.views) {
        const bool reads = std::ranges::find(view.uses, family[at]->name) != view.uses.end();
        if (reads && std::ranges::find(family, &view) == family.end()) family.push_back(&view);
      }
    }
  }

  bool can_come_back(const View& view) const {
    if (view.materialized || view.rewritten.value || view.name.schema == "pg_temp" || from_.incomplete.value) {
      return false;
    }
    return reads_only_what_stays(view) && is_found_again(view) && is_surrounded_by_known(view);
  }

  bool reads_only_what_stays(const View& view) const {
    const bool drops_table = std::ranges::any_of(diff_.dropped_tables, [&](const DiffTable* table) {
      return std::ranges::find(view.uses, table->table->name) != view.uses.end();
    });
    if (drops_table) return false;
    return std::ranges::none_of(diff_.tables, [&](const TableDiff& table) {
      return std::ranges::any_of(table.dropped_columns, [&](const catalog::Column* column) {
        return reads_column(view, table.from->table->name, column->name);
      });
    });
  }

  // The statement, which names things as the search_path of its migration had it, means the same in the one to come.
  static bool is_found_again(const View& view) {
    const std::string head = ascii::to_lower(std::string_view(view.definition).substr(0, 6));
    if (head != "create") return false;
    const catalog::ParsedSql parsed = catalog::parse_sql(view.definition);
    if (parsed.steps.size() != 1 || !parsed.errors.empty()) return false;
    const auto* created = std::get_if<catalog::CreateView>(&parsed.steps.front().change);
    if (created == nullptr || created->temporary) return false;
    const auto elsewhere = [](const QualifiedName& written, const QualifiedName& is) {
      return written.schema.empty() && written.name == is.name && is.schema != "public";
    };
    if (elsewhere(created->view.name, view.name)) return false;
    return std::ranges::none_of(created->view.uses, [&](const QualifiedName& written) {
      return std::ranges::any_of(view.uses, [&](const QualifiedName& used) { return elsewhere(written, used); });
    });
  }

  bool is_surrounded_by_known(const View& view) const {
    const bool revokes = std::ranges::any_of(from_.unmanaged, [](const Unmanaged& object) {
      return object.kind == UnmanagedKind::grant && ascii::to_lower(object.definition).starts_with("revoke");
    });
    return std::ranges::none_of(from_.unmanaged, [&](const Unmanaged& object) {
      if (object.on_table == view.name) {
        // Several objects in one statement: repeated, it would restore what was revoked from the others.
        const bool several = catalog::parse_sql(object.definition).steps.size() != 1;
        return !object.renamed.value.empty() || (object.kind == UnmanagedKind::grant && several && revokes);
      }
      // Rights given to all that was there then; functions and rules that have to go before the view.
      if (object.kind == UnmanagedKind::grant && !object.on_table)
        return object.name.name == "ACL_TARGET_ALL_IN_SCHEMA" || object.name.name == "DEFAULT PRIVILEGES";
      if (object.kind == UnmanagedKind::rule || object.kind == UnmanagedKind::policy) {
        const std::vector<catalog::NameUse> uses = catalog::name_uses(object.definition);
        return std::ranges::any_of(uses, [&](const catalog::NameUse& use) { return use.name == view.name.name; });
      }
      return object.kind != UnmanagedKind::trigger && std::ranges::find(object.uses, view.name) != object.uses.end();
    });
  }

  std::vector<const View*> in_order() const {
    std::vector<const View*> ordered;
    while (ordered.size() < chosen_.size()) {
      for (const View* view : chosen_) {
        if (std::ranges::find(ordered, view) != ordered.end()) continue;
        const bool ready = std::ranges::none_of(chosen_, [&](const View* other) {
          return other != view && std::ranges::find(view->uses, other->name) != view->uses.end() &&
                 std::ranges::find(ordered, other) == ordered.end();
        });
        if (ready) ordered.push_back(view);
      }
    }
    return ordered;
  }

  const Diff& diff_;
  const Catalog& from_;
  struct ByName {
    bool operator()(const View* one, const View* other) const { return one->name < other->name; }
  };
  std::set<const View*, ByName> chosen_;
};

}  // namespace

RecreatedViews::RecreatedViews(const Diff& diff) : from_(diff.from.catalog()) {
  if (!diff.options.like_prisma) views_ = Selection(diff).select();
}

void RecreatedViews::plan_drops(Plan& plan) const {
  for (auto view = views_.rbegin(); view != views_.rend(); ++view) {
    plan.groups.push_back({"DropView", {statement(catalog::DropView{.view = (*view)->name})}});
  }
}

void RecreatedViews::plan_creations(Plan& plan) const {
  for (const View* view : views_) {
    Group& group = plan.groups.emplace_back(Group{.title = "CreateView", .statements = {}});
    group.statements.push_back(statement(catalog::CreateView{.view = *view}));
    for (const Unmanaged& object : from_.unmanaged) {
      if (object.on_table == view->name) group.statements.push_back(statement(catalog::CreateUnmanaged{object, false}));
    }
  }
}

}  // namespace refract::migrate
