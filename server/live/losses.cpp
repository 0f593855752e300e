#include "live/losses.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/expression/expression.h"
#include "catalog/parse/row_effects.h"
#include "catalog/parse/sql.h"
#include "live/introspect.h"
#include "live/lossy_routines.h"
#include "migrate/diff/casts.h"
#include "migrate/diff/display_name.h"
#include "support/ascii.h"

namespace refract::live {
namespace {

using catalog::QualifiedName;
using ColumnName = std::pair<QualifiedName, std::string>;

constexpr std::size_t kCounted = 1'000'000;

// Collects what a script drops from the structure that exists before it runs.
class DropReader {
 public:
  DropReader(const catalog::Catalog& before, const std::string& schema) : before_(before) {
    path_.apply(catalog::SetSearchPath{{schema}});  // as open_in_schema() does
  }

  // `text`: the statement that the step comes from.
  void read(const catalog::Step& step, std::string_view text) {
    const bool next = text.data() != text_.data();
    text_ = text;
    if (next) read_rows(step.change);
    std::visit([this](const auto& change) { read(change); }, step.change);
  }

  std::set<QualifiedName> tables;        // dropped or emptied
  std::set<QualifiedName> deleted_from;  // some rows are deleted
  std::set<ColumnName> columns;          // dropped
  std::set<ColumnName> overwritten;      // some values are overwritten
  std::set<ColumnName> retyped;          // their values are converted to another type
  std::vector<std::string> unknown;      // reasons why the losses cannot be determined

 private:
  bool is_known(const QualifiedName& name) const {
    return renamed_.contains(name) || before_.find_table(name) != nullptr || before_.find_enum(name) != nullptr;
  }
  QualifiedName full(const QualifiedName& name) const {
    if (!name.schema.empty()) return name;
    const std::vector<std::string>& schemas = path_.schemas();
    for (const std::string& schema : schemas) {
      if (const QualifiedName found{schema, name.name}; is_known(found)) return found;
    }
    return {schemas.empty() ? "public" : schemas.front(), name.name};
  }
  // The name that a table had before the script renamed it. nullopt: the script made it.
  std::optional<QualifiedName> original(const QualifiedName& written) const {
    const QualifiedName name = full(written);
    if (const auto renamed = renamed_.find(name); renamed != renamed_.end()) return renamed->second;
    return before_.find_table(name) != nullptr ? std::optional(name) : std::nullopt;
  }
  std::string original_column(const QualifiedName& table, const std::string& column) const {
    const auto renamed = renamed_columns_.find({table, column});
    return renamed == renamed_columns_.end() ? column : renamed->second;
  }
  void rename(const QualifiedName& from, const QualifiedName& to) {
    const auto before = original(from);
    if (made_.contains(full(from))) made_.insert(to);
    if (!before) return;
    renamed_.erase(full(from));
    renamed_[to] = *before;
  }

  void read(const catalog::RenameTable& step) { rename(step.table, {full(step.table).schema, step.to}); }
  void read(const catalog::SetTableSchema& step) { rename(step.table, {step.schema, step.table.name}); }
  void read(const catalog::RenameColumn& step) {
    if (const auto table = original(step.table))
      renamed_columns_[{*table, step.to}] = original_column(*table, step.from);
  }
  void read(const catalog::SetSearchPath& step) { path_.apply(step); }
  void read(const catalog::Transaction& step) {
    using enum catalog::Transaction::Kind;
    if (step.kind == commit || step.kind == rollback) path_.end_transaction();
  }
  void read(const catalog::DropTable& step) {
    if (const auto table = original(step.table)) tables.insert(*table);
  }
  void read(const catalog::DropColumn& step) {
    const auto table = original(step.table);
    if (!table) return;
    const std::string column = original_column(*table, step.column);
    if (before_.find_table(*table)->find_column(column) != nullptr) columns.insert({*table, column});
  }
  void read(const catalog::AlterColumnType& step) {
    const auto table = original(step.table);
    if (!table) return;
    const std::string name = original_column(*table, step.column);
    const catalog::Column* column = before_.find_table(*table)->find_column(name);
    if (column == nullptr || is_enum(column->type) || is_enum(step.type)) return;
    const migrate::TypeChange change = migrate::type_change(column->type, before_, false, step.type, before_);
    const bool exact = change != migrate::TypeChange::risky_cast && change != migrate::TypeChange::not_castable &&
                       migrate::lost_in_cast(column->type, step.type).empty();
    if (step.using_expression || !exact) retyped.insert({*table, name});
  }
  void read(const catalog::DropSchema& step) {
    if (!step.cascade) return;
    for (const auto& [name, table] : before_.tables) {
      if (name.schema == step.name) tables.insert(name);
    }
  }
  void read(const catalog::DropEnum& step) {
    if (!step.cascade) return;
    const QualifiedName type = full(step.enumeration);
    for (const auto& [name, table] : before_.tables) {
      for (const catalog::Column& column : table.columns) {
        if (column.type.schema == type.schema && column.type.name == type.name) columns.insert({name, column.name});
      }
    }
  }
  void read(const catalog::DropExtension& step) {
    if (step.cascade) unknown.push_back(fmt::format("extension {} is dropped with what depends on it", step.name));
  }
  void read(const catalog::DropUnmanaged& step) {
    if (step.kind == catalog::UnmanagedKind::domain)
      unknown.push_back(fmt::format("domain {} may be dropped with its columns", step.name.name));
  }
  void read(const catalog::DataStatement& step) {
    if (step.verb == "DROP DATABASE") unknown.emplace_back("another database is dropped with everything in it");
    if (step.verb != "TRUNCATE") return;
    const bool cascades = ascii::to_lower(text_).contains("cascade");
    for (const QualifiedName& name : step.tables) {
      if (const auto table = written(name)) empty(*table, tables, true, cascades);
    }
  }
  void read(const catalog::CreateTable& step) { made_.insert(full(step.table.name)); }

  // What the statement does to rows, wherever in it that is written.
  void read_rows(const catalog::Change& change) {
    const catalog::RowEffects effects = catalog::row_effects(text_);
    for (const QualifiedName& name : effects.written_to) {
      const auto table = written(name);
      if (!table) continue;
      if (effects.deleted_from.contains(name)) empty(*table, deleted_from, false, true);
    }
    for (const auto& [name, column] : effects.overwritten) note_overwritten(name, column);
    if (effects.narrows_type) unknown.emplace_back("the attributes of a composite type change in every row");
    // A statement that calls functions but writes no rows itself is opaque, and so is EXECUTE.
    if (std::holds_alternative<catalog::Opaque>(change)) return;
    if (effects.executes) unknown.emplace_back("a prepared statement is executed");
    const bool runs = !effects.written_to.empty() || std::holds_alternative<catalog::CreateTable>(change) ||
                      std::holds_alternative<catalog::CreateView>(change);
    for (const std::string& call : effects.calls) {
      if (runs && routines_.may_lose(call)) unknown.push_back(fmt::format("the function {} is called", call));
    }
  }
  // The table before the script that a statement writes to. nullopt: the script made it, or what becomes of the rows
  // cannot be read.
  std::optional<QualifiedName> written(const QualifiedName& name) {
    const auto table = original(name);
    if (!table && !made_.contains(full(name))) {
      unknown.push_back(before_.views.contains(full(name))
                            ? fmt::format("rows of view {} are written", migrate::display_name(name))
                            : fmt::format("{} is not a table of this database", migrate::display_name(name)));
    }
    if (table) note_rules(*table);
    return table;
  }
  // Rules and triggers may change the effect of the statement on the rows.
  void note_rules(const QualifiedName& table) {
    for (const catalog::Unmanaged& object : before_.unmanaged) {
      if (object.on_table != table) continue;
      if (object.kind == catalog::UnmanagedKind::rule)
        unknown.push_back(fmt::format("rule {} of table {} runs", object.name.name, migrate::display_name(table)));
      if (object.kind == catalog::UnmanagedKind::trigger && routines_.trigger_may_lose(object))
        unknown.push_back(fmt::format("trigger {} of table {} runs", object.name.name, migrate::display_name(table)));
    }
  }

  // Rows that refer to these are changed too: by CASCADE of TRUNCATE, or by ON DELETE of a foreign key.
  void empty(const QualifiedName& table, std::set<QualifiedName>& into, bool truncates, bool cascades) {
    if (!into.insert(table).second || !cascades) return;
    for (const auto& [name, other] : before_.tables) {
      for (const catalog::ForeignKey& key : other.foreign_keys) {
        if (key.referenced_table != table) continue;
        const bool cleared = key.on_delete == catalog::ReferentialAction::set_null ||
                             key.on_delete == catalog::ReferentialAction::set_default;
        if (truncates || key.on_delete == catalog::ReferentialAction::cascade) {
          empty(name, into, truncates, cascades);
        } else if (cleared) {
          for (const std::string& column : key.columns) overwritten.insert({name, column});
        }
      }
    }
  }
  void note_overwritten(const QualifiedName& name, const std::string& column) {
    const auto table = original(name);
    if (!table) return;
    const std::string before = original_column(*table, column);
    const bool gone = columns.contains({*table, before});  // dropped and added again: reported already
    if (!gone && before_.find_table(*table)->find_column(before) != nullptr) overwritten.insert({*table, before});
  }
  void read(const catalog::Opaque& step) { unknown.push_back(step.reason); }
  void read(const auto&) {}

  bool is_enum(const catalog::ColumnType& type) const {
    return before_.find_enum(full({type.schema, type.name})) != nullptr || type.name.ends_with("_new");
  }

  const catalog::Catalog& before_;
  LossyRoutines routines_{before_};
  std::set<QualifiedName> made_;  // tables, by the script
  catalog::SearchPath path_ = catalog::ReplayState().path;
  std::string_view text_;
  std::map<QualifiedName, QualifiedName> renamed_;     // name now → name before
  std::map<ColumnName, std::string> renamed_columns_;  // of tables by their names before
};

std::string quoted(const QualifiedName& name) {
  return catalog::quote_name(name.schema) + "." + catalog::quote_name(name.name);
}

// "3 rows"; empty: none.
Result<std::string> counted(Session& session, const Risk& risk) {
  const auto rows = session.query(fmt::format("SELECT count(*) FROM (SELECT FROM {}{} LIMIT {}) AS counted", risk.table,
                                              risk.condition, kCounted + 1));
  if (!rows) return fail(rows.error());
  const std::size_t count = std::stoull(rows->at(0).at(0).value_or("0"));
  if (count == 0) return std::string();
  if (count > kCounted) return fmt::format("more than {} {}s", kCounted, risk.what);
  return fmt::format("{} {}{}", count, risk.what, count == 1 ? "" : "s");
}

}  // namespace

Result<std::vector<Risk>> risks_of(Session& session, std::string_view sql, const std::string& schema) {
  const auto before = introspect(session);
  if (!before) return fail(before.error());
  DropReader drops(*before, schema);
  const catalog::ParsedSql parsed = catalog::parse_leniently(sql);
  for (const catalog::Step& step : parsed.steps)
    drops.read(step, sql.substr(step.origin.begin, step.origin.end - step.origin.begin));
  for (const catalog::SqlError& error : parsed.errors)
    drops.unknown.push_back(fmt::format("the statement at line {} cannot be read", error.range.line + 1));

  std::vector<Risk> risks;
  const auto not_null = [](const std::string& column) {
    return fmt::format(" WHERE {} IS NOT NULL", catalog::quote_name(column));
  };
  for (const QualifiedName& table : drops.tables)
    risks.push_back({quoted(table), "", fmt::format("Table {} loses", migrate::display_name(table)), "row"});
  for (const QualifiedName& table : drops.deleted_from) {
    if (drops.tables.contains(table)) continue;
    risks.push_back({quoted(table), "",
                     fmt::format("Rows are deleted from table {}, which has", migrate::display_name(table)), "row"});
  }
  for (const auto& [table, column] : drops.columns) {
    if (drops.tables.contains(table)) continue;
    risks.push_back({quoted(table), not_null(column),
                     fmt::format("Column {} is dropped with", migrate::display_name(table, column)), "value"});
  }
  for (const auto& [table, column] : drops.retyped) {
    if (drops.tables.contains(table) || drops.columns.contains({table, column})) continue;
    risks.push_back(
        {quoted(table), not_null(column),
         fmt::format("The type of column {} changes, which may change", migrate::display_name(table, column)),
         "value"});
  }
  for (const auto& [table, column] : drops.overwritten) {
    if (drops.tables.contains(table) || drops.columns.contains({table, column})) continue;
    risks.push_back({quoted(table), not_null(column),
                     fmt::format("Column {} is overwritten; it has", migrate::display_name(table, column)), "value"});
  }
  std::ranges::sort(drops.unknown);
  drops.unknown.erase(std::ranges::unique(drops.unknown).begin(), drops.unknown.end());
  for (const std::string& reason : drops.unknown)
    risks.push_back({"", "", fmt::format("What would be lost is unknown: {}", reason), ""});
  return risks;
}

Result<std::vector<std::string>> losses(Session& session, const std::vector<Risk>& risks) {
  std::vector<std::string> sentences;
  for (const Risk& risk : risks) {
    if (risk.table.empty()) {
      sentences.push_back(risk.sentence + ".");
      continue;
    }
    const auto count = counted(session, risk);
    if (!count) return fail(count.error());
    if (!count->empty()) sentences.push_back(fmt::format("{} {}.", risk.sentence, *count));
  }
  return sentences;
}

}  // namespace refract::live
