#include "catalog/expression/expression.h"
#include "catalog/expression/printer.h"
#include "catalog/parse/lower.h"

namespace refract::catalog {

std::vector<std::string> lower_options(const Value& options) {
  std::vector<std::string> lowered;
  for (const Value& item : options.items()) {
    const Value option = item["DefElem"];
    const tree::Node argument = tree::node(option["arg"]);
    std::string value(tree::text(option["arg"]));
    if (argument.kind == "Integer") value = std::to_string(argument.body["ival"].integer());
    if (argument.kind == "Float") value = argument.body["fval"].string();
    if (argument.kind == "TypeName") value = tree::qualified(argument.body["names"]).name;  // off, auto
    lowered.push_back(std::string(option["defname"].string()) + "=" + value);
  }
  return lowered;
}

IndexColumn lower_index_column(const Value& element) {
  IndexColumn column;
  column.column = element["name"].string();
  if (Value expression = element["expr"]; expression.exists()) {
    // ((b COLLATE "C")) is the column under a collation of the index's own.
    for (; expression["CollateClause"].exists(); expression = expression["CollateClause"]["arg"])
      column.collation = tree::qualified(expression["CollateClause"]["collname"]).name;
    const std::vector<std::string> fields = tree::texts(expression["ColumnRef"]["fields"]);
    if (column.collation && fields.size() == 1) {
      column.column = fields.front();
    } else {
      column.expression = print_expression(expression, PrintStyle::written);
    }
  }
  if (element["opclass"].exists()) column.op_class = tree::qualified(element["opclass"]).name;
  column.op_class_options = lower_options(element["opclassopts"]);
  if (element["collation"].exists()) column.collation = tree::qualified(element["collation"]).name;
  if (element["ordering"].string() == "SORTBY_DESC") column.order = SortOrder::descending;
  const std::string_view nulls = element["nulls_ordering"].string();
  const bool descending = column.order == SortOrder::descending;
  // The default for the direction is not distinguished from leaving it out.
  if (nulls == "SORTBY_NULLS_FIRST" && !descending) column.nulls = NullsOrder::first;
  if (nulls == "SORTBY_NULLS_LAST" && descending) column.nulls = NullsOrder::last;
  return column;
}

void lower_create_index(const Value& body, Lowering& lowering) {
  CreateIndex create;
  create.table = tree::relation(body["relation"]);
  Index& index = create.index;
  index.name = body["idxname"].string();
  index.unique = body["unique"].boolean();
  index.method = body["accessMethod"].string();
  for (const Value& element : body["indexParams"].items())
    index.columns.push_back(lower_index_column(element["IndexElem"]));
  for (const Value& element : body["indexIncludingParams"].items()) {
    index.include.emplace_back(element["IndexElem"]["name"].string());
  }
  if (body["whereClause"].exists()) index.predicate = print_expression(body["whereClause"], PrintStyle::written);
  index.storage = lower_options(body["options"]);
  index.nulls_not_distinct = body["nulls_not_distinct"].boolean();
  create.concurrently = body["concurrent"].boolean();
  create.if_not_exists = body["if_not_exists"].boolean();
  lowering.only_itself(body["relation"]);
  lowering.add(std::move(create));
}

}  // namespace refract::catalog
