#include "features/migration/pull_block.h"

#include <fmt/format.h>

#include <algorithm>

#include "migrate/wanted/table_parts.h"
#include "syntax/format.h"
#include "text/document.h"
#include "text/lines.h"

namespace refract::features {
namespace {

using migrate::PulledAttribute;
using migrate::PulledBlock;
using migrate::PulledField;

template <class Parts>
const typename Parts::value_type* find_named(const Parts& parts, std::string_view name, auto member) {
  const auto found = std::ranges::find(parts, name, member);
  return found == parts.end() ? nullptr : &*found;
}

class BlockMerge {
 public:
  BlockMerge(const schema::Placed& declaration, const PulledBlock& before, const PulledBlock& after, bool differs,
             std::vector<std::string>& changes)
      : declaration_(*declaration),
        text_(declaration->block->text),
        before_(before),
        after_(after),
        differs_(differs),
        changes_(changes) {}

  std::vector<text::Edit> run() && {
    if (declaration_.is_enum()) {
      for (const schema::EnumValue& value : declaration_.values) member(value.name, value.syntax->range, true);
    } else {
      for (const schema::Field& field : declaration_.fields) member(field.name, field.syntax->range, field.is_stored());
    }
    add_members(false);
    add_members(true);
    if (differs_ && !declaration_.is_enum()) merge_attributes();
    return std::move(edits_);
  }

 private:
  void member(std::string_view name, text::Range range, bool stored) {
    if (stored) last_stored_ = range.end;
    last_member_ = std::max(last_member_, range.end);
    const PulledField* was = find_named(before_.fields, name, &PulledField::name);
    if (!was) return;  // a field that is not in the database, for example of a view's relation
    const PulledField* is = find_named(after_.fields, name, &PulledField::name);
    if (!is) {
      remove_line(range);
      describe("Remove {} of {}", name);
    } else if (is->text != was->text && (differs_ || is->relation)) {
      edits_.push_back({range, is->text});
      describe("Change {} of {}", name);
    }
  }

  void add_members(bool relations) {
    std::string lines;
    for (const PulledField& field : after_.fields) {
      if (field.relation != relations || find_named(before_.fields, field.name, &PulledField::name)) continue;
      if (!relations && !differs_) continue;
      lines += fmt::format("  {}\n", field.text);
      describe("Add {} to {}", field.name);
    }
    if (lines.empty()) return;
    text::Offset after = relations ? last_member_ : last_stored_;
    if (after == 0) after = declaration_.block->body_range.begin;
    // On a separate line, because a comment may end the one before.
    const auto at = static_cast<text::Offset>(text_.find('\n', after) + 1);
    edits_.push_back({{at, at}, std::move(lines)});
  }

  std::string constraint_of(const schema::Index& index) const {
    if (index.kind == schema::IndexKind::id) {
      const auto key = migrate::primary_key_of(declaration_);
      return key ? key->name : "";
    }
    const auto made = migrate::index_of(declaration_, index);
    return made ? made->name : "";
  }

  void merge_attributes() {
    for (const schema::Index& index : declaration_.indexes) {
      if (!index.attribute || !index.attribute->block) continue;
      const std::string name = constraint_of(index);
      const PulledAttribute* was = find_named(before_.attributes, name, &PulledAttribute::constraint);
      if (name.empty() || !was) continue;
      const PulledAttribute* is = find_named(after_.attributes, name, &PulledAttribute::constraint);
      if (!is) {
        remove_line(index.attribute->range);
        describe("Remove {} from {}", was->text);
      } else if (is->text != was->text) {
        edits_.push_back({index.attribute->range, is->text});
        describe("Change to {} on {}", is->text);
      }
    }
    std::string lines;
    for (const PulledAttribute& attribute : after_.attributes) {
      const auto same = [&](const PulledAttribute& other) {
        return attribute.constraint.empty() ? other.text == attribute.text : other.constraint == attribute.constraint;
      };
      if (std::ranges::any_of(before_.attributes, same)) continue;
      lines += fmt::format("  {}\n", attribute.text);
      describe("Add {} to {}", attribute.text);
    }
    if (lines.empty()) return;
    if (declaration_.block->attributes.empty()) lines.insert(0, "\n");
    const auto last_break = text_.rfind('\n', declaration_.block->body_range.end - 1);
    const auto at = static_cast<text::Offset>(last_break + 1);
    edits_.push_back({{at, at}, std::move(lines)});
  }

  // The whole line, with the comments right above it.
  void remove_line(text::Range range) {
    std::size_t begin = text_.rfind('\n', range.begin) + 1;
    while (begin > declaration_.block->body_range.begin + 1) {
      const std::size_t above = text_.rfind('\n', begin - 2) + 1;
      const std::string_view line = text_.substr(above, begin - above);
      const std::size_t word = line.find_first_not_of(" \t");
      if (above < declaration_.block->body_range.begin || word == std::string_view::npos ||
          !line.substr(word).starts_with("//")) {
        break;
      }
      begin = above;
    }
    const std::size_t end = text_.find('\n', range.end);
    edits_.push_back({{static_cast<text::Offset>(begin), static_cast<text::Offset>(end + 1)}, ""});
  }

  void describe(std::string_view sentence, std::string_view what) {
    changes_.push_back(fmt::format(fmt::runtime(sentence), what, declaration_.name));
  }

  const schema::Declaration& declaration_;
  std::string_view text_;
  const PulledBlock& before_;
  const PulledBlock& after_;
  bool differs_;
  std::vector<std::string>& changes_;
  text::Offset last_stored_ = 0;
  text::Offset last_member_ = 0;
  std::vector<text::Edit> edits_;
};

}  // namespace

std::optional<std::string> merged_block(const schema::Placed& declaration, const PulledBlock& before,
                                        const PulledBlock& after, bool differs, unsigned prisma,
                                        std::vector<std::string>& changes) {
  std::vector<text::Edit> edits = BlockMerge(declaration, before, after, differs, changes).run();
  if (edits.empty()) return std::nullopt;
  // What is put in at a place comes before what is taken away there.
  std::ranges::stable_sort(edits, {},
                           [](const text::Edit& edit) { return std::pair(edit.range.begin, edit.range.end); });
  const std::string& text = declaration->block->text;
  return text::with_line_breaks(syntax::format(text::apply_edits(text, edits), {.tab_size = 2, .prisma = prisma}),
                                text::line_break_of(text));
}

}  // namespace refract::features
