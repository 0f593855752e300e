#include <algorithm>
#include <unordered_map>
#include <vector>

#include "catalog/expression/expression.h"
#include "catalog/expression/printer.h"
#include "catalog/parse/lower.h"

namespace refract::catalog {
namespace {

struct Command {
  QualifiedName table;
  std::string name;  // of the column or constraint
  Value definition;
  bool cascade = false;
  bool missing_ok = false;
};
using Handler = void (*)(const Command&, Lowering&);

void add_constraint(const QualifiedName& table, const Value& constraint, const std::string& column,
                    Lowering& lowering) {
  const std::string_view kind = constraint["contype"].string();
  std::optional<std::string> using_index;
  if (const std::string_view index = constraint["indexname"].string(); !index.empty()) using_index = index;
  if (kind == "CONSTR_PRIMARY") {
    lowering.add(AddPrimaryKey{table, lower_primary_key(constraint, column), using_index});
  } else if (kind == "CONSTR_UNIQUE") {
    lowering.add(AddUniqueConstraint{table, lower_unique(constraint, column), using_index});
  } else if (kind == "CONSTR_FOREIGN") {
    lowering.add(AddForeignKey{table, lower_foreign_key(constraint)});
  } else if (kind == "CONSTR_CHECK") {
    lowering.add(AddCheck{table, lower_check(constraint)});
  } else if (kind == "CONSTR_EXCLUSION") {
    lowering.add(AddExclusion{table, lower_exclusion(constraint)});
  }
}

void add_column(const Command& command, Lowering& lowering) {
  LoweredColumn lowered = lower_column(command.definition["ColumnDef"]);
  lowering.add(AddColumn{command.table, lowered.column, command.missing_ok});
  if (lowered.identity) {
    lowering.add(SetColumnIdentity{.table = command.table,
                                   .column = lowered.column.name,
                                   .options = std::move(*lowered.identity),
                                   .options_only = true});
  }
  for (std::size_t i = 0; i < lowered.constraints.size(); ++i) {
    if (lowered.constraints[i]["contype"].string() == "CONSTR_FOREIGN") {
      lowering.add(AddForeignKey{command.table, lower_column_foreign_key(lowered, i)});
    } else {
      add_constraint(command.table, lowered.constraints[i], lowered.column.name, lowering);
    }
  }
}

void alter_type(const Command& command, Lowering& lowering) {
  const Value definition = command.definition["ColumnDef"];
  AlterColumnType alter{command.table, command.name, lower_type_name(definition["typeName"]).type, std::nullopt,
                        std::nullopt};
  if (definition["raw_default"].exists()) {
    alter.using_expression = print_expression(definition["raw_default"], PrintStyle::written);
  }
  if (definition["collClause"].exists()) {
    alter.collation = tree::qualified(definition["collClause"]["collname"]).name;
  }
  lowering.add(std::move(alter));
}

void set_default(const Command& command, Lowering& lowering) {
  if (!command.definition.exists()) {
    lowering.add(DropColumnDefault{command.table, command.name});
    return;
  }
  // The column's type, and so what the literal means, is known to replay alone.
  lowering.add(SetColumnDefault{command.table, command.name, lower_untyped_default(command.definition)});
}

void add_identity(const Command& command, Lowering& lowering) {
  const Value constraint = command.definition["Constraint"];
  const Identity identity = constraint["generated_when"].string() == "a" ? Identity::always : Identity::by_default;
  SetColumnIdentity set{.table = command.table, .column = command.name, .identity = identity};
  lower_sequence_options(constraint["options"], set.options);
  lowering.add(std::move(set));
}

// ALTER COLUMN … SET GENERATED ALWAYS | BY DEFAULT, and the options of its sequence.
void set_identity(const Command& command, Lowering& lowering) {
  SetColumnIdentity set{.table = command.table, .column = command.name, .options_only = true};
  for (const Value& option : tree::list(command.definition)) {
    const Value element = option["DefElem"];
    if (element["defname"].string() != "generated") continue;
    const bool always = element["arg"]["Integer"]["ival"].integer() == 'a';
    set.identity = always ? Identity::always : Identity::by_default;
    set.options_only = false;
  }
  lower_sequence_options(command.definition["List"]["items"], set.options);
  lowering.add(std::move(set));
}

template <bool inherits>
void set_inheritance(const Command& command, Lowering& lowering) {
  lowering.add(SetInheritance{command.table, tree::relation(command.definition["RangeVar"]), inherits});
}

// Whatever the order they are written in, PostgreSQL drops first, then changes types, adds columns, sets NOT NULL, adds
// constraints with an index, then all others and defaults; what is left comes last (AlterTablePass in tablecmds.c).
int pass_of(const Value& command) {
  static const std::unordered_map<std::string_view, int> kPasses = {
      {"AT_DropColumn", 0},     {"AT_DropConstraint", 0}, {"AT_DropNotNull", 0},
      {"AT_DropExpression", 0}, {"AT_DropIdentity", 0},   {"AT_AlterColumnType", 1},
      {"AT_AddColumn", 2},      {"AT_SetNotNull", 3},     {"AT_AddIdentity", 5}};
  const std::string_view kind = command["subtype"].string();
  if (kind == "AT_ColumnDefault") return command["def"].exists() ? 5 : 0;
  if (kind == "AT_AddConstraint") {
    const std::string_view constraint = command["def"]["Constraint"]["contype"].string();
    return constraint == "CONSTR_PRIMARY" || constraint == "CONSTR_UNIQUE" || constraint == "CONSTR_EXCLUSION" ? 4 : 5;
  }
  const auto found = kPasses.find(kind);
  return found == kPasses.end() ? 6 : found->second;
}

template <bool enabled>
void row_level_security(const Command& command, Lowering& lowering) {
  lowering.add(SetRowLevelSecurity{command.table, enabled});
}

template <bool nullable>
void set_nullable(const Command& command, Lowering& lowering) {
  lowering.add(SetColumnNullable{command.table, command.name, nullable});
}

QualifiedName partition_of(const Command& command) {
  return tree::relation(command.definition["PartitionCmd"]["name"]);
}

const std::unordered_map<std::string_view, Handler>& handlers() {
  static const std::unordered_map<std::string_view, Handler> kHandlers = {
      {"AT_AddColumn", add_column},
      {"AT_DropColumn",
       [](const Command& c, Lowering& l) {
         l.add(DropColumn{c.table, c.name, c.cascade, c.missing_ok});
       }},
      {"AT_AlterColumnType", alter_type},
      {"AT_ColumnDefault", set_default},
      {"AT_DropNotNull", set_nullable<true>},
      {"AT_SetNotNull", set_nullable<false>},
      {"AT_DropExpression",
       [](const Command& c, Lowering& l) {
         l.add(DropColumnGenerated{c.table, c.name, c.missing_ok});
       }},
      {"AT_AddIdentity", add_identity},
      {"AT_SetIdentity", set_identity},
      {"AT_DropIdentity",
       [](const Command& c, Lowering& l) {
         l.add(SetColumnIdentity{c.table, c.name, Identity::none, c.missing_ok});
       }},
      {"AT_AddConstraint",
       [](const Command& c, Lowering& l) { add_constraint(c.table, c.definition["Constraint"], {}, l); }},
      {"AT_DropConstraint",
       [](const Command& c, Lowering& l) {
         l.add(DropConstraint{c.table, c.name, c.cascade, c.missing_ok});
       }},
      {"AT_ValidateConstraint",
       [](const Command& c, Lowering& l) {
         l.add(ValidateConstraint{c.table, c.name});
       }},
      {"AT_AlterConstraint",
       [](const Command& c, Lowering& l) {
         const Value constraint = c.definition["Constraint"];
         l.add(SetDeferrable{c.table, std::string(constraint["conname"].string()), constraint["deferrable"].boolean(),
                             constraint["initdeferred"].boolean()});
       }},
      {"AT_EnableRowSecurity", row_level_security<true>},
      {"AT_DisableRowSecurity", row_level_security<false>},
      {"AT_AddInherit", set_inheritance<true>},
      {"AT_DropInherit", set_inheritance<false>},
      {"AT_AttachPartition",
       [](const Command& c, Lowering& l) {
         l.add(AttachPartition{c.table, partition_of(c)});
       }},
      {"AT_DetachPartition",
       [](const Command& c, Lowering& l) {
         l.add(DetachPartition{c.table, partition_of(c)});
       }},
  };
  return kHandlers;
}

using RenameHandler = void (*)(const Value&, const std::string&, Lowering&);

QualifiedName object_name(const Value& body) {
  return tree::qualified(body["object"]);
}
std::string subname(const Value& body) {
  return std::string(body["subname"].string());
}

const std::unordered_map<std::string_view, RenameHandler>& rename_handlers() {
  static const RenameHandler kTable = [](const Value& b, const std::string& to, Lowering& l) {
    l.add(RenameTable{tree::relation(b["relation"]), to});
  };
  static const RenameHandler kView = [](const Value& b, const std::string& to, Lowering& l) {
    l.add(RenameView{tree::relation(b["relation"]), to});
  };
  static const RenameHandler kType = [](const Value& b, const std::string& to, Lowering& l) {
    l.add(RenameEnum{object_name(b), to});
  };
  static const std::unordered_map<std::string_view, RenameHandler> kHandlers = {
      {"OBJECT_TABLE", kTable},
      {"OBJECT_FOREIGN_TABLE", kTable},
      {"OBJECT_VIEW", kView},
      {"OBJECT_MATVIEW", kView},
      {"OBJECT_TYPE", kType},
      {"OBJECT_DOMAIN", kType},
      {"OBJECT_COLUMN",
       [](const Value& b, const std::string& to, Lowering& l) {
         l.add(RenameColumn{tree::relation(b["relation"]), subname(b), to});
       }},
      {"OBJECT_TABCONSTRAINT",
       [](const Value& b, const std::string& to, Lowering& l) {
         l.add(RenameConstraint{tree::relation(b["relation"]), subname(b), to});
       }},
      {"OBJECT_INDEX",
       [](const Value& b, const std::string& to, Lowering& l) {
         l.add(RenameIndex{tree::relation(b["relation"]), to});
       }},
      {"OBJECT_SEQUENCE",
       [](const Value& b, const std::string& to, Lowering& l) {
         l.add(RenameSequence{tree::relation(b["relation"]), to});
       }},
      {"OBJECT_SCHEMA",
       [](const Value& b, const std::string& to, Lowering& l) {
         l.add(RenameSchema{subname(b), to});
       }},
  };
  return kHandlers;
}

// What ALTER … RENAME and SET SCHEMA refer to, if no schema describes it.
std::optional<RenameUnmanaged> unmanaged_of(const Value& body, std::string_view kind) {
  static const std::unordered_map<std::string_view, UnmanagedKind> kNamed = {
      {"OBJECT_FUNCTION", UnmanagedKind::function},
      {"OBJECT_ROUTINE", UnmanagedKind::function},
      {"OBJECT_PROCEDURE", UnmanagedKind::procedure},
      {"OBJECT_AGGREGATE", UnmanagedKind::aggregate}};
  static const std::unordered_map<std::string_view, UnmanagedKind> kOfTable = {
      {"OBJECT_TRIGGER", UnmanagedKind::trigger},
      {"OBJECT_POLICY", UnmanagedKind::policy},
      {"OBJECT_RULE", UnmanagedKind::rule}};
  if (const auto named = kNamed.find(kind); named != kNamed.end())
    return RenameUnmanaged{named->second, tree::qualified(body["object"]["ObjectWithArgs"]["objname"]), {}, {}};
  if (const auto of_table = kOfTable.find(kind); of_table != kOfTable.end())
    return RenameUnmanaged{of_table->second, {"", subname(body)}, tree::relation(body["relation"]), {}};
  return std::nullopt;
}

}  // namespace

namespace {

// The statement of a command of ALTER TABLE that changes nothing a schema describes. Those that hazards report have
// separate names: the verbs of DataStatement.
std::string_view other_command(std::string_view kind) {
  static const std::unordered_map<std::string_view, std::string_view> kVerbs = {
      {"AT_SetLogged", "REWRITE TABLE"},
      {"AT_SetUnLogged", "REWRITE TABLE"},
      {"AT_SetTableSpace", "REWRITE TABLE"},
      {"AT_SetAccessMethod", "REWRITE TABLE"},
      {"AT_DisableTrigAll", "DISABLE TRIGGER ALL"},
      {"AT_DisableTrigUser", "DISABLE TRIGGER"},
      {"AT_DisableTrig", "DISABLE TRIGGER"},
      {"AT_EnableReplicaTrig", "DISABLE TRIGGER"},  // it runs for replicated rows only
      {"AT_NoForceRowSecurity", "NO FORCE ROW LEVEL SECURITY"}};
  const auto verb = kVerbs.find(kind);
  return verb == kVerbs.end() ? "ALTER TABLE" : verb->second;
}

}  // namespace

void lower_alter_table(const Value& body, Lowering& lowering) {
  const QualifiedName table = tree::relation(body["relation"]);
  const std::string_view object = body["objtype"].string();
  // A view's or an index's own settings change no structure that we keep; that one belongs to another's partition does.
  const bool attaches = body["cmds"].items().front()["AlterTableCmd"]["subtype"].string() == "AT_AttachPartition";
  if (object == "OBJECT_VIEW" || object == "OBJECT_MATVIEW") {
    // Owner, options, defaults: they are dropped with the view, and restored where it is recreated.
    lowering.only_if_exists(body["missing_ok"].boolean());
    lowering.unmanaged(UnmanagedKind::other, {}, table);
    return;
  }
  if (!attaches && object == "OBJECT_INDEX") {
    lowering.add(DataStatement{"ALTER", {table}});
    return;
  }
  if (object == "OBJECT_TYPE") {
    lowering.unmanaged(UnmanagedKind::other, table);
    return;
  }
  lowering.only_if_exists(body["missing_ok"].boolean());
  lowering.only_itself(body["relation"]);
  std::vector<Value> commands;
  for (const Value& item : body["cmds"].items()) commands.push_back(item["AlterTableCmd"]);
  std::ranges::stable_sort(commands, {}, pass_of);
  for (const Value& command : commands) {
    const auto handler = handlers().find(command["subtype"].string());
    if (handler == handlers().end()) {
      // Owners, storage, statistics, triggers switched on and off: nothing that a schema describes.
      lowering.add(DataStatement{std::string(other_command(command["subtype"].string())), {table}});
      continue;
    }
    handler->second({table, std::string(command["name"].string()), command["def"],
                     command["behavior"].string() == "DROP_CASCADE", command["missing_ok"].boolean()},
                    lowering);
  }
}

void lower_rename(const Value& body, Lowering& lowering) {
  lowering.only_if_exists(body["missing_ok"].boolean());
  lowering.only_itself(body["relation"]);
  const auto handler = rename_handlers().find(body["renameType"].string());
  if (handler == rename_handlers().end()) {
    if (auto renamed = unmanaged_of(body, body["renameType"].string())) {
      renamed->to.name = body["newname"].string();
      lowering.add(std::move(*renamed));
    } else {
      lowering.unmanaged(UnmanagedKind::other, tree::relation(body["relation"]));
    }
    return;
  }
  handler->second(body, std::string(body["newname"].string()), lowering);
}

void lower_set_schema(const Value& body, Lowering& lowering) {
  lowering.only_if_exists(body["missing_ok"].boolean());
  const std::string_view kind = body["objectType"].string();
  const std::string schema(body["newschema"].string());
  if (kind == "OBJECT_TYPE" || kind == "OBJECT_DOMAIN") {
    lowering.add(SetEnumSchema{object_name(body), schema});
  } else if (kind == "OBJECT_EXTENSION") {
    lowering.add(AlterExtension{std::string(tree::text(body["object"])), {}, schema});
  } else if (body["relation"].exists()) {
    lowering.add(SetTableSchema{tree::relation(body["relation"]), schema});
  } else if (auto moved = unmanaged_of(body, kind)) {
    moved->to.schema = schema;
    lowering.add(std::move(*moved));
  } else {
    lowering.unmanaged(UnmanagedKind::other, {});
  }
}

}  // namespace refract::catalog
