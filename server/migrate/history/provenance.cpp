#include "migrate/history/provenance.h"

namespace refract::migrate {

struct Provenance::Recorder {
  Tables& tables;
  std::uint32_t migration;
  std::string_view own_schema;

  catalog::QualifiedName in_schema(catalog::QualifiedName name) const {
    if (name.schema.empty() || name.schema == own_schema) name.schema = "public";
    return name;
  }

  void mark(Trace& trace) const {
    if (trace.empty() || trace.back() != migration) trace.push_back(migration);
  }
  // To be changed: a trace that copies share is made one of its own.
  static TableTrace& own(std::shared_ptr<TableTrace>& table) {
    if (!table) {
      table = std::make_shared<TableTrace>();
    } else if (table.use_count() > 1) {
      table = std::make_shared<TableTrace>(*table);
    }
    return *table;
  }
  TableTrace& touch(const catalog::QualifiedName& name) const {
    TableTrace& table = own(tables[in_schema(name)]);
    mark(table.own);
    return table;
  }
  void touch(const catalog::QualifiedName& name, const std::string& column) const { mark(touch(name).columns[column]); }
  void move(const catalog::QualifiedName& from, const catalog::QualifiedName& to) const {
    auto node = tables.extract(in_schema(from));
    if (node.empty()) return;
    mark(own(node.mapped()).own);
    tables.insert_or_assign(in_schema(to), std::move(node.mapped()));
  }

  void operator()(const catalog::CreateTable& step) const {
    if (step.temporary || (step.if_not_exists && tables.contains(in_schema(step.table.name)))) return;
    auto table = std::make_shared<TableTrace>();
    mark(table->own);
    for (const catalog::Column& column : step.table.columns) mark(table->columns[column.name]);
    tables[in_schema(step.table.name)] = std::move(table);
  }
  void operator()(const catalog::RenameTable& step) const { move(step.table, {in_schema(step.table).schema, step.to}); }
  void operator()(const catalog::SetTableSchema& step) const { move(step.table, {step.schema, step.table.name}); }
  void operator()(const catalog::DropTable& step) const { tables.erase(in_schema(step.table)); }
  void operator()(const catalog::AddColumn& step) const {
    TableTrace& table = touch(step.table);
    if (step.if_not_exists && table.columns.contains(step.column.name)) return;
    table.columns[step.column.name] = {migration};
  }
  void operator()(const catalog::RenameColumn& step) const {
    TableTrace& table = touch(step.table);
    auto node = table.columns.extract(step.from);
    if (node.empty()) return;
    mark(node.mapped());
    table.columns.insert_or_assign(step.to, std::move(node.mapped()));
  }
  void operator()(const catalog::DropColumn& step) const { touch(step.table).columns.erase(step.column); }
  void operator()(const catalog::AlterColumnType& step) const { touch(step.table, step.column); }
  void operator()(const catalog::SetColumnDefault& step) const { touch(step.table, step.column); }
  void operator()(const catalog::DropColumnDefault& step) const { touch(step.table, step.column); }
  void operator()(const catalog::SetColumnNullable& step) const { touch(step.table, step.column); }
  void operator()(const catalog::SetColumnIdentity& step) const { touch(step.table, step.column); }
  void operator()(const catalog::DropColumnGenerated& step) const { touch(step.table, step.column); }
  void operator()(const catalog::AddPrimaryKey& step) const { touch(step.table); }
  void operator()(const catalog::AddUniqueConstraint& step) const { touch(step.table); }
  void operator()(const catalog::AddForeignKey& step) const { touch(step.table); }
  void operator()(const catalog::AddCheck& step) const { touch(step.table); }
  void operator()(const catalog::AddExclusion& step) const { touch(step.table); }
  void operator()(const catalog::SetDeferrable& step) const { touch(step.table); }
  void operator()(const catalog::DropConstraint& step) const { touch(step.table); }
  void operator()(const catalog::CreateIndex& step) const { touch(step.table); }
  template <class Other>
  void operator()(const Other&) const {}
};

void Provenance::record(std::uint32_t migration, const catalog::Change& change, std::string_view own_schema) {
  std::visit(Recorder{tables_, migration, own_schema}, change);
}

const Trace* Provenance::find_table(const catalog::QualifiedName& table) const {
  const auto found = tables_.find(table);
  return found == tables_.end() ? nullptr : &found->second->own;
}

const Trace* Provenance::find_column(const catalog::QualifiedName& table, std::string_view column) const {
  const auto owner = tables_.find(table);
  if (owner == tables_.end()) return nullptr;
  const auto found = owner->second->columns.find(column);
  return found == owner->second->columns.end() ? nullptr : &found->second;
}

}  // namespace refract::migrate
