#include "syntax/older_members.h"

#include <algorithm>

#include "syntax/characters.h"

namespace refract::syntax {
namespace {

// Brings what was read in an older text to its place in a newer one, which has the same there.
class Mover {
 public:
  Mover(std::string_view text, text::Offset delta) : text_(text), delta_(delta) {}

  void move(text::Range& range) const {
    // One that is not there stays at 0.
    if (range.begin != 0 || range.end != 0) range = range.shifted(delta_);
  }
  void move(std::optional<text::Range>& range) const {
    if (range) move(*range);
  }
  void move(Token& token) const {
    move(token.range);
    token.text = slice(token.range);
  }
  void move(Expression& expression) const {
    move(expression.range);
    expression.text = slice(expression.range);
    move(expression.name_range);
    move(expression.arguments_range);
    move(expression.trailing_comma);
    for (Argument& argument : expression.arguments) move(argument);
    for (Expression& element : expression.elements) move(element);
  }
  void move(Argument& argument) const {
    if (argument.name) move(*argument.name);
    if (argument.value) move(*argument.value);
    move(argument.range);
  }
  void move(Attribute& attribute) const {
    move(attribute.name);
    move(attribute.range);
    move(attribute.span);
    move(attribute.arguments_range);
    for (Argument& argument : attribute.arguments) move(argument);
    move(attribute.trailing_comma);
  }
  void move(Field& field) const {
    move(field.name);
    if (field.type) {
      move(field.type->name);
      move(field.type->arity_range);
      move(field.type->range);
    }
    for (Attribute& attribute : field.attributes) move(attribute);
    move(field.range);
  }
  void move(EnumValue& value) const {
    move(value.name);
    for (Attribute& attribute : value.attributes) move(attribute);
    move(value.range);
  }
  void move(Property& property) const {
    move(property.key);
    if (property.value) move(*property.value);
    move(property.range);
  }

 private:
  std::string_view slice(text::Range range) const { return text_.substr(range.begin, range.size()); }

  std::string_view text_;
  text::Offset delta_;
};

}  // namespace

OlderMembers::OlderMembers(const Block& older, std::string_view text) : older_(older), text_(text) {
  const std::string_view before = older.text;
  const auto shorter = static_cast<std::ptrdiff_t>(std::min(before.size(), text.size()));
  head_ = static_cast<std::size_t>(std::mismatch(text.begin(), text.begin() + shorter, before.begin()).first -
                                   text.begin());
  const auto rest = shorter - static_cast<std::ptrdiff_t>(head_);
  tail_ = static_cast<std::size_t>(std::mismatch(text.rbegin(), text.rbegin() + rest, before.rbegin()).first -
                                   text.rbegin());
}

std::optional<LoweredMember> OlderMembers::find(text::Range content) const {
  text::Offset delta = 0;
  // What is between the content and the end of its line belongs to a comment or an attribute.
  if (next_line(text_, content.end) > head_) {
    if (content.begin < text_.size() - tail_) return std::nullopt;
    delta = static_cast<text::Offset>(text_.size() - older_.text.size());  // modulo 2^32
  }
  const text::Range before = content.shifted(0 - delta);
  const auto place = std::ranges::lower_bound(older_.members, before.begin, {},
                                              [](const MemberPlace& member) { return member.content.begin; });
  if (place == older_.members.end() || place->content != before) return std::nullopt;

  std::optional<LoweredMember> member(std::in_place);
  member->kind = place->kind;
  member->since_prisma = place->since_prisma;
  if (!place->comment.empty()) member->comment = place->comment.shifted(delta);
  const Mover mover(text_, delta);
  const auto take = [&](const auto& from, auto& to) {
    to = from;
    mover.move(to);
  };
  switch (place->kind) {
    case MemberPlace::Kind::field:
      take(older_.fields[place->index], member->field);
      break;
    case MemberPlace::Kind::value:
      take(older_.values[place->index], member->value);
      break;
    case MemberPlace::Kind::property:
      take(older_.properties[place->index], member->property);
      break;
    case MemberPlace::Kind::attribute:
      take(older_.attributes[place->index], member->attribute);
      break;
  }
  return member;
}

}  // namespace refract::syntax
