#include <algorithm>

#include <fmt/format.h>

#include "schema/attributes.h"
#include "syntax/characters.h"
#include "text/lines.h"
#include "validation/mistakes/line.h"
#include "validation/mistakes/open_lines.h"

// Lines that begin with an attribute with one at sign: they belong to the field or value above them, or to the block.
namespace refract::validation {
namespace {

constexpr std::size_t kMostLines = 20;

text::Offset offset(std::size_t at) {
  return static_cast<text::Offset>(at);
}

struct AttributeLine {
  text::Range range;  // from the at sign to the end of its last line
  std::string text;
  std::size_t next = 0;  // where the next line begins
  bool closed = true;    // all its brackets are
  Belongs to = Belongs::unknown;
};

// The field or value above.
struct Owner {
  std::string_view name;
  text::Range range;
  text::Range line;
  std::string start;  // a member that the attributes may follow
};

class AttributeLines {
 public:
  AttributeLines(const MistakeContext& context, const syntax::Block& block)
      : context_(context), block_(block), text_(block.text) {}

  std::optional<Mistake> mistake(text::Range range) const {
    const auto line = line_at(range.begin);
    if (!line || line->to == Belongs::unknown) return std::nullopt;
    const auto owner = owner_above(range.begin);
    const std::vector<AttributeLine> below = owner ? lines_below(*owner) : std::vector<AttributeLine>();
    const auto found = std::ranges::find(below, range.begin, [](const AttributeLine& one) { return one.range.begin; });
    if (found != below.end()) return moved(*owner, {found, below.end()});
    if (is_below_member(*line, owner)) {
      return Mistake{
          .code = "attribute-on-next-line",
          .message = fmt::format("The attribute `@{}` is not on the line of its field or value.", name_of(*line)),
          .help = "Write it at the end of that line.",
          .title = {},
          .edits = {},
          .range = line->range};
    }
    return line->to == Belongs::either ? on_either_level(*line, owner) : std::nullopt;
  }

 private:
  std::optional<AttributeLine> line_at(std::size_t at) const {
    const std::size_t begin = syntax::skip_space(text_, at);
    if (!text_.substr(begin).starts_with('@') || text_.substr(begin).starts_with("@@")) return std::nullopt;
    AttributeLine line;
    line.range = {offset(begin), offset(syntax::trim_space_end(text_, begin, syntax::line_end(text_, begin)))};
    const auto lines = open_lines(context_, block_, line.range);
    const bool several = lines && lines->several(block_) && !lines->next;
    if (several) line.range = lines->range;
    line.closed = !lines || lines->closed;
    line.text = several ? lines->text : std::string(text_.substr(begin, line.range.size()));
    line.next = syntax::next_line(text_, line.range.end);
    line.to = owner_of(block_.kind, pieces_of(line.text, {0, offset(line.text.size())}));
    return line;
  }

  static std::string_view name_of(const AttributeLine& line) {
    const std::string_view text = line.text;
    const std::size_t begin = syntax::skip_space(text, 1);
    std::size_t end = begin;
    while (end < text.size() && (text[end] == '.' || syntax::name_length(text, end) > 0))
      end += std::max<std::size_t>(syntax::name_length(text, end), 1);
    return text.substr(begin, end - begin);
  }

  // `@unique(a, b)`, whose names are those of fields without the brackets of a list.
  bool names_fields(const AttributeLine& line) const {
    if (line.to != Belongs::either) return false;
    const auto& arguments = attribute_in(block_.kind, name_of(line), true)->arguments;
    return !arguments.empty() && arguments[0].name == "fields";
  }

  // The last valid field or value before the place.
  std::optional<Owner> owner_above(text::Offset at) const {
    const auto last_of = [&](const auto& items) {
      using Item = std::ranges::range_value_t<decltype(items)>;
      const auto after = std::ranges::upper_bound(items, at, {}, [](const Item& one) { return one.line.end; });
      return after == items.begin() ? nullptr : &*std::prev(after);
    };
    if (const syntax::Field* field = last_of(block_.fields))
      return Owner{field->name.text, field->range, field->line, fmt::format("x {}", field->type->name.text)};
    if (const syntax::EnumValue* value = last_of(block_.values))
      return Owner{value->name.text, value->range, value->line, "x"};
    return std::nullopt;
  }

  std::size_t depth_of_indent(text::Offset at) const { return indent_at(text_, at).size(); }

  // The lines directly below a member that are its own. Where an attribute may be the block's too, it is the member's
  // if it is indented deeper, or among others that can only be the member's.
  std::vector<AttributeLine> lines_below(const Owner& owner) const {
    std::vector<AttributeLine> lines;
    for (std::size_t at = owner.line.end; lines.size() < kMostLines;) {
      if (text_.substr(syntax::skip_space(text_, at)).starts_with("//")) {
        at = syntax::next_line(text_, at);
        continue;
      }
      auto line = line_at(at);
      if (!line || line->to == Belongs::block || line->to == Belongs::unknown || names_fields(*line)) break;
      at = line->next;
      lines.push_back(std::move(*line));
    }
    const bool among_own = std::ranges::find(lines, Belongs::member, &AttributeLine::to) != lines.end();
    const auto blocks = std::ranges::find_if(lines, [&](const AttributeLine& line) {
      return !among_own && depth_of_indent(line.range.begin) <= depth_of_indent(owner.range.begin);
    });
    lines.erase(blocks, lines.end());
    return lines;
  }

  // Below a member that is not valid, or below lines of which is not known what they are. Lines between that may be of
  // either level show nothing.
  bool is_below_member(const AttributeLine& line, const std::optional<Owner>& owner) const {
    if (line.to == Belongs::block) return false;
    for (text::Offset begin = line.range.begin - offset(depth_of_indent(line.range.begin));;) {
      if (begin <= block_.header_range.end || (owner && owner->line.end == begin)) return false;
      const std::size_t end = begin - 1 - (text_[begin - 1] == '\n' && text_[begin - 2] == '\r' ? 1 : 0);
      const std::size_t line_break = text_.substr(0, end).find_last_of("\r\n");
      if (line_break == std::string_view::npos || line_break < block_.header_range.end) return false;
      const std::string_view above = text_.substr(line_break + 1, end - line_break - 1);
      const std::string_view content = above.substr(syntax::skip_space(above, 0));
      if (content.empty() || content.starts_with("//") || content.starts_with("@@")) return false;
      const auto attribute = line_at(line_break + 1);
      if (!attribute || attribute->to != Belongs::either) return !attribute || attribute->to != Belongs::block;
      begin = offset(line_break + 1);
    }
  }

  // Nothing shows whether the attribute is the block's or that of the member above it. nullopt: no member is above.
  std::optional<Mistake> on_either_level(const AttributeLine& line, const std::optional<Owner>& owner) const {
    const std::size_t above = owner ? owner->line.end : syntax::next_line(text_, block_.header_range.end);
    const bool only_attributes = only_attributes_between(above, line);
    if (!owner && only_attributes) return std::nullopt;
    const auto of_block = corrected_line(context_, block_, block_.kind, line.text);
    if (!of_block || of_block->members.size() != 1 || of_block->corrections.empty()) return std::nullopt;
    Mistake mistake =
        mistake_of(block_, line.range, joined(*of_block, {}, text::line_break_of(text_)), of_block->corrections);
    mistake.certain = false;
    if (mistake.code == "attribute-level") {
      const std::string_view member = block_.has_fields() ? "field" : "value";
      mistake.message =
          fmt::format("`@{}` is on a line by itself, where it is neither an attribute of a {} nor of the block.",
                      name_of(line), member);
      mistake.help =
          fmt::format("Write it at the end of the line of its {}, or with two at signs if it is the block's.", member);
    }
    // Otherwise a member may be there that is not understood.
    if (!only_attributes) return mistake;
    const auto of_member = moved(*owner, {&line, 1});
    if (of_member && !of_member->edits.empty())
      mistake.choices.push_back({fmt::format("Move it to `{}`", owner->name), of_member->edits});
    return mistake;
  }

  // Whether all lines from a place on are blank, comments and attributes with one at sign.
  bool only_attributes_between(std::size_t from, const AttributeLine& line) const {
    for (std::size_t at = from; at < line.range.begin; at = syntax::next_line(text_, at)) {
      const std::string_view rest = text_.substr(syntax::skip_space(text_, at));
      const bool attribute = rest.starts_with('@') && !rest.starts_with("@@");
      if (!attribute && !rest.starts_with("//") && syntax::newline_length(rest, 0) == 0) return false;
    }
    return true;
  }

  std::optional<Mistake> moved(const Owner& owner, std::span<const AttributeLine> lines) const {
    Mistake mistake{.code = "attribute-on-next-line",
                    .message = fmt::format("The attribute `@{}` is not on the line of its {} `{}`.",
                                           name_of(lines.front()), block_.has_fields() ? "field" : "value", owner.name),
                    .help = block_.has_fields() ? "Write it after the field's type." : "Write it after the value.",
                    .title = {},
                    .edits = {},
                    .range = lines.front().range};
    std::string attributes;
    std::vector<BlockEdit> removed;
    for (const AttributeLine& line : lines) {
      const auto corrected =
          corrected_line(context_, block_, block_.kind, fmt::format("{} {}", owner.start, line.text));
      if (!corrected || corrected->members.size() != 1) break;
      const std::string_view member = corrected->members[0];
      attributes += fmt::format(" {}", member.substr(std::min(member.find('@'), member.size())));
      const text::Offset indent = offset(depth_of_indent(line.range.begin));
      if (corrected->comment.empty())
        removed.push_back({{&block_, {line.range.begin - indent, offset(line.next)}}, ""});
      else
        removed.push_back({{&block_, line.range}, corrected->comment});
      mistake.range.end = line.range.end;
      if (line.closed) continue;
      mistake.code = "unclosed-bracket";
      mistake.message = "A bracket on this line is not closed.";
      mistake.help = "Write the missing bracket, and the attribute on the line of its field or value.";
    }
    if (removed.empty()) return mistake;
    mistake.title = fmt::format("Move {} to `{}`", removed.size() > 1 ? "them" : "it", owner.name);
    mistake.edits.push_back({{&block_, {owner.range.end, owner.range.end}}, attributes});
    std::ranges::move(removed, std::back_inserter(mistake.edits));
    return mistake;
  }

  const MistakeContext& context_;
  const syntax::Block& block_;
  std::string_view text_;
};

}  // namespace

std::optional<Mistake> mistake_in_attribute_line(const MistakeContext& context, const syntax::Block& block,
                                                 text::Range line) {
  if (!block.has_fields() && block.kind != syntax::BlockKind::enumeration) return std::nullopt;
  return AttributeLines(context, block).mistake(line);
}

}  // namespace refract::validation
