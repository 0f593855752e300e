#include "features/refactor/schema_change.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/line_edits.h"
#include "schema/naming.h"
#include "syntax/format.h"
#include "text/lines.h"
#include "text/unicode.h"
#include "validation/core/text_tools.h"
#include "validation/rules/reserved_names.h"

namespace refract::features {
namespace {

using schema::Placed;

// Of a removed block, with the blank lines after it, or before it at a file's end.
text::Range removed_range(const schema::Snapshot& snapshot, const Placed& placed) {
  const std::string_view text = snapshot.files()[placed.file].syntax->document().text();
  constexpr std::string_view kBlank = " \t\r\n";
  std::size_t begin = placed.start;
  const std::size_t after = placed.start + placed->block->text.size();
  std::size_t end = text.find_first_not_of(kBlank, after);
  if (end == std::string_view::npos) {
    end = text.size();
    const std::size_t last = text.substr(0, begin).find_last_not_of(kBlank);
    begin = last == std::string_view::npos ? 0 : std::min(text.find('\n', last) + 1, begin);
  } else {
    while (end > after && text[end - 1] != '\n') --end;
  }
  return {static_cast<text::Offset>(begin), static_cast<text::Offset>(end)};
}

}  // namespace

std::string laid_out(std::string_view text, const schema::Snapshot& snapshot) {
  return syntax::format(text::with_line_breaks(text, "\n"),
                        {.prisma = static_cast<unsigned>(snapshot.options().version)});
}

SchemaChange::BlockChange& SchemaChange::change_of(const Placed& placed) {
  BlockChange& change = blocks_[{placed.file, placed.start}];
  change.placed = &placed;
  return change;
}

void SchemaChange::replace(const Placed& placed, text::Range range, std::string text) {
  change_of(placed).edits.push_back({range, std::move(text)});
}

void SchemaChange::insert(const Placed& placed, text::Offset at, std::string text) {
  replace(placed, {at, at}, std::move(text));
}

void SchemaChange::apply(const Placed& placed, validation::BlockEdit edit) {
  replace(placed, edit.at.range, std::move(edit.text));
}

void SchemaChange::add_member(const Placed& placed, std::string_view line) {
  apply(placed, validation::add_member(*placed->block, line));
}

void SchemaChange::add_attribute(const Placed& placed, const schema::Field& field, std::string_view attribute) {
  apply(placed, validation::add_attribute(*placed->block, *field.syntax, attribute));
}

void SchemaChange::remove(const Placed& placed, const syntax::Attribute& attribute) {
  apply(placed, validation::remove_attribute(*placed->block, attribute));
}

void SchemaChange::remove(const Placed& placed, const schema::Field& field) {
  apply(placed, validation::remove_line(*placed->block, field.syntax->range));
}

void SchemaChange::add_block_after(const Placed& placed, std::string_view text) {
  apply(placed, validation::add_block_after(*placed->block, text));
}

void SchemaChange::remove_block(const Placed& placed) {
  change_of(placed).removed = true;
}

std::vector<validation::FileEdit> SchemaChange::edits(const schema::Snapshot& snapshot) const {
  std::vector<validation::FileEdit> made;
  for (const auto& [place, change] : blocks_) {
    const Placed& placed = *change.placed;
    const syntax::Block& block = *placed->block;
    if (!block.errors.empty()) return {};
    if (change.removed) {
      made.push_back({placed.file, {removed_range(snapshot, placed), {}}});
      continue;
    }
    const std::string text = laid_out(text::apply_edits(block.text, change.edits), snapshot);
    for (text::Edit& edit : line_edits(block.text, text::with_line_breaks(text, text::line_break_of(block.text))))
      made.push_back({placed.file, {edit.range.shifted(placed.start), std::move(edit.text)}});
  }
  return made;
}

std::string free_field_name(const schema::Declaration& model, const std::string& name) {
  return schema::free_name(name, [&](const std::string& tried) { return model.find_field(tried) != nullptr; });
}

std::string free_type_name(const schema::Snapshot& snapshot, const std::string& name) {
  return schema::free_name(name, [&](const std::string& tried) {
    return snapshot.find(tried) != nullptr || schema::scalar_from(tried) ||
           validation::is_reserved_name(tried, snapshot.options().version);
  });
}

std::string pascal_case(std::string_view name) {
  return text::with_first_letter(schema::camel_case(name), true);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

bool has_field(const schema::Index& index, std::string_view field) {
  return std::ranges::any_of(
      index.fields, [&](const schema::IndexField& part) { return !part.path.empty() && part.path.front() == field; });
}

bool is_referenced(const schema::Snapshot& snapshot, const Placed& placed, std::string_view field) {
  return std::ranges::any_of(placed->fields, [&](const schema::Field& other) {
    const auto relation = snapshot.relation_of(placed, other);
    if (!relation || !relation->owner.field || !relation->owner.field->relation) return false;
    return relation->other.model == &placed && contains(relation->owner.field->relation->references, field);
  });
}

const schema::Field* single_id(const schema::Declaration& model) {
  const schema::Index* key = model.primary_key();
  if (key == nullptr || key->fields.size() != 1 || key->fields.front().path.size() != 1) return nullptr;
  return model.find_field(key->fields.front().path.front());
}

std::string names_of(const std::vector<const schema::Field*>& fields) {
  std::vector<std::string_view> names;
  for (const schema::Field* field : fields) names.push_back(field->name);
  return fmt::format("{}", fmt::join(names, ", "));
}

bool counts_up(const schema::Field& field) {
  const syntax::Expression* value = field.default_value ? field.default_value->expression : nullptr;
  return value != nullptr && value->kind == syntax::ExpressionKind::function && value->value == "autoincrement";
}

bool is_only_key(const schema::Declaration& model, const schema::Index& index) {
  if (index.kind != schema::IndexKind::id && index.kind != schema::IndexKind::unique) return false;
  return std::ranges::none_of(model.indexes, [&](const schema::Index& other) {
    return &other != &index && (other.kind == schema::IndexKind::id || other.kind == schema::IndexKind::unique);
  });
}

}  // namespace refract::features
