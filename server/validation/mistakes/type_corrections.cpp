#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "support/ascii.h"
#include "validation/mistakes/meant_default.h"
#include "validation/mistakes/member.h"
#include "validation/mistakes/other_types.h"

// A field's type and what other languages write after it.
namespace refract::validation {
namespace {

constexpr std::array<std::string_view, 12> kLists = {"array", "list", "set",        "vec",      "readonlyarray", "seq",
                                                     "slice", "bag",  "collection", "iterable", "vector",        "[]"};
constexpr std::array<std::string_view, 5> kOptionals = {"optional", "option", "maybe", "nullable", "null"};
constexpr std::array<std::string_view, 6> kMaps = {"record", "map", "dict", "dictionary", "hashmap", "partial"};

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::ranges::find(words, ascii::to_lower(word)) != words.end();
}

constexpr std::array<std::string_view, 3> kNulls = {"null", "undefined", "none"};

bool is_null(const Piece& piece) {
  return piece.kind == PieceKind::word && (piece.text == "null" || piece.text == "undefined");
}

// A type as any language writes it.
struct WrittenType {
  std::string name;       // "timestamp with time zone"
  std::string arguments;  // "(3)"
  bool list = false;
  bool optional = false;
  std::size_t end = 0;  // index of the piece after it
};

class TypeReader {
 public:
  explicit TypeReader(const Member& member) : member_(member) {}

  // The type that begins at a piece; nullopt: none that is understood.
  std::optional<WrittenType> read(std::size_t at, int nesting = 0) const {
    if (nesting > 8) return std::nullopt;
    if (is_null(member_.at(at)) && member_.at(at + 1).is("|")) {
      auto type = read(at + 2, nesting + 1);
      if (type) type->optional = true;
      return type;
    }
    if (member_.at(at).is("?")) {
      auto type = read(at + 1, nesting + 1);
      if (type) type->optional = true;
      return type;
    }
    auto type = member_.at(at).is("[") ? read_in_brackets(at, nesting) : read_named(at, nesting);
    if (type) read_marks(*type);
    return type;
  }

 private:
  std::optional<WrittenType> read_in_brackets(std::size_t at, int nesting) const {
    auto type = read(at + 1, nesting + 1);
    if (!type || type->list || !member_.at(type->end).is("]")) return std::nullopt;
    type->list = true;
    type->optional = false;  // an element's
    ++type->end;
    return type;
  }

  std::optional<WrittenType> read_named(std::size_t at, int nesting) const {
    const Piece& word = member_.at(at);
    if (word.kind != PieceKind::word || word.text == "Unsupported") return std::nullopt;
    const Piece& next = member_.at(at + 1);
    const bool container =
        is_one_of(word.text, kLists) || is_one_of(word.text, kOptionals) || is_one_of(word.text, kMaps);
    if (next.is("<") || (container && next.is("[") && !member_.at(at + 2).is("]"))) return read_container(at, nesting);
    WrittenType type;
    type.end = name_end(at);
    for (std::size_t i = at; i < type.end; ++i) type.name += (i > at ? " " : "") + member_.at(i).text;
    if (member_.at(type.end).is("(")) read_arguments(type);
    return type;
  }

  // Names of several words are those of the table: the longest.
  std::size_t name_end(std::size_t at) const {
    std::string name = member_.at(at).text;
    std::size_t end = at + 1;
    for (std::size_t i = at + 1; i < at + 4 && member_.at(i).kind == PieceKind::word; ++i) {
      name += ' ' + member_.at(i).text;
      if (!types_for(member_.context, name).empty()) end = i + 1;
    }
    return end;
  }

  // `(20)`, and `(3) with time zone`.
  void read_arguments(WrittenType& type) const {
    std::size_t close = type.end;
    while (close < member_.pieces.size() && !member_.at(close).closes()) ++close;
    if (!member_.at(close).is(")")) return;
    for (std::size_t i = type.end; i <= close; ++i) type.arguments += member_.at(i).text;
    type.end = close + 1;
    std::string longer = type.name;
    for (std::size_t i = type.end; i < close + 4 && member_.at(i).kind == PieceKind::word; ++i) {
      longer += ' ' + member_.at(i).text;
      if (types_for(member_.context, longer).empty()) continue;
      type.name = longer;
      type.end = i + 1;
    }
  }

  std::optional<WrittenType> read_container(std::size_t at, int nesting) const {
    const std::string_view close = member_.at(at + 1).is("<") ? ">" : "]";
    const std::string_view container = member_.at(at).text;
    if (is_one_of(container, kMaps)) {
      std::size_t end = at + 2;
      for (int depth = 1; depth > 0; ++end) {
        if (end >= member_.pieces.size()) return std::nullopt;
        depth += member_.at(end).is(member_.at(at + 1).text) ? 1 : member_.at(end).is(close) ? -1 : 0;
      }
      return WrittenType{.name = "map", .end = end};
    }
    auto type = read(at + 2, nesting + 1);
    if (!type || !member_.at(type->end).is(close)) return std::nullopt;
    ++type->end;
    if (is_one_of(container, kOptionals)) {
      type->optional = true;
    } else if (is_one_of(container, kLists) && !type->list) {
      type->list = true;
      type->optional = false;
    } else {
      return std::nullopt;
    }
    return type;
  }

  void read_marks(WrittenType& type) const {
    for (;;) {
      if (member_.at(type.end).is("[") && member_.at(type.end + 1).is("]") && !type.list) {
        type.list = true;
        type.end += 2;
      } else if (member_.at(type.end).is("?")) {
        type.optional = true;
        ++type.end;
      } else if (member_.at(type.end).is("!")) {
        ++type.end;
      } else if (member_.at(type.end).is("|") && is_null(member_.at(type.end + 1))) {
        type.optional = true;
        type.end += 2;
      } else {
        return;
      }
    }
  }

  const Member& member_;
};

// A declared type, a scalar type in whatever case, or one of another language.
PrismaType meant_by(const Member& member, const WrittenType& type, bool& other) {
  if (schema::scalar_from(type.name) || member.context.snapshot.find(type.name)) {
    if (type.arguments.empty()) return {.scalar = type.name};
  }
  other = true;
  const TypeUse use{.id = member.has_attribute("id"),
                    .list = type.list,
                    .native = member.has_attribute("db."),
                    .has_default = member.has_attribute("default")};
  const auto types = types_for(member.context, type.name, type.arguments, use);
  if (!types.empty()) return types.front();
  other = false;
  return {.scalar = type.name + type.arguments};
}

// SQL writes what Prisma says with an attribute. The words are in upper case.
struct Constraint {
  std::array<std::string_view, 2> words;
  std::string_view attribute;
};
constexpr Constraint kConstraints[] = {
    {{"NOT", "NULL"}, ""},
    {{"NULL", ""}, "?"},
    {{"PRIMARY", "KEY"}, "@id"},
    {{"PK", ""}, "@id"},
    {{"UNIQUE", ""}, "@unique"},
    {{"AUTO_INCREMENT", ""}, "@default(autoincrement())"},
    {{"AUTOINCREMENT", ""}, "@default(autoincrement())"},
};

// The end of a value that begins at a piece: a literal, a path, a call, a list or an object.
std::size_t value_end(const Member& member, std::size_t at) {
  if (member.at(at).kind == PieceKind::string) return at + 1;
  const bool bracket = member.at(at).is("[") || member.at(at).is("{");
  if (member.at(at).kind != PieceKind::word && !bracket) return at;
  const std::size_t open = bracket ? at : at + 1;
  if (!bracket && !member.at(open).is("(") && !member.at(open).is("[")) return at + 1;
  const std::vector<int> depths = member.depths();
  for (std::size_t i = open + 1; i < member.pieces.size(); ++i) {
    if (member.pieces[i].closes() && depths[i] == depths[open]) return i + 1;
  }
  return at;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The value of a scalar field, whose pieces are joined in `text`, as Prisma writes it. `sql`: a call is one of the
// database, unless Prisma has it.
std::string scalar_default(const Member& member, schema::ScalarType scalar, std::span<const Piece> value,
                           std::string text, bool sql) {
  const Piece& first = value.front();
  const bool alone = value.size() == 1;
  const std::string_view plain = first.kind == PieceKind::string ? first.content : std::string_view(first.text);
  if (scalar == schema::ScalarType::boolean && alone) {
    const std::string lower = ascii::to_lower(plain);
    return lower == "true" || lower == "1" ? "true" : lower == "false" || lower == "0" ? "false" : text;
  }
  const bool takes_number = schema::takes_literal(scalar, schema::LiteralKind::number);
  if (takes_number && alone && is_number(plain)) return std::string(plain);
  if (scalar == schema::ScalarType::string && alone && is_number(first.text)) return string_literal(first.text);
  if (first.kind != PieceKind::word || is_number(plain)) return text;
  const text::Offset begin = first.range.begin;
  const std::string_view call =
      alone ? std::string_view() : member.source.substr(begin, value.back().range.end - begin);
  const auto meant = meant_default(member.context, {.scalar = scalar, .list = member.is_list()}, plain, call);
  return meant && (meant->is_certain || sql) ? meant->text : text;
}

// The pieces from one index up to another as the field's default; empty: they are null, which no field has as one.
std::string default_value(const Member& member, std::size_t begin, std::size_t end, bool sql) {
  const std::span<const Piece> value = std::span(member.pieces).subspan(begin, end - begin);
  std::string text;
  for (const Piece& piece : value) text += piece.is(",") ? ", " : piece.text;
  const bool alone = value.size() == 1;
  if (alone && value[0].kind == PieceKind::word && is_one_of(text, kNulls)) return {};
  const auto scalar = schema::scalar_from(member.type_name());
  const bool object = value[0].is("{") && (scalar == schema::ScalarType::json || scalar == schema::ScalarType::string);
  if (object || (value[0].is("[") && scalar == schema::ScalarType::json && !member.is_list())) {
    const std::string json = json_text(member.text(begin, end));
    if (!json.empty()) return string_literal(json);
  }
  if (scalar) return scalar_default(member, *scalar, value, std::move(text), sql);
  const schema::Placed* type = member.context.snapshot.find(member.type_name());
  const bool quoted = type && (*type)->is_enum() && alone && value[0].kind == PieceKind::string;
  const bool is_value =
      quoted && std::ranges::find((*type)->values, value[0].content, &schema::EnumValue::name) != (*type)->values.end();
  return is_value ? std::string(value[0].content) : text;
}

// A default that other languages write. True: nothing is left of it.
bool make_default(Member& member, std::size_t from, std::size_t value, Code code, std::string message) {
  const std::size_t end = value_end(member, value);
  if (end == value) return false;
  const std::string text = default_value(member, value, end, code == "sql-constraint");
  const std::string written = member.text(from, end);
  // Its quotes are corrected with it.
  const text::Range replaced{member.at(value).range.begin, member.at(end - 1).range.end};
  if (!text.starts_with('"'))
    std::erase_if(member.corrections, [&](const Correction& one) { return replaced.contains(one.at); });
  Correction& correction = member.correct(code, member.at(from), std::move(message));
  if (text.empty()) {
    const bool changed = member.make_optional();
    correction.help = "An optional field without a default is null in a new record.";
    correction.title = fmt::format("Remove `{}`{}", written, changed ? " and make the field optional" : "");
    member.remove(from, end);
    return true;
  }
  correction.help = fmt::format("Write `@default({})`.", text);
  correction.title = fmt::format("Write `@default({})`", text);
  member.replace(from, end, fmt::format("@default({})", text), PieceKind::punctuation);
  return false;
}

bool is_word(const Piece& piece, std::string_view upper) {
  return piece.kind == PieceKind::word && ascii::to_lower(piece.text) == ascii::to_lower(upper);
}

}  // namespace

bool begins_constraint(std::string_view word, std::string_view next) {
  if (continues_constraint(word, next)) return true;
  return std::ranges::any_of(kConstraints, [&](const Constraint& constraint) {
    return constraint.words[1].empty() && constraint.words[0] == word;
  });
}

bool is_constraint(std::string_view word, std::string_view next) {
  return ascii::to_lower(word) == "default" || std::ranges::any_of(kConstraints, [&](const Constraint& constraint) {
           return ascii::to_lower(constraint.words[0]) == ascii::to_lower(word) &&
                  (constraint.words[1].empty() || ascii::to_lower(constraint.words[1]) == ascii::to_lower(next));
         });
}

bool continues_constraint(std::string_view word, std::string_view next) {
  const auto same = [](std::string_view one, std::string_view other) {
    return ascii::to_lower(one) == ascii::to_lower(other);
  };
  return word == "DEFAULT" || std::ranges::any_of(kConstraints, [&](const Constraint& constraint) {
           return !constraint.words[1].empty() && same(constraint.words[0], word) && same(constraint.words[1], next);
         });
}

namespace {

// True: the pieces at the index are gone.
bool correct_constraint(Member& member, std::size_t at) {
  for (const Constraint& constraint : kConstraints) {
    const std::size_t count = constraint.words[1].empty() ? 1 : 2;
    if (!is_word(member.at(at), constraint.words[0])) continue;
    if (count == 2 && !is_word(member.at(at + 1), constraint.words[1])) continue;
    const std::string written = count == 2 ? member.at(at).text + ' ' + member.at(at + 1).text : member.at(at).text;
    Correction& correction = member.correct("sql-constraint", member.at(at), fmt::format("`{}` is SQL.", written));
    const bool optional = constraint.attribute == "?";
    if (optional || constraint.attribute.empty()) {
      if (optional) member.make_optional();
      correction.help =
          optional ? "The type of an optional field ends in `?`." : "A field is required unless its type ends in `?`.";
      correction.title = optional ? "Make the field optional" : fmt::format("Remove `{}`", written);
      member.remove(at, at + count);
      return true;
    }
    correction.help = fmt::format("Write `{}`.", constraint.attribute);
    correction.title = fmt::format("Write `{}`", constraint.attribute);
    member.replace(at, at + count, std::string(constraint.attribute), PieceKind::punctuation);
    return false;
  }
  return false;
}

}  // namespace

namespace {

// `String[] tags`: the type comes first, with its mark.
void correct_order(Member& member) {
  const std::string type = member.at(0).text;
  const std::size_t marks = member.at(1).is("[") && member.at(2).is("]") ? 2 : member.at(1).is("?") ? 1 : 0;
  const Piece name = member.at(1 + marks);
  if (marks == 0 || name.kind != PieceKind::word || !is_type(member.context, type)) return;
  const std::string written = fmt::format("{} {}{}", name.text, type, marks == 2 ? "[]" : "?");
  Correction& correction =
      member.correct("type-before-name", member.at(0),
                     fmt::format("The type `{}` is before the name of the field `{}`.", type, name.text));
  correction.help = fmt::format("Write `{}`.", written);
  correction.title = fmt::format("Write `{}`", written);
  member.replace(0, 2 + marks, written);
}

}  // namespace

void correct_type(Member& member) {
  if (!member.has_fields() || member.at(0).kind != PieceKind::word) return;
  correct_order(member);
  const std::size_t begin = 1;
  const bool optional_name = member.at(1).is("?") && member.at(2).is(":");
  if (optional_name || member.at(1).is(":")) {
    const std::size_t count = optional_name ? 2 : 1;
    Correction& correction =
        member.correct("legacy-colon", member.at(1), "There is no colon between a field's name and its type.");
    correction.help = "Remove the `:`.";
    correction.title = "Remove the colon";
    member.remove(1, 1 + count);
  }
  const auto type = TypeReader(member).read(begin);
  if (!type) return;
  bool other = false;
  const PrismaType meant = meant_by(member, *type, other);
  const bool optional = type->optional || optional_name;
  const std::string written = meant.scalar + (type->list ? "[]" : optional ? "?" : "");
  std::string before;
  for (std::size_t i = begin; i < type->end; ++i) before += member.at(i).text;
  if (before == written && meant.attributes.empty()) return;
  const Piece& first = member.at(begin);
  const std::string_view source =
      member.source.substr(first.range.begin, member.at(type->end - 1).range.end - first.range.begin);
  Correction& correction =
      other ? member.correct("other-type", first, fmt::format("`{}` is not a type of Prisma.", source))
            : member.correct("type-notation", first,
                             fmt::format("The type `{}` is not written as Prisma writes it.", source));
  correction.help = fmt::format("Write `{}{}`.", written, meant.attributes);
  correction.title = fmt::format("Change to `{}{}`", written, meant.attributes);
  // `Int unsigned`, where the database has no such type.
  const bool shorter = meant.attributes.empty() && source.starts_with(written + ' ');
  if (shorter) correction.title = fmt::format("Remove `{}`", source.substr(written.size() + 1));
  member.replace(begin, type->end, written + meant.attributes);
}

void correct_after_type(Member& member) {
  if (!member.has_fields()) return;
  int depth = 0;
  for (std::size_t i = 2; i < member.pieces.size(); ++i) {
    depth += member.at(i).opens() ? 1 : member.at(i).closes() ? -1 : 0;
    if (depth == 0 && member.at(i).is("=") && member.at(i - 1).is("default") && member.at(i - 2).is("@")) {
      // `@default = value`
      const bool removed =
          make_default(member, i - 2, i + 1, "default-assignment", "A default is not assigned with `=`.");
      i -= removed ? 3 : 2;
      continue;
    }
    if (depth != 0 || member.at(i - 1).is("@") || member.at(i - 1).is("@@")) continue;
    bool removed = false;
    if (member.at(i).is("=")) {
      removed = make_default(member, i, i + 1, "default-assignment", "A default is not assigned with `=`.");
    } else if (is_word(member.at(i), "DEFAULT")) {
      removed = make_default(member, i, i + 1, "sql-constraint", fmt::format("`{}` is SQL.", member.at(i).text));
    } else {
      removed = correct_constraint(member, i);
    }
    if (removed) --i;
  }
}

}  // namespace refract::validation
