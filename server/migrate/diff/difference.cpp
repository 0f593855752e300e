#include "migrate/diff/difference.h"

#include <fmt/format.h>

#include "migrate/diff/describe.h"
#include "migrate/diff/display_name.h"

namespace refract::migrate {
namespace {

using Kind = Difference::Kind;
using catalog::QualifiedName;

// What a step is about that would make the database what is expected: what it creates is missing there.
struct Subject {
  Kind kind = Kind::other;
  std::string what;  // "column User.age"
  std::string name;
  std::string owner = {};
};

struct SubjectOf {
  static Subject thing(Kind kind, std::string_view what, std::string name, std::string owner = {}) {
    std::string text = fmt::format("{} {}", what, name);
    return {kind, std::move(text), std::move(name), std::move(owner)};
  }
  static Subject part(Kind kind, std::string_view what, const std::string& name, const QualifiedName& table) {
    return {kind, fmt::format("{} {} of table {}", what, name, display_name(table)), name, display_name(table)};
  }
  static Subject column(Kind kind, const QualifiedName& table, const std::string& name) {
    return thing(kind, "column", display_name(table, name), display_name(table));
  }
  static Subject altered(const QualifiedName& table, const std::string& column) {
    return {Kind::other, {}, display_name(table, column), display_name(table)};
  }

  Subject operator()(const catalog::CreateSchema& s) const { return thing(Kind::less, "schema", s.name); }
  Subject operator()(const catalog::DropSchema& s) const { return thing(Kind::more, "schema", s.name); }
  Subject operator()(const catalog::CreateExtension& s) const {
    return thing(Kind::less, "extension", s.extension.name);
  }
  Subject operator()(const catalog::DropExtension& s) const { return thing(Kind::more, "extension", s.name); }
  Subject operator()(const catalog::CreateEnum& s) const {
    return thing(Kind::less, "enum", display_name(s.enumeration.name));
  }
  Subject operator()(const catalog::DropEnum& s) const {
    return thing(Kind::more, "enum", display_name(s.enumeration));
  }
  Subject operator()(const catalog::AddEnumValue& s) const {
    return {Kind::less, fmt::format("value {} of enum {}", s.value, display_name(s.enumeration)),
            display_name(s.enumeration, s.value), display_name(s.enumeration)};
  }
  Subject operator()(const catalog::CreateTable& s) const {
    return thing(Kind::less, "table", display_name(s.table.name));
  }
  Subject operator()(const catalog::DropTable& s) const { return thing(Kind::more, "table", display_name(s.table)); }
  Subject operator()(const catalog::AddColumn& s) const { return column(Kind::less, s.table, s.column.name); }
  Subject operator()(const catalog::DropColumn& s) const { return column(Kind::more, s.table, s.column); }
  Subject operator()(const catalog::AlterColumnType& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::SetColumnDefault& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::DropColumnDefault& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::SetColumnNullable& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::SetColumnIdentity& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::DropColumnGenerated& s) const { return altered(s.table, s.column); }
  Subject operator()(const catalog::AddPrimaryKey& s) const {
    return part(Kind::less, "primary key", s.key.name, s.table);
  }
  Subject operator()(const catalog::AddUniqueConstraint& s) const {
    return part(Kind::less, "unique constraint", s.index.name, s.table);
  }
  Subject operator()(const catalog::AddForeignKey& s) const {
    return part(Kind::less, "foreign key", s.key.name, s.table);
  }
  Subject operator()(const catalog::AddCheck& s) const { return part(Kind::less, "check", s.check.name, s.table); }
  Subject operator()(const catalog::AddExclusion& s) const {
    return part(Kind::less, "exclusion", s.exclusion.name, s.table);
  }
  Subject operator()(const catalog::DropConstraint& s) const {
    return part(Kind::more, "constraint", s.constraint, s.table);
  }
  Subject operator()(const catalog::RenameConstraint& s) const {
    return {Kind::other, {}, s.from, display_name(s.table)};
  }
  Subject operator()(const catalog::CreateIndex& s) const { return part(Kind::less, "index", s.index.name, s.table); }
  Subject operator()(const catalog::DropIndex& s) const { return thing(Kind::more, "index", display_name(s.index)); }
  Subject operator()(const catalog::RenameIndex& s) const { return {Kind::other, {}, display_name(s.index)}; }
  Subject operator()(const catalog::CreateSequence& s) const {
    return thing(Kind::less, "sequence", display_name(s.sequence.name));
  }
  Subject operator()(const catalog::DropSequence& s) const {
    return thing(Kind::more, "sequence", display_name(s.sequence));
  }
  Subject operator()(const auto&) const { return {}; }
};

Difference difference_of(const catalog::Change& change) {
  Subject subject = std::visit(SubjectOf{}, change);
  Difference difference{subject.kind, {}, std::move(subject.name), std::move(subject.owner)};
  switch (difference.kind) {
    case Kind::more:
      difference.sentence = fmt::format("Only the database has {}.", subject.what);
      break;
    case Kind::less:
      difference.sentence = fmt::format("The database lacks {}.", subject.what);
      break;
    case Kind::other:
      difference.sentence = fmt::format("The database differs; required change: {}.", describe(change));
      break;
  }
  return difference;
}

}  // namespace

std::vector<Difference> differences(const catalog::Catalog& present, const catalog::Catalog& expected,
                                    const DiffOptions& options) {
  std::vector<Difference> found;
  for (const catalog::Step& step : plan(present, expected, options).steps())
    found.push_back(difference_of(step.change));
  return found;
}

}  // namespace refract::migrate
