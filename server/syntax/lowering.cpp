#include <tree_sitter/api.h>

#include <algorithm>

#include "grammar/refract_grammar.h"
#include "syntax/characters.h"
#include "syntax/string_literal.h"
#include "syntax/tree.h"

namespace refract::syntax {

namespace {

constexpr TSSymbol kErrorSymbol = static_cast<TSSymbol>(-1);
// Values nested deeper than this are kept as text: no schema has them, and reading them would take the stack.
constexpr int kMaxNesting = 100;

struct GrammarIds {
  TSSymbol source_file = symbol("source_file"), datasource_block = symbol("datasource_block"),
           generator_block = symbol("generator_block"), model_block = symbol("model_block"),
           view_block = symbol("view_block"), type_block = symbol("type_block"), enum_block = symbol("enum_block"),
           unknown_block = symbol("unknown_block");
  TSSymbol property = symbol("property"), field = symbol("field"), enum_value = symbol("enum_value"),
           block_attribute = symbol("block_attribute"), legacy_colon = symbol("legacy_colon");
  TSSymbol list_modifier = symbol("list_modifier"), optional_modifier = symbol("optional_modifier"),
           list_optional = symbol("list_optional"), required_legacy = symbol("required_legacy"),
           list_legacy = symbol("list_legacy");
  TSSymbol argument = symbol("argument"), trailing_comma = symbol("trailing_comma"), string = symbol("string"),
           number = symbol("number"), function_call = symbol("function_call"), array = symbol("array"),
           object = symbol("object"), object_entry = symbol("object_entry");
  TSFieldId name = field_id("name"), key = field_id("key"), value = field_id("value"), type = field_id("type"),
            arity = field_id("arity"), unsupported = field_id("unsupported"), attribute = field_id("attribute"),
            arguments = field_id("arguments"), element = field_id("element"), comment = field_id("comment");

  bool is_block(TSSymbol id) const {
    return id == model_block || id == enum_block || id == datasource_block || id == generator_block ||
           id == view_block || id == type_block || id == unknown_block;
  }
  bool is_member(TSSymbol id) const {
    return id == field || id == enum_value || id == property || id == block_attribute;
  }
  bool fits(TSSymbol member, BlockKind block) const {
    switch (block) {
      case BlockKind::enumeration:
        return member == enum_value || member == block_attribute;
      case BlockKind::datasource:
      case BlockKind::generator:
        return member == property;
      default:
        return member == field || member == block_attribute;
    }
  }

 private:
  static TSSymbol symbol(std::string_view name) {
    return ts_language_symbol_for_name(tree_sitter_prisma(), name.data(), static_cast<std::uint32_t>(name.size()),
                                       true);
  }
  static TSFieldId field_id(std::string_view name) {
    return ts_language_field_id_for_name(tree_sitter_prisma(), name.data(), static_cast<std::uint32_t>(name.size()));
  }
};

const GrammarIds& ids() {
  static const GrammarIds resolved;
  return resolved;
}

struct Walk {
  TSTreeCursor cursor;
  explicit Walk(TSNode node) : cursor(ts_tree_cursor_new(node)) {}
  ~Walk() { ts_tree_cursor_delete(&cursor); }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
};

struct SoundMember {
  TSNode node;
  text::Range range;  // in the block's text
};

}  // namespace

// Walks with one cursor; each read_… leaves it on the node where it found it.
struct TreeReader::State {
  State(const Tree& tree, std::string_view block_text, std::int64_t position_shift)
      : text(block_text), shift(position_shift), walk(ts_tree_root_node(tree.get())) {
    collect_valid_members(0);
  }

  text::Range range_of(TSNode node) const {
    return {static_cast<text::Offset>(ts_node_start_byte(node) + shift),
            static_cast<text::Offset>(ts_node_end_byte(node) + shift)};
  }
  Token token(TSNode node) const {
    const text::Range range = range_of(node);
    return {slice(range), range};
  }
  Token name_token(TSNode node) {
    const Token name = token(node);
    if (!is_ascii(name.text)) needs_prisma(kUnicodeLetters);
    return name;
  }
  void needs_prisma(int version) { member->since_prisma = std::max(member->since_prisma, version); }
  // A comment after two slashes has the white space at its end, which a member that is read alone comes without.
  text::Range read_comment(text::Range range) {
    if (slice(range).starts_with("/*"))
      needs_prisma(kBlockComments);
    else
      range.end = static_cast<text::Offset>(line_end(text, range.end));
    return range;
  }
  std::string_view slice(text::Range range) const { return text.substr(range.begin, range.size()); }

  // With the cursor on each child.
  template <class Visit>
  void at_each_child(Visit visit) {
    if (!ts_tree_cursor_goto_first_child(&walk.cursor)) return;
    do visit();
    while (ts_tree_cursor_goto_next_sibling(&walk.cursor));
    ts_tree_cursor_goto_parent(&walk.cursor);
  }

  template <class Visit>
  void each_child(Visit visit) {
    at_each_child(
        [&] { visit(ts_tree_cursor_current_node(&walk.cursor), ts_tree_cursor_current_field_id(&walk.cursor)); });
  }

  void collect_valid_members(int depth) {
    const TSNode node = ts_tree_cursor_current_node(&walk.cursor);
    const TSSymbol symbol = ts_node_symbol(node);
    if (ids().is_member(symbol)) {
      if (!ts_node_has_error(node)) members.push_back({node, range_of(node)});
      return;
    }
    if (depth > kMaxNesting) return;
    if (symbol != ids().source_file && symbol != kErrorSymbol && !ids().is_block(symbol)) return;
    // A field's name costs time for each hidden node above it, and text that cannot be read has any number of those.
    at_each_child([&] { collect_valid_members(depth + 1); });
  }

  Argument read_argument(int depth) {
    Argument argument;
    argument.range = range_of(ts_tree_cursor_current_node(&walk.cursor));
    each_child([&](TSNode child, TSFieldId field) {
      if (field == ids().name || field == ids().key) {
        argument.name = name_token(child);
        // The grammar takes any number for a name here.
        if (argument.name->text.starts_with('-') || argument.name->text.contains('.')) readable = false;
      } else if (field == ids().value) {
        argument.value = read_expression(depth + 1);
      }
    });
    return argument;
  }

  void read_arguments(std::vector<Argument>& arguments, std::optional<text::Range>& trailing_comma, int depth) {
    each_child([&](TSNode child, TSFieldId) {
      const TSSymbol symbol = ts_node_symbol(child);
      if (symbol == ids().argument)
        arguments.push_back(read_argument(depth));
      else if (symbol == ids().trailing_comma)
        trailing_comma = range_of(child);
    });
  }

  Expression read_expression(int depth) {
    const TSNode node = ts_tree_cursor_current_node(&walk.cursor);
    const TSSymbol symbol = ts_node_symbol(node);
    Expression expression;
    expression.range = range_of(node);
    expression.text = slice(expression.range);
    if (symbol == ids().string) {
      expression.kind = ExpressionKind::string;
      expression.value = string_value(expression.text, expression.range.begin, member->string_errors);
    } else if (symbol == ids().number) {
      expression.kind = ExpressionKind::number;
    } else if (depth > kMaxNesting) {
      expression.value = expression.text;
    } else if (symbol == ids().function_call) {
      read_function(expression, depth);
    } else if (symbol == ids().array) {
      expression.kind = ExpressionKind::array;
      each_child([&](TSNode, TSFieldId field) {
        if (field == ids().element) expression.elements.push_back(read_expression(depth + 1));
      });
    } else if (symbol == ids().object) {
      expression.kind = ExpressionKind::object;
      needs_prisma(kObjects);
      each_child([&](TSNode child, TSFieldId) {
        if (ts_node_symbol(child) == ids().object_entry) expression.arguments.push_back(read_argument(depth));
      });
    } else {
      expression.value = expression.text;
      if (!is_ascii(expression.text)) needs_prisma(kUnicodeLetters);
    }
    return expression;
  }

  void read_function(Expression& expression, int depth) {
    expression.kind = ExpressionKind::function;
    each_child([&](TSNode child, TSFieldId field) {
      if (field == ids().name) {
        expression.name_range = range_of(child);
        expression.value = slice(expression.name_range);
        if (!is_ascii(expression.value)) needs_prisma(kUnicodeLetters);
        if (expression.value.starts_with('-')) readable = false;
      } else if (field == ids().arguments) {
        expression.arguments_range = range_of(child);
        read_arguments(expression.arguments, expression.trailing_comma, depth);
      }
    });
  }

  Attribute read_attribute(bool block) {
    Attribute attribute;
    attribute.block = block;
    attribute.range = range_of(ts_tree_cursor_current_node(&walk.cursor));
    std::optional<text::Range> comment;
    each_child([&](TSNode child, TSFieldId field) {
      if (field == ids().name) {
        attribute.name = name_token(child);
        attribute.range.end = attribute.name.range.end;
      } else if (field == ids().arguments) {
        attribute.has_arguments = true;
        attribute.arguments_range = range_of(child);
        attribute.range.end = attribute.arguments_range.end;
        read_arguments(attribute.arguments, attribute.trailing_comma, 0);
      } else if (field == ids().comment) {
        comment = read_comment(range_of(child));
      }
    });
    attribute.span = attribute.range;
    const auto with_space = static_cast<text::Offset>(skip_space(text, attribute.range.end));
    if (comment)
      attribute.span.end = comment->end;
    else if (block || !attribute.has_arguments)
      attribute.span.end = with_space;
    return attribute;
  }

  FieldType read_type() {
    FieldType type;
    type.range = range_of(ts_tree_cursor_current_node(&walk.cursor));
    each_child([&](TSNode child, TSFieldId field) {
      if (field == ids().name)
        type.name = name_token(child);
      else if (field == ids().unsupported)
        read_unsupported(type);
      else if (field == ids().arity)
        read_arity(type, child);
    });
    return type;
  }

  void read_unsupported(FieldType& type) {
    type.unsupported = true;
    type.name = token(ts_tree_cursor_current_node(&walk.cursor));
    each_child([&](TSNode, TSFieldId field) {
      if (field == ids().value) type.unsupported_type = read_expression(0).value;
    });
  }

  void read_arity(FieldType& type, TSNode node) {
    const TSSymbol symbol = ts_node_symbol(node);
    type.arity_range = range_of(node);
    if (symbol == ids().optional_modifier) {
      type.arity = Arity::optional;
    } else if (symbol == ids().required_legacy) {
      member->legacy_type = SyntaxErrorKind::legacy_required;
    } else {
      type.arity = Arity::list;
      if (symbol == ids().list_legacy) member->legacy_type = SyntaxErrorKind::legacy_list;
      if (symbol == ids().list_optional) member->legacy_type = SyntaxErrorKind::optional_list;
    }
  }

  void read_field() {
    Field& result = member->field;
    each_child([&](TSNode child, TSFieldId field) {
      const text::Range range = range_of(child);
      if (field == ids().name) {
        result.name = name_token(child);
      } else if (field == ids().type) {
        result.type = read_type();
      } else if (field == ids().attribute) {
        result.attributes.push_back(read_attribute(false));
      } else if (field == ids().comment) {
        member->comment = read_comment(range);
        return;
      } else if (ts_node_symbol(child) == ids().legacy_colon) {
        member->legacy_colon = range;
      }
      result.range = {result.name.range.begin, range.end};
    });
  }

  void read_value() {
    EnumValue& result = member->value;
    each_child([&](TSNode child, TSFieldId field) {
      const text::Range range = range_of(child);
      if (field == ids().comment) {
        member->comment = read_comment(range);
        return;
      }
      if (field == ids().name)
        result.name = name_token(child);
      else if (field == ids().attribute)
        result.attributes.push_back(read_attribute(false));
      result.range = {result.name.range.begin, range.end};
    });
  }

  void read_property() {
    Property& result = member->property;
    each_child([&](TSNode child, TSFieldId field) {
      const text::Range range = range_of(child);
      if (field == ids().comment) {
        member->comment = read_comment(range);
        return;
      }
      if (field == ids().key)
        result.key = name_token(child);
      else if (field == ids().value)
        result.value = read_expression(0);
      result.range = {result.key.range.begin, range.end};
    });
  }

  std::string_view text;
  std::int64_t shift;
  Walk walk;
  std::vector<SoundMember> members;
  std::size_t next = 0;
  LoweredMember* member = nullptr;  // the one being read
  bool readable = true;             // false: the grammar takes it, Prisma does not
};

TreeReader::TreeReader(const Tree& tree, std::string_view text, std::int64_t shift)
    : state_(tree ? std::make_unique<State>(tree, text, shift) : nullptr) {}

TreeReader::TreeReader() = default;
TreeReader::~TreeReader() = default;
TreeReader::TreeReader(TreeReader&&) noexcept = default;
TreeReader& TreeReader::operator=(TreeReader&&) noexcept = default;

std::optional<LoweredMember> TreeReader::read(text::Range range, BlockKind kind) {
  if (!state_) return std::nullopt;
  State& state = *state_;
  while (state.next < state.members.size() && state.members[state.next].range.begin < range.begin) ++state.next;
  if (state.next == state.members.size()) return std::nullopt;
  const auto& [node, covered] = state.members[state.next];
  const TSSymbol symbol = ts_node_symbol(node);
  if (covered.begin != range.begin || !ids().fits(symbol, kind)) return std::nullopt;
  if (trim_space_end(state.text, covered.begin, covered.end) != range.end) return std::nullopt;

  LoweredMember member;
  state.member = &member;
  state.readable = true;
  ts_tree_cursor_reset(&state.walk.cursor, node);
  if (symbol == ids().field) {
    member.kind = LoweredMember::Kind::field;
    state.read_field();
  } else if (symbol == ids().enum_value) {
    member.kind = LoweredMember::Kind::value;
    state.read_value();
  } else if (symbol == ids().property) {
    member.kind = LoweredMember::Kind::property;
    state.read_property();
  } else {
    member.kind = LoweredMember::Kind::attribute;
    member.attribute = state.read_attribute(true);
  }
  if (!state.readable) return std::nullopt;
  return member;
}

}  // namespace refract::syntax
