#include "live/catalog_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/expression/expression.h"
#include "catalog/expression/typed_form.h"
#include "migrate/wanted/default_match.h"

namespace refract::test {
namespace {

using namespace catalog;

class Comparison {
 public:
  std::vector<std::string> lines;

  template <class T>
  void field(const std::string& where, const T& left, const T& right) {
    if (left != right) lines.push_back(fmt::format("{}: {} | {}", where, show(left), show(right)));
  }

  // Two expressions of the tables compared.
  void expression(const std::string& where, const std::optional<std::string>& left,
                  const std::optional<std::string>& right) {
    const bool both = left && right;
    if (both ? !same_expression(*left, here, *right, there) : left != right) {
      lines.push_back(fmt::format("{}: {} | {}", where, show(left), show(right)));
    }
  }
  void default_value(const std::string& where, const Column& left, const Column& right) {
    const auto& one = left.default_value;
    const auto& other = right.default_value;
    const migrate::DefaultComparison comparison{.from_catalog = here.catalog, .to_catalog = there.catalog};
    const bool same = one == other || (one && other && migrate::defaults_match(left, right, comparison));
    if (!same) lines.push_back(fmt::format("{}: {} | {}", where, show(one), show(other)));
  }
  ExpressionPlace here, there;

  // Both sides' things by name; `each` compares two of one name.
  template <class Things, class Each>
  void by_name(const std::string& where, const Things& left, const Things& right, Each each) {
    std::set<std::string> names;
    for (const auto& thing : left) names.insert(thing.name);
    for (const auto& thing : right) names.insert(thing.name);
    for (const std::string& name : names) {
      const auto here = std::ranges::find(left, name, [](const auto& thing) { return thing.name; });
      const auto there = std::ranges::find(right, name, [](const auto& thing) { return thing.name; });
      const std::string place = where + " " + name;
      if (here == left.end() || there == right.end()) {
        lines.push_back(fmt::format("{}: only {}", place, here == left.end() ? "in the database" : "in the replay"));
      } else {
        each(place, *here, *there);
      }
    }
  }

  // Both sorted, each name once.
  void only_one_has(const std::string& what, const std::vector<std::string>& left,
                    const std::vector<std::string>& right) {
    std::vector<std::string> names;
    std::ranges::set_difference(left, right, std::back_inserter(names));
    for (const std::string& name : names) lines.push_back(fmt::format("{} {}: only in the replay", what, name));
    names.clear();
    std::ranges::set_difference(right, left, std::back_inserter(names));
    for (const std::string& name : names) lines.push_back(fmt::format("{} {}: only in the database", what, name));
  }

  template <class Key, class Value, class Each>
  void by_key(const std::string& what, const std::map<Key, Value>& left, const std::map<Key, Value>& right, Each each) {
    std::set<Key> keys;
    for (const auto& [key, value] : left) keys.insert(key);
    for (const auto& [key, value] : right) keys.insert(key);
    for (const Key& key : keys) {
      const std::string place = what + " " + show(key);
      if (!left.contains(key) || !right.contains(key)) {
        lines.push_back(fmt::format("{}: only {}", place, left.contains(key) ? "in the replay" : "in the database"));
      } else {
        each(place, left.at(key), right.at(key));
      }
    }
  }

 private:
  static std::string show(const std::string& text) { return text; }
  static std::string show(bool value) { return value ? "yes" : "no"; }
  static std::string show(std::int64_t value) { return fmt::format("{}", value); }
  static std::string show(const QualifiedName& name) { return name.schema + "." + name.name; }
  static std::string show(const ColumnType& type) { return type.schema + "." + type_sql(type); }
  static std::string show(const Default& value) {
    const std::string from = value.sequence ? " from " + show(*value.sequence) : std::string();
    return fmt::format("kind {} {}{} [{}]", static_cast<int>(value.kind), value.expression, from, value.normal);
  }
  template <class T>
  requires std::is_enum_v<T>
  static std::string show(T value) { return fmt::format("{}", static_cast<int>(value)); }
  template <class T>
  static std::string show(const std::optional<T>& value) {
    return value ? show(*value) : "none";
  }
  template <class T>
  static std::string show(const std::vector<T>& values) {
    std::string text = "(";
    for (const T& value : values) text += (text.size() > 1 ? ", " : "") + show(value);
    return text + ")";
  }
};

void compare_column(Comparison& seen, const std::string& at, const Column& left, const Column& right) {
  seen.field(at + " type", left.type, right.type);
  seen.field(at + " nullable", left.nullable, right.nullable);
  seen.default_value(at + " default", left, right);
  seen.field(at + " identity", left.identity, right.identity);
  seen.expression(at + " generated", left.generated, right.generated);
  seen.field(at + " collation", left.collation, right.collation);
}

void compare_index(Comparison& seen, const std::string& at, const Index& left, const Index& right) {
  seen.field(at + " unique", left.unique, right.unique);
  seen.field(at + " constraint", left.constraint, right.constraint);
  seen.field(at + " method", left.method, right.method);
  seen.field(at + " include", left.include, right.include);
  seen.expression(at + " predicate", left.predicate, right.predicate);
  seen.field(at + " storage", left.storage, right.storage);
  seen.field(at + " deferrable", left.deferrable, right.deferrable);
  seen.field(at + " deferred", left.initially_deferred, right.initially_deferred);
  seen.field(at + " nulls not distinct", left.nulls_not_distinct, right.nulls_not_distinct);
  seen.field(at + " valid", left.valid, right.valid);
  seen.field(at + " column count", static_cast<std::int64_t>(left.columns.size()),
             static_cast<std::int64_t>(right.columns.size()));
  for (std::size_t i = 0; i < std::min(left.columns.size(), right.columns.size()); ++i) {
    const IndexColumn& here = left.columns[i];
    const IndexColumn& there = right.columns[i];
    const std::string part = fmt::format("{} part {}", at, i + 1);
    seen.field(part + " column", here.column, there.column);
    seen.expression(part + " expression", here.expression, there.expression);
    seen.field(part + " class", here.op_class, there.op_class);
    seen.field(part + " class options", here.op_class_options, there.op_class_options);
    seen.field(part + " collation", here.collation, there.collation);
    seen.field(part + " order", here.order, there.order);
    seen.field(part + " nulls", here.nulls, there.nulls);
  }
}

void compare_foreign_key(Comparison& seen, const std::string& at, const ForeignKey& left, const ForeignKey& right) {
  seen.field(at + " columns", left.columns, right.columns);
  seen.field(at + " table", left.referenced_table, right.referenced_table);
  seen.field(at + " referenced", left.referenced_columns, right.referenced_columns);
  seen.field(at + " on delete", left.on_delete, right.on_delete);
  seen.field(at + " on update", left.on_update, right.on_update);
  seen.field(at + " deferrable", left.deferrable, right.deferrable);
  seen.field(at + " deferred", left.initially_deferred, right.initially_deferred);
  seen.field(at + " valid", left.valid, right.valid);
}

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

void compare_table(Comparison& seen, const std::string& at, const Table& left, const Table& right) {
  seen.here.table = &left;
  seen.there.table = &right;
  seen.field(at + " columns", column_names(left), column_names(right));
  seen.by_name(at + " column", left.columns, right.columns,
               [&](const std::string& place, const Column& a, const Column& b) { compare_column(seen, place, a, b); });
  const auto key_name = [](const Table& table) { return table.primary_key ? table.primary_key->name : std::string(); };
  const auto key_columns = [](const Table& table) {
    return table.primary_key ? table.primary_key->columns : std::vector<std::string>();
  };
  seen.field(at + " primary key", key_name(left), key_name(right));
  seen.field(at + " primary key columns", key_columns(left), key_columns(right));
  seen.by_name(at + " index", left.indexes, right.indexes,
               [&](const std::string& place, const Index& a, const Index& b) { compare_index(seen, place, a, b); });
  seen.by_name(at + " foreign key", left.foreign_keys, right.foreign_keys,
               [&](const std::string& place, const ForeignKey& a, const ForeignKey& b) {
                 compare_foreign_key(seen, place, a, b);
               });
  seen.by_name(at + " check", left.checks, right.checks, [&](const std::string& place, const Check& a, const Check& b) {
    seen.expression(place + " expression", a.expression, b.expression);
    seen.field(place + " valid", a.valid, b.valid);
  });
  seen.by_name(at + " exclusion", left.exclusions, right.exclusions, [](const auto&...) {});
  seen.field(at + " partitioned", left.partitioned, right.partitioned);
  seen.field(at + " partition of", left.partition_of, right.partition_of);
  seen.field(at + " row security", left.row_level_security, right.row_level_security);
}

// Only what introspection reads: other kinds are known from SQL alone.
std::vector<std::string> unmanaged_names(const Catalog& catalog) {
  std::set<std::string> names;
  for (const Unmanaged& object : catalog.unmanaged) {
    using enum UnmanagedKind;
    const bool read = object.kind == function || object.kind == procedure || object.kind == trigger ||
                      object.kind == policy || object.kind == domain || object.kind == aggregate;
    if (!read) continue;
    std::string of;
    if (object.domain) of = catalog::type_sql(object.domain->base) + (object.domain->not_null ? " NOT NULL" : "");
    names.insert(fmt::format("{}:{}.{} on {} {}", static_cast<int>(object.kind), object.name.schema, object.name.name,
                             object.on_table ? object.on_table->schema + "." + object.on_table->name : "nothing", of));
  }
  return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> differences(const Catalog& replayed, const Catalog& introspected) {
  Comparison seen;
  seen.here.catalog = &replayed;
  seen.there.catalog = &introspected;
  seen.field("schemas", replayed.schemas, introspected.schemas);
  seen.by_key("extension", replayed.extensions, introspected.extensions, [](const auto&...) {});
  seen.by_key("enum", replayed.enums, introspected.enums, [&](const std::string& at, const Enum& a, const Enum& b) {
    seen.field(at + " values", a.values, b.values);
  });
  seen.by_key("table", replayed.tables, introspected.tables,
              [&](const std::string& at, const Table& a, const Table& b) { compare_table(seen, at, a, b); });
  seen.by_key("sequence", replayed.sequences, introspected.sequences,
              [&](const std::string& at, const Sequence& a, const Sequence& b) {
                seen.field(at + " type", a.type, b.type);
                seen.field(at + " start", a.start, b.start);
                seen.field(at + " increment", a.increment, b.increment);
                seen.field(at + " least", a.min_value, b.min_value);
                seen.field(at + " most", a.max_value, b.max_value);
                seen.field(at + " cache", a.cache, b.cache);
                seen.field(at + " owner", a.owner_table, b.owner_table);
                seen.field(at + " owner's column", a.owner_column, b.owner_column);
              });
  seen.by_key("view", replayed.views, introspected.views, [&](const std::string& at, const View& a, const View& b) {
    seen.field(at + " materialized", a.materialized, b.materialized);
  });
  const std::vector<std::string> here = unmanaged_names(replayed);
  const std::vector<std::string> there = unmanaged_names(introspected);
  seen.only_one_has("unmanaged", here, there);
  return seen.lines;
}

}  // namespace refract::test
