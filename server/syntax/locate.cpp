#include "syntax/locate.h"

namespace refract::syntax {

namespace {

class WordVisitor {
 public:
  WordVisitor(const Block& block, const std::function<void(const Located&)>& visit) : block_(block), visit_(visit) {}

  void run() {
    if (block_.kind == BlockKind::filler) return;
    word(LocatedKind::keyword, block_.keyword);
    if (!block_.name.range.empty()) word(LocatedKind::block_name, block_.name);
    for (const Property& property : block_.properties) {
      around_ = {.property = &property};
      word(LocatedKind::property_key, property.key);
      if (property.value) expression(*property.value);
    }
    for (const Field& field : block_.fields) visit_field(field);
    for (const EnumValue& value : block_.values) {
      around_ = {.value = &value};
      word(LocatedKind::enum_value_name, value.name);
      for (const Attribute& attribute : value.attributes) visit_attribute(attribute);
    }
    around_ = {};
    for (const Attribute& attribute : block_.attributes) visit_attribute(attribute);
    for (const Field& field : block_.broken_fields) visit_field(field);
  }

 private:
  void word(LocatedKind kind, const Token& token) {
    around_.kind = kind;
    around_.token = token;
    visit_(around_);
  }

  void visit_field(const Field& field) {
    around_ = {.field = &field};
    word(LocatedKind::field_name, field.name);
    if (field.type) word(LocatedKind::field_type, field.type->name);
    for (const Attribute& attribute : field.attributes) visit_attribute(attribute);
  }

  void visit_attribute(const Attribute& attribute) {
    around_.attribute = &attribute;
    word(LocatedKind::attribute_name, attribute.name);
    for (const Argument& argument : attribute.arguments) {
      around_.argument = &argument;
      visit_argument(argument);
    }
    around_.argument = nullptr;
    around_.attribute = nullptr;
  }

  void visit_argument(const Argument& argument) {
    if (argument.name) word(LocatedKind::argument_name, *argument.name);
    if (argument.value) expression(*argument.value);
  }

  void expression(const Expression& value) {
    const Located outer = around_;
    around_.expression = &value;
    const Token whole{value.text, value.range};
    switch (value.kind) {
      case ExpressionKind::string:
        word(LocatedKind::string, whole);
        break;
      case ExpressionKind::number:
        word(LocatedKind::number, whole);
        break;
      case ExpressionKind::path:
        word(LocatedKind::path, whole);
        break;
      case ExpressionKind::function:
        around_.function = &value;
        around_.function_argument = nullptr;
        word(LocatedKind::function_name, {value.text.substr(0, value.name_range.size()), value.name_range});
        for (const Argument& argument : value.arguments) {
          around_.function_argument = &argument;
          visit_argument(argument);
        }
        break;
      case ExpressionKind::object:
        for (const Argument& entry : value.arguments) visit_argument(entry);
        break;
      case ExpressionKind::array:
        for (const Expression& element : value.elements) expression(element);
        break;
    }
    around_ = outer;
  }

  const Block& block_;
  const std::function<void(const Located&)>& visit_;
  Located around_;
};

}  // namespace

void for_each_word(const Block& block, const std::function<void(const Located&)>& visit) {
  WordVisitor(block, visit).run();
}

Located locate(const Block& block, text::Offset offset) {
  Located found;
  for_each_word(block, [&](const Located& word) {
    const bool better = !found || word.token.range.contains(offset);
    if (word.token.range.touches(offset) && better) found = word;
  });
  return found;
}

}  // namespace refract::syntax
