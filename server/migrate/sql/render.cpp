#include "migrate/sql/render.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/expression.h"

namespace refract::migrate {
namespace {

// Prisma's own words above several new values of one enum.
constexpr std::string_view kSeveralValues =
    "-- This migration adds more than one value to an enum.\n"
    "-- With PostgreSQL versions 11 and earlier, this is not possible\n"
    "-- in a single migration. This can be worked around by creating\n"
    "-- multiple migrations, each migration adding only one value to\n"
    "-- the enum.\n\n\n";

std::string value_list(const std::vector<std::string>& values, Spelling spelling) {
  std::vector<std::string> quoted_values;
  for (const std::string& value : values) quoted_values.push_back(quoted_value(value, spelling));
  return fmt::format("{}", fmt::join(quoted_values, ", "));
}

// Statements of one step that are no ALTER TABLE.
struct Alone {
  Spelling spelling;
  bool qualified;

  std::string name(const catalog::QualifiedName& name) const { return quoted(name, spelling, qualified); }
  std::string name(std::string_view name) const { return quoted(name, spelling); }

  std::string operator()(const catalog::CreateSchema& step) const {
    if (step.checks_existence) {
      const std::string_view tag = step.name.contains("$$") ? "$refract$" : "$$";
      return fmt::format(
          "DO {2}\nBEGIN\n  IF to_regnamespace({0}) IS NULL THEN\n    CREATE SCHEMA {1};\n  END IF;\nEND\n{2}",
          quoted_value(name(step.name), spelling), name(step.name), tag);
    }
    return fmt::format("CREATE SCHEMA {}{}", step.if_not_exists ? "IF NOT EXISTS " : "", name(step.name));
  }
  std::string operator()(const catalog::RenameSchema& step) const {
    return fmt::format("ALTER SCHEMA {} RENAME TO {}", name(step.name), name(step.to));
  }
  std::string operator()(const catalog::DropSchema& step) const { return "DROP SCHEMA " + name(step.name); }
  std::string operator()(const catalog::CreateUnmanaged& step) const { return statement(step.object.definition); }
  // As it was written.
  static std::string statement(std::string_view text) {
    return std::string(text.substr(0, text.find_last_not_of("; \t\r\n") + 1));
  }
  std::string operator()(const catalog::CreateExtension& step) const {
    const auto& [extension, if_not_exists] = step;
    std::string text =
        fmt::format("CREATE EXTENSION {}{}", if_not_exists ? "IF NOT EXISTS " : "", name(extension.name));
    if (!extension.schema.empty() || !extension.version.empty()) text += " WITH";
    if (!extension.schema.empty()) text += " SCHEMA " + name(extension.schema);
    if (!extension.version.empty()) text += " VERSION " + name(extension.version);
    return text;
  }
  std::string operator()(const catalog::AlterExtension& step) const {
    if (!step.new_schema.empty()) {
      return fmt::format("ALTER EXTENSION {} SET SCHEMA {}", name(step.name), name(step.new_schema));
    }
    return fmt::format("ALTER EXTENSION {} UPDATE TO {}", name(step.name), name(step.new_version));
  }
  std::string operator()(const catalog::DropExtension& step) const { return "DROP EXTENSION " + name(step.name); }
  std::string operator()(const catalog::CreateEnum& step) const {
    return fmt::format("CREATE TYPE {} AS ENUM ({})", name(step.enumeration.name),
                       value_list(step.enumeration.values, spelling));
  }
  std::string operator()(const catalog::AddEnumValue& step) const {
    std::string text =
        fmt::format("ALTER TYPE {} ADD VALUE {}", name(step.enumeration), quoted_value(step.value, spelling));
    if (!step.before.empty()) text += " BEFORE " + quoted_value(step.before, spelling);
    if (!step.after.empty()) text += " AFTER " + quoted_value(step.after, spelling);
    return text;
  }
  std::string operator()(const catalog::RenameEnumValue& step) const {
    return fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", name(step.enumeration), quoted_value(step.from, spelling),
                       quoted_value(step.to, spelling));
  }
  std::string operator()(const catalog::RenameEnum& step) const {
    return fmt::format("ALTER TYPE {} RENAME TO {}", name(step.enumeration), name(step.to));
  }
  std::string operator()(const catalog::DropEnum& step) const { return "DROP TYPE " + name(step.enumeration); }
  std::string operator()(const catalog::CreateTable& step) const { return create_table(step.table, spelling); }
  std::string operator()(const catalog::DropTable& step) const { return "DROP TABLE " + name(step.table); }
  std::string operator()(const catalog::DropView& step) const { return "DROP VIEW " + name(step.view); }
  std::string operator()(const catalog::CreateView& step) const { return statement(step.view.definition); }
  std::string operator()(const catalog::CreateIndex& step) const {
    return create_index(step.table, step.index, step.concurrently, spelling);
  }
  std::string operator()(const catalog::DropIndex& step) const { return "DROP INDEX " + name(step.index); }
  std::string operator()(const catalog::RenameIndex& step) const {
    return fmt::format("ALTER INDEX {} RENAME TO {}", name(step.index), name(step.to));
  }
  std::string operator()(const catalog::CreateSequence& step) const {
    return "CREATE SEQUENCE " + sequence_name(step.sequence.name, spelling);
  }
  std::string operator()(const catalog::AlterSequence& step) const {
    if (step.sets_type) {
      return fmt::format("ALTER SEQUENCE {} AS {}", sequence_name(step.sequence.name, spelling),
                         catalog::type_sql({.name = step.sequence.type, .schema = {}, .modifiers = {}}));
    }
    return fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", sequence_name(step.sequence.name, spelling),
                       name(*step.sequence.owner_table), name(step.sequence.owner_column));
  }
  std::string operator()(const catalog::RenameSequence& step) const {
    return fmt::format("ALTER SEQUENCE {} RENAME TO {}", name(step.sequence), name(step.to));
  }
  std::string operator()(const catalog::DropSequence& step) const { return "DROP SEQUENCE " + name(step.sequence); }
  std::string operator()(const auto&) const { return ""; }
};

}  // namespace

std::string render_statement(const Statement& statement, Spelling spelling) {
  if (statement.steps.empty()) return "";
  const catalog::QualifiedName* table = altered_table(statement.steps.front().change);
  if (!table) return std::visit(Alone{spelling, statement.qualified}, statement.steps.front().change);
  std::vector<std::string> actions;
  for (const catalog::Step& step : statement.steps) actions.push_back(table_action(step.change, spelling));
  return fmt::format("ALTER TABLE {} {}", quoted(*table, spelling, statement.qualified), fmt::join(actions, ",\n"));
}

std::string render_group(const Group& group, Spelling spelling) {
  std::string text;
  if (group.transaction) text += "BEGIN;\n";
  const auto adds_value = [](const Statement& statement) {
    return !statement.steps.empty() && std::holds_alternative<catalog::AddEnumValue>(statement.steps.front().change);
  };
  if (std::ranges::count_if(group.statements, adds_value) > 1) text += kSeveralValues;
  for (const Statement& statement : group.statements) text += render_statement(statement, spelling) + ";\n";
  if (group.transaction) text += "COMMIT;\n";
  return text;
}

}  // namespace refract::migrate
