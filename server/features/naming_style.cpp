#include "features/naming_style.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/naming.h"
#include "support/ascii.h"

namespace refract::features {
namespace {

// Letters beyond ASCII count as small ones.
bool is_small(char c) {
  return !ascii::is_upper(c) && !ascii::is_digit(c) && c != '_';
}

// Of the fields whose names have several words: how many are written or mapped in which way.
struct FieldVotes {
  int camel = 0;         // userId
  int snake = 0;         // user_id
  int snake_mapped = 0;  // userId @map("user_id"), counted in `camel` too

  void count(const schema::Declaration& model) {
    for (const schema::Field& field : model.fields) {
      if (!field.is_stored()) continue;
      if (field.name.find('_') != std::string_view::npos) ++snake;
      if (std::ranges::none_of(field.name, ascii::is_upper)) continue;
      ++camel;
      if (field.mapped && field.database_name == joined_words(field.name, '_')) ++snake_mapped;
    }
  }
  bool empty() const { return camel + snake == 0; }
};

FieldVotes votes_for(const schema::Snapshot& snapshot, const schema::Declaration& model) {
  FieldVotes votes;
  votes.count(model);
  if (!votes.empty()) return votes;
  for (const schema::Placed& placed : snapshot.declarations()) votes.count(*placed);
  return votes;
}

std::string snake_plural(std::string_view name) {
  return joined_words(schema::plural(schema::camel_case(name)), '_');
}

}  // namespace

std::string joined_words(std::string_view name, char joint) {
  std::string joined;
  for (std::size_t i = 0; i < name.size(); ++i) {
    // A word begins where capitals begin, and with the last of several capitals.
    const bool begins = i > 0 && ascii::is_upper(name[i]) && name[i - 1] != '_' &&
                        (!ascii::is_upper(name[i - 1]) || (i + 1 < name.size() && is_small(name[i + 1])));
    if (begins) joined += joint;
    joined += name[i] == '_' ? joint : ascii::to_lower(name[i]);
  }
  return joined;
}

std::string NamingStyle::field_name(const schema::Declaration& model, std::string_view camel) const {
  const FieldVotes votes = votes_for(snapshot_, model);
  return votes.snake > votes.camel ? joined_words(camel, '_') : std::string(camel);
}

std::string NamingStyle::column_attribute(const schema::Declaration& model, std::string_view field) const {
  const std::string column = joined_words(field, '_');
  if (column == field) return {};
  const FieldVotes votes = votes_for(snapshot_, model);
  return votes.snake_mapped > 0 && votes.snake_mapped * 2 >= votes.camel ? fmt::format(" @map(\"{}\")", column)
                                                                         : std::string();
}

std::string NamingStyle::table_attribute(syntax::BlockKind kind, std::string_view name) const {
  int all = 0;
  int snake = 0;
  int plural = 0;
  for (const schema::Placed& placed : snapshot_.declarations()) {
    if (placed->kind != kind) continue;
    ++all;
    if (!placed->mapped) continue;
    if (placed->database_name == joined_words(placed->name, '_')) ++snake;
    if (placed->database_name == snake_plural(placed->name)) ++plural;
  }
  if (std::max(snake, plural) * 2 <= all) return {};
  return fmt::format("@@map(\"{}\")", plural > snake ? snake_plural(name) : joined_words(name, '_'));
}

}  // namespace refract::features
