#include <algorithm>

#include <fmt/format.h>

#include "catalog/expression/type.h"
#include "catalog/expression/typed_form.h"
#include "catalog/parse/expression_columns.h"
#include "catalog/sorted.h"
#include "migrate/diff/cast_expression.h"
#include "migrate/diff/planner.h"
#include "migrate/sql/types.h"
#include "migrate/wanted/default_match.h"
#include "migrate/wanted/names.h"
#include "support/ascii.h"

// What happens to one table that is on both sides.
namespace refract::migrate {
namespace {

using catalog::Column;
using catalog::DefaultKind;
using catalog::QualifiedName;

class TableChange {
 public:
  TableChange(const TableDiff& table, const Diff& diff) : table_(table), diff_(diff), name_(table.from->table->name) {}

  Group make() && {
    const auto& before = table_.from->table->primary_key;
    const auto& after = table_.to->table->primary_key;
    if (table_.drops_primary_key) add(catalog::DropConstraint{.table = name_, .constraint = before->name});
    if (table_.renames_primary_key) rename_primary_key({name_, before->name, after->name});
    for (const Column* column : table_.dropped_columns)
      add(catalog::DropColumn{.table = name_, .column = column->name});
    for (const Column* column : table_.added_columns) add_column(*column);
    for (const ColumnPair& pair : table_.columns) {
      if (pair.recreated()) {
        add(catalog::DropColumn{.table = name_, .column = pair.from->name});
        add_column(*pair.to);
      } else if (pair.cast) {
        recast(pair);
      } else if (pair.differs()) {
        alter(pair);
      }
    }
    if (table_.adds_primary_key) add(catalog::AddPrimaryKey{name_, *after, std::nullopt});
    if (diff_.scope == Scope::all) compare_checks_and_exclusions();

    Group group{.title = "AlterTable", .statements = std::move(before_)};
    if (!main_.steps.empty()) group.statements.push_back(std::move(main_));
    std::ranges::move(after_, std::back_inserter(group.statements));
    return group;
  }

 private:
  void add(catalog::Change change) { main_.steps.push_back({std::move(change), {}}); }

  // A separate statement since Prisma 7; before, one of several actions, which PostgreSQL does not parse.
  void rename_primary_key(catalog::RenameConstraint rename) {
    if (diff_.options.version < schema::PrismaVersion::v7 && diff_.options.like_prisma) {
      add(std::move(rename));
    } else {
      after_.push_back(statement(std::move(rename)));
    }
  }

  void add_column(const Column& column) {
    add(catalog::AddColumn{.table = name_, .column = column_in_step(column, *table_.to->table, diff_.options)});
    Statement nullable;
    if (!diff_.options.like_prisma) add_nullable_serial(name_, column, nullable);
    if (!nullable.steps.empty()) after_.push_back(std::move(nullable));
  }

  void alter(const ColumnPair& pair) {
    const Column& from = *pair.from;
    const Column& to = *pair.to;
    bool sets_type = pair.type != TypeChange::none;
    if (pair.arity) {
      const Arity before = arity_of(from);
      const Arity after = arity_of(to);
      if (after != Arity::list) add(catalog::SetColumnNullable{name_, from.name, after == Arity::optional});
      sets_type = sets_type || before == Arity::list || after == Arity::list;
    }
    if (pair.default_value) {
      if (to.default_value) {
        add(catalog::SetColumnDefault{name_, from.name, *to.default_value});
      } else {
        add(catalog::DropColumnDefault{name_, from.name});
      }
    }
    if (pair.autoincrement) is_autoincrement(to) ? add_sequence(to) : drop_sequence(from, to);
    if (sets_type) set_type(from, to);
    if (sets_type && !pair.autoincrement) widen_sequence(from, to);
  }

  // The sequence of a SERIAL has its own type, which does not follow its column's.
  void widen_sequence(const Column& from, const Column& to) {
    if (diff_.options.like_prisma || !from.default_value || !from.default_value->sequence || !is_autoincrement(to)) {
      return;
    }
    const auto& sequences = diff_.from.catalog().sequences;
    const auto found = sequences.find(*from.default_value->sequence);
    if (found == sequences.end() || found->second.owner_table != name_ || found->second.owner_column != from.name) {
      return;
    }
    const auto rank = [](std::string_view type) { return type == "int2" ? 1 : type == "int4" ? 2 : 3; };
    const bool back = diff_.scope == Scope::all && to.default_value->sequence &&
                      diff_.to.catalog().sequences.contains(*to.default_value->sequence);
    const std::string& type = back ? diff_.to.catalog().sequences.at(*to.default_value->sequence).type : to.type.name;
    if (back ? type == found->second.type : rank(type) <= rank(found->second.type)) return;
    catalog::Sequence sequence{.name = found->first, .type = type};
    after_.push_back(statement(catalog::AlterSequence{.sequence = std::move(sequence), .sets_type = true}));
  }

  // Brings values back to a type that PostgreSQL does not cast to by itself. The default goes before and comes after.
  void recast(const ColumnPair& pair) {
    const Column& from = *pair.from;
    const Column& to = *pair.to;
    if (from.default_value) add(catalog::DropColumnDefault{name_, from.name});
    add(catalog::AlterColumnType{name_, from.name, to.type, cast_expression(from, to.type, diff_.from.catalog()).sql,
                                 std::nullopt});
    if (from.nullable != to.nullable) add(catalog::SetColumnNullable{name_, from.name, to.nullable});
    if (is_autoincrement(to)) {
      add_sequence(to);
    } else if (to.default_value) {
      add(catalog::SetColumnDefault{name_, from.name, *to.default_value});
    }
  }

  // Prisma writes SERIAL as the new type of an autoincrement() column, which PostgreSQL does not take.
  void set_type(const Column& from, const Column& to) {
    catalog::ColumnType type = to.type;
    if (is_autoincrement(to) && diff_.options.like_prisma) type.name = serial_text(type);
    std::optional<std::string> value;
    const bool plain = diff_.options.like_prisma || !to.type.unsupported.value.empty() ||
                       catalog::converts_by_itself(from.type, to.type, diff_.from.catalog());
    if (!plain) value = cast_expression(from, to.type, diff_.from.catalog()).sql;
    add(catalog::AlterColumnType{name_, to.name, std::move(type), std::move(value), std::nullopt});
  }

  // What SERIAL does, by hand; Prisma spells the name in lower case and without quotes.
  void add_sequence(const Column& to) {
    if (to.identity != catalog::Identity::none) {
      add(catalog::SetColumnIdentity{.table = name_, .column = to.name, .identity = to.identity});
      return;
    }
    catalog::Sequence sequence;
    sequence.name = {name_.schema, ascii::to_lower(name_.name + "_" + to.name + "_seq")};
    if (!diff_.to.from_schema()) sequence.name = to.default_value->sequence.value_or(sequence.name);
    catalog::Default value{.kind = DefaultKind::sequence, .expression = "", .sequence = sequence.name};
    before_.push_back(statement(catalog::CreateSequence{.sequence = sequence}));
    add(catalog::SetColumnDefault{name_, to.name, std::move(value)});
    sequence.owner_table = name_;
    sequence.owner_column = to.name;
    after_.push_back(statement(catalog::AlterSequence{.sequence = std::move(sequence), .sets_owner = true}));
  }

  void drop_sequence(const Column& from, const Column& to) {
    const bool like_prisma = diff_.options.like_prisma;
    if (from.identity != catalog::Identity::none && !like_prisma) {
      add(catalog::SetColumnIdentity{.table = name_, .column = from.name});
      return;
    }
    // Prisma drops the default that it has just set.
    const bool another = to.default_value && !to.default_value->expression.empty();
    if (!another || like_prisma) add(catalog::DropColumnDefault{name_, from.name});
    if (!from.default_value || from.default_value->kind != DefaultKind::sequence) return;
    QualifiedName sequence = from.default_value->sequence.value_or(QualifiedName{"public", ""});
    if (like_prisma && diff_.from.from_schema() && diff_.to.from_schema()) {
      // Between two schemas Prisma knows no sequence by its name: any other autoincrement() might use this one.
      if (autoincrements_elsewhere(from.name)) return;
      sequence = {"public", ""};
    }
    after_.push_back(statement(catalog::DropSequence{.sequence = std::move(sequence)}));
  }

  bool autoincrements_elsewhere(std::string_view column_name) const {
    for (const DiffTable& compared : diff_.to.tables()) {
      for (const Column& column : compared.table->columns) {
        const bool itself = compared.table == table_.to->table && column.name == column_name;
        if (!itself && is_autoincrement(column)) return true;
      }
    }
    return false;
  }

  void compare_checks_and_exclusions() {
    const auto& before = table_.from->table->checks;
    const auto& after = table_.to->table->checks;
    const catalog::ExpressionPlace here{&diff_.from.catalog(), table_.from->table, nullptr};
    const catalog::ExpressionPlace there{&diff_.to.catalog(), table_.to->table, nullptr};
    const auto same = [&](const catalog::Check& one, const catalog::Check& other) {
      return one.valid == other.valid && one.no_inherit == other.no_inherit &&
             catalog::same_expression(one.expression, here, other.expression, there);
    };
    for (const catalog::Check& check : before) {
      const catalog::Check* other = catalog::find_by_name(after, check.name);
      if (!other || !same(check, *other)) {
        add(catalog::DropConstraint{.table = name_, .constraint = check.name});
      }
    }
    for (const catalog::Check& check : after) {
      const catalog::Check* other = catalog::find_by_name(before, check.name);
      if (!other || !same(*other, check)) {
        add(catalog::AddCheck{name_, check});
      }
    }
    const auto& excluded = table_.from->table->exclusions;
    const auto& wanted = table_.to->table->exclusions;
    for (const catalog::Exclusion& exclusion : excluded) {
      if (std::ranges::find(wanted, exclusion) == wanted.end()) {
        add(catalog::DropConstraint{.table = name_, .constraint = exclusion.name});
      }
    }
    for (const catalog::Exclusion& exclusion : wanted) {
      if (std::ranges::find(excluded, exclusion) == excluded.end()) add(catalog::AddExclusion{name_, exclusion});
    }
  }

  const TableDiff& table_;
  const Diff& diff_;
  const QualifiedName& name_;
  std::vector<Statement> before_;
  Statement main_;
  std::vector<Statement> after_;
};

}  // namespace

Statement statement(catalog::Change change) {
  Statement made;
  made.steps.push_back({std::move(change), {}});
  return made;
}

namespace {

// dbgenerated("lower(email)") beside a column email is what pull writes for a generated column. PostgreSQL takes no
// column in a default.
bool is_of_other_columns(const Column& column, const catalog::Table& table) {
  const auto& value = column.default_value;
  return value && value->dbgenerated.value && value->kind == DefaultKind::expression && !column.generated &&
         catalog::names_column_of(table, value->expression);
}

}  // namespace

catalog::Column column_in_step(catalog::Column column, const catalog::Table& table, const DiffOptions& options) {
  if (!options.like_prisma && is_of_other_columns(column, table)) {
    column.generated = std::move(column.default_value->expression);
    column.default_value.reset();
  }
  if (column.default_value && is_autoincrement(column)) {
    column.default_value->sequence.reset();
  }
  return column;
}

void add_nullable_serial(const QualifiedName& table, const Column& column, Statement& to) {
  const bool serial = column.default_value && column.default_value->kind == DefaultKind::sequence;
  if (!serial || !column.nullable || !is_autoincrement(column)) return;
  to.steps.push_back({catalog::SetColumnNullable{table, column.name, true}, {}});
}

Group alter_table(const TableDiff& table, const Diff& diff) {
  return TableChange(table, diff).make();
}

}  // namespace refract::migrate
