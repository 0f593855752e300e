#include "migrate/diff/dependents.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/expression/expression.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/parse/name_uses.h"
#include "migrate/diff/display_name.h"
#include "migrate/sql/types.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::names_plainly;
using catalog::NameUse;
using catalog::QualifiedName;
using catalog::Unmanaged;
using catalog::UnmanagedKind;

std::string named(const Unmanaged& object) {
  return fmt::format("{} {}", kind_name(object.kind), display_name(object.name));
}

std::string named_with_table(const Unmanaged& object) {
  return fmt::format("{} {} of {}", kind_name(object.kind), object.name.name, display_name(*object.on_table));
}

bool belongs_to_table(UnmanagedKind kind) {
  return kind == UnmanagedKind::trigger || kind == UnmanagedKind::policy || kind == UnmanagedKind::rule;
}

bool any_name(const std::vector<NameUse>& uses, std::string_view name) {
  return std::ranges::any_of(uses, [&](const NameUse& use) { return use.name == name && !use.string; });
}

// What the column was called when the text was written.
std::string written_name(const std::vector<catalog::RenamedColumn>& renamed, const QualifiedName& table,
                         std::string_view column) {
  std::string name(column);
  for (auto one = renamed.rbegin(); one != renamed.rend(); ++one) {
    if (one->table == table && one->to == name) name = one->from;
  }
  return name;
}

// A routine's text: PostgreSQL follows what a body in the SQL standard's form names (BEGIN ATOMIC, RETURN), and keeps
// any other as text, whose names it looks up when it runs.
struct Routine {
  explicit Routine(const Unmanaged& object) : uses(catalog::name_uses(object.definition)) {
    const auto plain = [](const NameUse& use) { return !use.string && !use.quoted && use.depth == 0; };
    for (std::size_t at = 1; at < uses.size() && body == uses.size(); ++at) {
      const bool atomic = plain(uses[at]) && uses[at].name == "atomic" && uses[at - 1].name == "begin";
      const bool returns = plain(uses[at]) && uses[at].name == "return";
      if (atomic || returns) body = at + 1;
    }
  }

  bool is_tracked() const { return body < uses.size(); }
  // In the body, wherever that is.
  bool body_names(std::string_view name) const {
    for (std::size_t at = 0; at < uses.size(); ++at) {
      const bool in_body = is_tracked() ? at >= body : uses[at].depth > 0;
      if (in_body && uses[at].name == name && !uses[at].string) return true;
    }
    return false;
  }
  // NEW.name, OLD.name: a column of the row that a trigger is about.
  bool takes_from_row(std::string_view column) const {
    return std::ranges::any_of(uses, [&](const NameUse& use) {
      return use.depth > 0 && use.name == column && (use.qualifier == "new" || use.qualifier == "old");
    });
  }
  bool holds_string(std::string_view value) const {
    return std::ranges::any_of(uses,
                               [&](const NameUse& use) { return use.string && use.depth > 0 && use.name == value; });
  }

  std::vector<NameUse> uses;
  std::size_t body = uses.size();  // where a tracked body begins in `uses`
};

// The names in CREATE TRIGGER before EXECUTE (which PostgreSQL follows), the function, and its arguments (which are
// text).
struct Trigger {
  explicit Trigger(const Unmanaged& object) {
    std::vector<NameUse> uses = catalog::name_uses(object.definition);
    const auto execute = std::ranges::find_if(
        uses, [](const NameUse& use) { return use.name == "execute" && !use.quoted && !use.string; });
    condition.assign(uses.begin(), execute);
    auto rest = execute == uses.end() ? execute : execute + 1;
    if (rest != uses.end()) ++rest;  // FUNCTION or PROCEDURE
    if (rest != uses.end()) function = (rest++)->name;
    for (; rest != uses.end() && !rest->qualifier.empty(); ++rest) function = rest->name;
    for (; rest != uses.end(); ++rest) {
      if (rest->depth == 0) arguments.push_back(rest->name);
    }
    // REFERENCING NEW TABLE AS added
    for (std::size_t at = 0; at + 1 < condition.size(); ++at) {
      if (condition[at].name != "table" || at == 0) continue;
      if (condition[at - 1].name != "new" && condition[at - 1].name != "old") continue;
      std::size_t alias = at + 1;
      if (condition[alias].name == "as" && alias + 1 < condition.size()) ++alias;
      row_sets.push_back(condition[alias].name);
    }
  }

  // UPDATE OF column, WHEN (NEW.column …).
  bool depends_on(std::string_view column) const { return any_name(condition, column); }
  bool passes(std::string_view column) const { return std::ranges::find(arguments, column) != arguments.end(); }

  std::vector<NameUse> condition;
  std::string function;
  std::vector<std::string> arguments;
  std::vector<std::string> row_sets;  // names of transition tables
};

void add_once(std::vector<std::string>& into, std::string text) {
  if (std::ranges::find(into, text) == into.end()) into.push_back(std::move(text));
}

}  // namespace

std::string_view kind_name(UnmanagedKind kind) {
  switch (kind) {
    case UnmanagedKind::function:
      return "function";
    case UnmanagedKind::procedure:
      return "procedure";
    case UnmanagedKind::trigger:
      return "trigger";
    case UnmanagedKind::policy:
      return "policy";
    case UnmanagedKind::domain:
      return "domain";
    case UnmanagedKind::composite_type:
    case UnmanagedKind::range_type:
      return "type";
    case UnmanagedKind::aggregate:
      return "aggregate";
    case UnmanagedKind::operator_:
      return "operator";
    case UnmanagedKind::cast:
      return "cast";
    case UnmanagedKind::rule:
      return "rule";
    case UnmanagedKind::comment:
      return "comment";
    case UnmanagedKind::grant:
      return "grant";
    case UnmanagedKind::statistics:
      return "statistics";
    case UnmanagedKind::event_trigger:
      return "event trigger";
    case UnmanagedKind::publication:
      return "publication";
    case UnmanagedKind::foreign_table:
      return "foreign table";
    case UnmanagedKind::text_search:
      return "text search object";
    case UnmanagedKind::collation:
      return "collation";
    case UnmanagedKind::role:
      return "role";
    case UnmanagedKind::other:
      break;
  }
  return "object";
}

bool reads_column(const catalog::View& view, const QualifiedName& table, std::string_view column) {
  if (std::ranges::find(view.uses, table) == view.uses.end()) return false;
  return view.takes_by_star(table, column) ||
         names_plainly(view.definition, written_name(view.renamed.value, table, column));
}

namespace {

// Routines are looked through for one table, and perhaps a column of it.
class Finder {
 public:
  Finder(const Catalog& catalog, const QualifiedName& table, Alteration alteration)
      : catalog_(catalog), table_(table), alteration_(alteration) {}

  Dependents of_table(const std::set<QualifiedName>* children) {
    for (const auto& [name, view] : catalog_.views) {
      const bool reads = std::ranges::find(view.uses, table_) != view.uses.end();
      if (reads && drops()) found_.blocking.push_back("view " + display_name(name));
    }
    for (const Unmanaged& object : catalog_.unmanaged) {
      if (object.on_table == table_ && drops()) {
        if (belongs_to_table(object.kind) || object.kind == UnmanagedKind::statistics)
          found_.dropped.push_back(named(object));
      } else if (is_routine(object.kind) && catalog::may_name(object.definition, table_.name)) {
        routine_of_table(object);
      } else if (drops() && object.on_table && object.on_table != table_ &&
                 (object.kind == UnmanagedKind::policy || object.kind == UnmanagedKind::rule) &&
                 names_plainly(object.definition, table_.name)) {
        found_.blocking.push_back(named_with_table(object));
      }
    }
    if (drops()) add_family(children);
    return std::move(found_);
  }

  Dependents of_column(std::string_view column, const catalog::ColumnType* to) {
    column_ = column;
    if (const catalog::Table* table = catalog_.find_table(table_)) add_parts_of(*table, to);
    for (const auto& [name, view] : catalog_.views) {
      if (alteration_ != Alteration::rename && reads_column(view, table_, column_))
        found_.blocking.push_back("view " + display_name(name));
    }
    for (const Unmanaged& object : catalog_.unmanaged) add(object);
    return std::move(found_);
  }

 private:
  bool drops() const { return alteration_ == Alteration::drop; }

  void routine_of_table(const Unmanaged& object) {
    const Routine routine(object);
    const bool by_signature = std::ranges::find(object.uses, table_) != object.uses.end();
    const bool by_body = routine.body_names(table_.name);
    if (drops() && (by_signature || (by_body && routine.is_tracked()))) {
      found_.blocking.push_back(named(object));
    } else if (by_body && !routine.is_tracked()) {
      found_.broken.push_back(named(object));
    }
  }

  void add_family(const std::set<QualifiedName>* children) {
    const auto add_child = [&](const QualifiedName& name, const catalog::Table& other) {
      if (other.partition_of == table_) found_.dropped.push_back(fmt::format("partition {}", display_name(name)));
      if (std::ranges::find(other.inherits, table_) != other.inherits.end())
        found_.blocking.push_back(fmt::format("table {}, which inherits from it", display_name(name)));
    };
    if (children == nullptr) {
      for (const auto& [name, other] : catalog_.tables) add_child(name, other);
      return;
    }
    for (const QualifiedName& name : *children) {
      if (const catalog::Table* other = catalog_.find_table(name)) add_child(name, *other);
    }
  }

  // Checks, exclusions, indexes and generated columns.
  void add_parts_of(const catalog::Table& table, const catalog::ColumnType* to) {
    if (alteration_ == Alteration::rename) return;
    for (const catalog::Column& other : table.columns) {
      if (other.name != column_ && other.generated && names_plainly(*other.generated, column_))
        found_.blocking.push_back("generated column " + other.name);
    }
    if (!drops()) {
      if (to != nullptr) add_compared(table, *to);
      return;
    }
    for (const catalog::Check& check : table.checks) {
      if (names_plainly(check.expression, column_)) found_.dropped.push_back("check " + check.name);
    }
    for (const catalog::Exclusion& exclusion : table.exclusions) {
      if (names_plainly(exclusion.definition, column_)) found_.dropped.push_back("exclusion " + exclusion.name);
    }
    for (const catalog::Index& index : table.indexes) {
      const bool by_expression = std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& part) {
        return !part.expression.empty() && names_plainly(part.expression, column_);
      });
      const bool beside = (index.predicate && names_plainly(*index.predicate, column_)) ||
                          std::ranges::find(index.include, column_) != index.include.end();
      if (by_expression || beside) found_.dropped.push_back("index " + index.name);
    }
  }

  // PostgreSQL writes checks and indexes again after a type change; their constants keep the type that they had.
  void add_compared(const catalog::Table& table, const catalog::ColumnType& to) {
    const catalog::Column* column = table.find_column(column_);
    if (column == nullptr || compare_alike(column->type, to)) return;
    if (auto user = catalog::expression_compared_with(table, column_)) found_.blocking.push_back(std::move(*user));
  }

  // Whether constants of the one type compare with values of the other.
  bool compare_alike(const catalog::ColumnType& from, const catalog::ColumnType& to) const {
    if (from.array != to.array) return false;
    const auto is_enum = [&](const catalog::ColumnType& type) {
      return catalog_.enums.contains({type.schema.empty() ? "public" : type.schema, type.name});
    };
    if (is_enum(from) || is_enum(to)) return from.name == to.name && from.schema == to.schema;
    const auto family = [](Native native) {
      if (native == Native::other) return -1;
      if (native <= Native::decimal) return 0;
      if (native == Native::var_char || native == Native::char_ || native == Native::text) return 1;
      if (is_temporal(native)) return native == Native::time || native == Native::timetz ? 2 : 3;
      return 10 + static_cast<int>(native);
    };
    const int one = family(native_of(from));
    // Nothing is known about types that are not distinguished.
    return one == -1 || one == family(native_of(to)) || family(native_of(to)) == -1;
  }

  void add(const Unmanaged& object) {
    const bool renames = alteration_ == Alteration::rename;
    const std::string name = written_name(object.renamed.value, table_, column_);
    if (is_routine(object.kind)) {
      if (catalog::may_name(object.definition, column_)) add_routine(object);
    } else if (object.kind == UnmanagedKind::trigger && object.on_table == table_) {
      const Trigger trigger(object);
      if (!renames && trigger.depends_on(name)) found_.blocking.push_back(named(object));
      if (alteration_ != Alteration::change_type && trigger.passes(column_)) add_once(found_.broken, named(object));
    } else if (renames || !catalog::may_name(object.definition, name)) {
      return;
    } else if (belongs_to_table(object.kind)) {
      // Rules and policies of other tables may read this one.
      const bool own = object.on_table == table_;
      const bool other = object.on_table && !own && names_plainly(object.definition, table_.name);
      if ((own || other) && names_plainly(object.definition, name))
        found_.blocking.push_back(own ? named(object) : named_with_table(object));
    } else if (object.kind == UnmanagedKind::publication || object.kind == UnmanagedKind::statistics) {
      if (!names_plainly(object.definition, table_.name) || !names_plainly(object.definition, name)) return;
      if (object.kind == UnmanagedKind::publication) {
        found_.blocking.push_back(named(object));
      } else if (drops()) {
        found_.dropped.push_back(named(object));
      }
    }
  }

  void add_routine(const Unmanaged& object) {
    const Routine routine(object);
    if (!routine.body_names(column_)) return;
    if (routine.is_tracked()) {
      if (alteration_ != Alteration::rename && routine.body_names(table_.name))
        add_once(found_.blocking, named(object));
      return;
    }
    const bool by_table = any_name(routine.uses, table_.name);
    if (by_table || by_trigger(object, routine)) add_once(found_.broken, named(object));
  }

  // A function that a trigger of the table runs names the column of its row, or reads it from its transition tables.
  bool by_trigger(const Unmanaged& function, const Routine& routine) const {
    return std::ranges::any_of(catalog_.unmanaged, [&](const Unmanaged& object) {
      if (object.kind != UnmanagedKind::trigger || object.on_table != table_) return false;
      const Trigger trigger(object);
      if (trigger.function != function.name.name) return false;
      return routine.takes_from_row(column_) ||
             std::ranges::any_of(trigger.row_sets, [&](const std::string& set) { return routine.body_names(set); });
    });
  }

  const Catalog& catalog_;
  const QualifiedName& table_;
  Alteration alteration_;
  std::string_view column_;
  Dependents found_;
};

}  // namespace

Dependents dependents_of_table(const Catalog& catalog, const QualifiedName& table, Alteration alteration,
                               const std::set<QualifiedName>* children) {
  return Finder(catalog, table, alteration).of_table(children);
}

Dependents dependents_of_column(const Catalog& catalog, const QualifiedName& table, std::string_view column,
                                Alteration alteration, const catalog::ColumnType* to) {
  return Finder(catalog, table, alteration).of_column(column, to);
}

Dependents dependents_of_type(const Catalog& catalog, const QualifiedName& type, Alteration alteration) {
  Dependents found;
  for (const Unmanaged& object : catalog.unmanaged) {
    const bool of_it = std::ranges::find(object.uses, type) != object.uses.end() ||
                       (object.domain && QualifiedName{object.domain->base.schema, object.domain->base.name} == type);
    if (of_it && object.name != type && alteration == Alteration::drop) {
      found.blocking.push_back(named(object));
    } else if (is_routine(object.kind) && catalog::may_name(object.definition, type.name)) {
      const Routine routine(object);
      if (routine.is_tracked() || !routine.body_names(type.name)) continue;
      found.broken.push_back(named(object));
    }
  }
  return found;
}

Dependents dependents_of_enum_value(const Catalog& catalog, const QualifiedName& type, std::string_view value,
                                    const std::vector<std::string>& other_names) {
  std::vector<std::string_view> near{type.name};
  near.insert(near.end(), other_names.begin(), other_names.end());
  for (const auto& [name, table] : catalog.tables) {
    for (const catalog::Column& column : table.columns) {
      if (column.type.schema == type.schema && column.type.name == type.name) near.push_back(name.name);
    }
  }
  Dependents found;
  for (const Unmanaged& object : catalog.unmanaged) {
    if (!is_routine(object.kind) || !catalog::may_name(object.definition, value)) continue;
    const Routine routine(object);
    if (routine.is_tracked() || !routine.holds_string(value)) continue;
    const bool about_it =
        std::ranges::any_of(near, [&](std::string_view name) { return any_name(routine.uses, name); });
    const bool by_trigger = std::ranges::any_of(catalog.unmanaged, [&](const Unmanaged& trigger) {
      if (trigger.kind != UnmanagedKind::trigger || Trigger(trigger).function != object.name.name) return false;
      return std::ranges::find(near, std::string_view(trigger.on_table->name)) != near.end();
    });
    if (about_it || by_trigger) found.broken.push_back(named(object));
  }
  return found;
}

}  // namespace refract::migrate
