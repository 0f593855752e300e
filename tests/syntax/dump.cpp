#include "syntax/dump.h"

#include <fmt/format.h>

namespace refract::syntax::testing {

namespace {

std::string_view kind_name(BlockKind kind) {
  switch (kind) {
    case BlockKind::datasource:
      return "datasource";
    case BlockKind::generator:
      return "generator";
    case BlockKind::model:
      return "model";
    case BlockKind::view:
      return "view";
    case BlockKind::enumeration:
      return "enum";
    case BlockKind::composite_type:
      return "type";
    case BlockKind::unknown:
      return "unknown";
    case BlockKind::filler:
      return "filler";
  }
  return "?";
}

std::string_view kind_name(SyntaxErrorKind kind) {
  switch (kind) {
    case SyntaxErrorKind::invalid_line:
      return "invalid_line";
    case SyntaxErrorKind::invalid_member:
      return "invalid_member";
    case SyntaxErrorKind::unknown_block:
      return "unknown_block";
    case SyntaxErrorKind::field_without_type:
      return "field_without_type";
    case SyntaxErrorKind::legacy_required:
      return "legacy_required";
    case SyntaxErrorKind::legacy_list:
      return "legacy_list";
    case SyntaxErrorKind::legacy_colon:
      return "legacy_colon";
    case SyntaxErrorKind::optional_list:
      return "optional_list";
    case SyntaxErrorKind::unterminated_block:
      return "unterminated_block";
    case SyntaxErrorKind::type_alias:
      return "type_alias";
    case SyntaxErrorKind::invalid_string:
      return "invalid_string";
  }
  return "?";
}

class Dumper {
 public:
  Dumper(const Block& block, bool ranges) : block_(block), ranges_(ranges) {}

  std::string run() {
    out_ = fmt::format("{} {}{}", kind_name(block_.kind), block_.name.text, at(block_.name.range));
    if (ranges_) {
      out_ += fmt::format(" keyword {}{} block{} header{} body{}", block_.keyword.text, at(block_.keyword.range),
                          at(block_.range), at(block_.header_range), at(block_.body_range));
    }
    if (ranges_) out_ += fmt::format(" since {}", block_.since_prisma);
    documentation(block_.documentation);
    for (const Property& item : block_.properties) {
      line("property", item.key, item.range);
      if (item.value) out_ += " = " + expression(*item.value);
      documentation(item.documentation);
    }
    for (const Field& item : block_.fields) field("field", item);
    for (const EnumValue& item : block_.values) {
      line("value", item.name, item.range);
      if (ranges_) out_ += " line" + at(item.line);
      attributes(item.attributes);
      documentation(item.documentation);
    }
    for (const Attribute& item : block_.attributes) out_ += "\n  " + attribute(item);
    for (const Field& item : block_.broken_fields) field("broken", item);
    for (const SyntaxError& error : block_.errors) {
      const std::string_view text = std::string_view(block_.text).substr(error.range.begin, error.range.size());
      out_ += fmt::format("\n  {} {:?}{}", kind_name(error.kind), text, at(error.range));
      if (ranges_) out_ += " of " + error.subject;
    }
    return out_ + "\n";
  }

 private:
  std::string at(text::Range range) const {
    return ranges_ ? fmt::format("[{},{})", range.begin, range.end) : std::string();
  }
  void line(std::string_view what, const Token& name, text::Range range) {
    out_ += fmt::format("\n  {} {}{}", what, name.text, at(name.range));
    if (ranges_) out_ += " whole" + at(range);
  }
  void documentation(const Documentation& text) {
    if (!text.empty()) out_ += fmt::format(" doc({:?})", text);
  }
  void attributes(const std::vector<Attribute>& list) {
    for (const Attribute& item : list) out_ += " " + attribute(item);
  }

  void field(std::string_view what, const Field& item) {
    line(what, item.name, item.range);
    if (ranges_) out_ += " line" + at(item.line);
    if (item.type) {
      out_ += fmt::format(" : {}{}", item.type->name.text, at(item.type->name.range));
      if (item.type->unsupported) out_ += fmt::format(" unsupported({:?})", item.type->unsupported_type);
      if (item.type->arity == Arity::list) out_ += " list" + at(item.type->arity_range);
      if (item.type->arity == Arity::optional) out_ += " optional" + at(item.type->arity_range);
      if (ranges_) out_ += " type" + at(item.type->range);
    }
    attributes(item.attributes);
    documentation(item.documentation);
  }

  std::string attribute(const Attribute& item) const {
    std::string text = fmt::format("{}{}{}", item.block ? "@@" : "@", item.name.text, at(item.name.range));
    if (item.has_arguments) text += at(item.arguments_range) + arguments(item.arguments, "(", item.trailing_comma, ")");
    if (ranges_) text += " whole" + at(item.range) + " span" + at(item.span);
    return text;
  }

  std::string arguments(const std::vector<Argument>& list, std::string_view open,
                        std::optional<text::Range> trailing_comma, std::string_view close) const {
    std::string text(open);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) text += ", ";
      if (list[i].name) text += fmt::format("{}{}:", list[i].name->text, at(list[i].name->range));
      if (list[i].name && list[i].value) text += " ";
      if (list[i].value) text += expression(*list[i].value);
      text += at(list[i].range);
    }
    if (trailing_comma) text += "," + at(*trailing_comma);
    return text.append(close);
  }

  std::string expression(const Expression& item) const {
    std::string text;
    switch (item.kind) {
      case ExpressionKind::string:
        text = fmt::format("{:?}", item.value);
        break;
      case ExpressionKind::number:
        text = fmt::format("number {}", item.text);
        break;
      case ExpressionKind::path:
        text = item.value;
        break;
      case ExpressionKind::function:
        text = item.value + at(item.name_range) + at(item.arguments_range) +
               arguments(item.arguments, "(", item.trailing_comma, ")");
        break;
      case ExpressionKind::object:
        text = arguments(item.arguments, "{", std::nullopt, "}");
        break;
      case ExpressionKind::array:
        text = "[";
        for (std::size_t i = 0; i < item.elements.size(); ++i) {
          if (i > 0) text += ", ";
          text += expression(item.elements[i]);
        }
        text += "]";
        break;
    }
    return text + at(item.range);
  }

  const Block& block_;
  bool ranges_;
  std::string out_;
};

}  // namespace

std::string dump(const Block& block, bool ranges) {
  return Dumper(block, ranges).run();
}

std::string dump(const File& file, bool ranges) {
  std::string out;
  for (const PlacedBlock& placed : file.blocks()) {
    if (ranges) out += fmt::format("@{} {:?}\n", placed.start, placed.block->text);
    out += dump(*placed.block, ranges);
  }
  return out;
}

}  // namespace refract::syntax::testing
