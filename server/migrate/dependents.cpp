#include "migrate/dependents.h"

#include <algorithm>

#include <fmt/format.h>

#include "migrate/words.h"
#include "support/ascii.h"

namespace refract::migrate {
namespace {

using catalog::Catalog;
using catalog::QualifiedName;
using catalog::Unmanaged;
using catalog::UnmanagedKind;

bool is_word_part(char c) {
  return c == '_' || c == '$' || ascii::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether the name stands in the SQL as a word of its own.
bool mentions(std::string_view sql, std::string_view name) {
  for (std::size_t at = sql.find(name); at != std::string_view::npos; at = sql.find(name, at + 1)) {
    const bool begins = at == 0 || !is_word_part(sql[at - 1]);
    const bool ends = at + name.size() == sql.size() || !is_word_part(sql[at + name.size()]);
    if (begins && ends) return true;
  }
  return false;
}

std::string named(const Unmanaged& object) {
  return fmt::format("{} {}", kind_name(object.kind), words(object.name));
}

bool is_routine(UnmanagedKind kind) {
  return kind == UnmanagedKind::function || kind == UnmanagedKind::procedure;
}

bool hangs_on_table(UnmanagedKind kind) {
  return kind == UnmanagedKind::trigger || kind == UnmanagedKind::policy || kind == UnmanagedKind::rule;
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

Dependents dependents_of_table(const Catalog& catalog, const QualifiedName& table) {
  Dependents found;
  for (const Unmanaged& object : catalog.unmanaged) {
    if (object.on_table == table && hangs_on_table(object.kind)) {
      found.dropped.push_back(named(object));
    } else if (is_routine(object.kind) && mentions(object.definition, table.name)) {
      found.broken.push_back(named(object));
    } else if (object.kind == UnmanagedKind::policy && object.on_table != table &&
               mentions(object.definition, table.name)) {
      found.blocking.push_back(fmt::format("policy {} of {}", object.name.name, words(*object.on_table)));
    }
  }
  for (const auto& [name, other] : catalog.tables) {
    if (other.partition_of == table) found.dropped.push_back(fmt::format("partition {}", words(name)));
    if (std::ranges::find(other.inherits, table) != other.inherits.end())
      found.blocking.push_back(fmt::format("table {}, which inherits from it", words(name)));
  }
  return found;
}

Dependents dependents_of_column(const Catalog& catalog, const QualifiedName& name, std::string_view column) {
  Dependents found;
  const catalog::Table* table = catalog.find_table(name);
  if (!table) return found;
  for (const catalog::Check& check : table->checks) {
    if (mentions(check.expression, column)) found.dropped.push_back("check " + check.name);
  }
  for (const catalog::Exclusion& exclusion : table->exclusions) {
    if (mentions(exclusion.definition, column)) found.dropped.push_back("exclusion " + exclusion.name);
  }
  for (const catalog::Index& index : table->indexes) {
    const bool by_expression = std::ranges::any_of(index.columns, [&](const catalog::IndexColumn& part) {
      return !part.expression.empty() && mentions(part.expression, column);
    });
    const bool beside = (index.predicate && mentions(*index.predicate, column)) ||
                        std::ranges::find(index.include, column) != index.include.end();
    if (by_expression || beside) found.dropped.push_back("index " + index.name);
  }
  for (const auto& [view_name, view] : catalog.views) {
    const bool reads = std::ranges::find(view.uses, name) != view.uses.end();
    if (reads && (mentions(view.definition, column) || view.takes_by_star(name, column)))
      found.blocking.push_back("view " + words(view_name));
  }
  for (const Unmanaged& object : catalog.unmanaged) {
    if (object.on_table == name && hangs_on_table(object.kind) && mentions(object.definition, column)) {
      found.blocking.push_back(named(object));
    } else if (is_routine(object.kind) && mentions(object.definition, name.name) &&
               mentions(object.definition, column)) {
      found.broken.push_back(named(object));
    }
  }
  return found;
}

}  // namespace refract::migrate
