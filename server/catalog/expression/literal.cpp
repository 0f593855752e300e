#include "catalog/expression/literal.h"

#include <algorithm>

#include "catalog/expression/type.h"
#include "catalog/tree/reader.h"

namespace refract::catalog {
namespace {

// Deeper than any sensible default; keeps hostile text from exhausting the stack.
constexpr int kMaxDepth = 64;

std::optional<Literal> read_value(Reader& reader, int depth);
std::optional<Literal> read_bare(Reader& reader, int depth);

Literal literal_of(LiteralKind kind, std::string value) {
  return {.kind = kind, .value = std::move(value)};
}

std::optional<Literal> read_list(Reader& reader, int depth) {
  Literal list{.kind = LiteralKind::list};
  if (!reader.take("[")) return std::nullopt;
  if (reader.take("]")) return list;
  do {
    auto item = read_value(reader, depth);
    if (!item) return std::nullopt;
    list.items.push_back(std::move(*item));
  } while (reader.take(","));
  if (!reader.take("]")) return std::nullopt;
  return list;
}

std::optional<Literal> read_sequence(Reader& reader, int depth) {
  if (!reader.take("(")) return std::nullopt;
  auto name = read_value(reader, depth);  // 'a'::regclass or ('a'::text)::regclass
  if (!name || name->kind != LiteralKind::string || !reader.take(")")) return std::nullopt;
  return literal_of(LiteralKind::sequence, std::move(name->value));
}

std::optional<Literal> read_word_value(Reader& reader, int depth) {
  const std::size_t before = reader.position();
  const auto word = reader.read_word();
  if (!word) return std::nullopt;
  if (*word == "true" || *word == "false") return literal_of(LiteralKind::boolean, *word);
  if (*word == "null") return literal_of(LiteralKind::null, "NULL");
  if (*word == "array") return read_list(reader, depth);
  if (*word == "current_timestamp" && reader.peek() != '(') return literal_of(LiteralKind::now, {});
  if (*word == "pg_catalog" && reader.take(".")) {
    if (reader.take_word("now") && reader.take("(") && reader.take(")")) return literal_of(LiteralKind::now, {});
    return std::nullopt;
  }
  if (*word == "now" && reader.take("(") && reader.take(")")) return literal_of(LiteralKind::now, {});
  if (*word == "nextval") return read_sequence(reader, depth);
  if (*word == "cast" && reader.take("(")) {
    auto value = read_value(reader, depth);
    if (!value || !reader.take_word("as")) return std::nullopt;
    auto type = read_type(reader);
    if (!type || !reader.take(")")) return std::nullopt;
    value->casts.push_back(std::move(*type));
    return value;
  }
  // TYPE 'text', as in DATE '2020-01-01'.
  reader.rewind(before);
  auto type = read_type(reader);
  if (!type) return std::nullopt;
  auto text = reader.read_string();
  if (!text) return std::nullopt;
  Literal literal = literal_of(LiteralKind::string, std::move(*text));
  literal.casts.push_back(std::move(*type));
  return literal;
}

// PostgreSQL keeps '100'::integer and '1.5'::numeric as the numbers 100 and 1.5, and prints them so.
void read_as_number(Literal& literal) {
  if (literal.kind != LiteralKind::string || literal.casts.size() != 1) return;
  const ColumnType& type = literal.casts.front();
  if (!type.schema.empty() || type.array || !type.modifiers.empty()) return;
  Reader reader(literal.value);
  if (!reader.read_number() || !reader.at_end()) return;
  const bool whole = literal.value.find_first_not_of("0123456789") == std::string::npos;
  if (whole ? type.name == "int4" : type.name == "numeric") literal = literal_of(LiteralKind::number, literal.value);
}

// What a sign is in front of. A cast binds more tightly: -5::int2 takes an operator, unless it only names the type of a
// string that is a number then.
std::optional<Literal> read_signed(Reader& reader, int depth) {
  if (depth >= kMaxDepth) return std::nullopt;
  auto value = read_bare(reader, depth + 1);
  if (value && value->kind == LiteralKind::string && value->casts.empty() && reader.take("::")) {
    auto type = read_type(reader);
    if (!type) return std::nullopt;
    value->casts.push_back(std::move(*type));
  }
  if (value) read_as_number(*value);
  return value && value->kind == LiteralKind::number ? value : std::nullopt;
}

std::optional<Literal> read_bare(Reader& reader, int depth) {
  if (auto text = reader.read_string()) return literal_of(LiteralKind::string, std::move(*text));
  if (auto number = reader.read_number()) return literal_of(LiteralKind::number, std::move(*number));
  if (reader.take("-")) {
    auto value = read_signed(reader, depth);
    if (!value || value->value.starts_with('-') || !value->casts.empty()) return std::nullopt;
    value->value = std::string("-").append(value->value);
    return value;
  }
  if (reader.take("+")) {
    return read_signed(reader, depth);
  }
  if (reader.take("(")) {
    auto value = read_value(reader, depth);
    return value && reader.take(")") ? value : std::nullopt;
  }
  return read_word_value(reader, depth);
}

std::optional<Literal> read_value(Reader& reader, int depth) {
  if (depth >= kMaxDepth) return std::nullopt;
  const bool has_sign = reader.peek() == '-' || reader.peek() == '+';
  auto value = read_bare(reader, depth + 1);
  while (value && reader.take("::")) {
    if (has_sign) return std::nullopt;  // -5::int2 is the opposite of 5::int2, which takes an operator
    auto type = read_type(reader);
    if (!type) return std::nullopt;
    value->casts.push_back(std::move(*type));
  }
  return value;
}

}  // namespace

std::optional<Literal> read_literal(std::string_view sql) {
  Reader reader(sql);
  auto value = read_value(reader, 0);
  return value && reader.at_end() ? value : std::nullopt;
}

QualifiedName read_qualified_name(std::string_view text) {
  Reader reader(text);
  const auto first = reader.read_name();
  if (!first) return {"", std::string(text)};
  if (!reader.take(".")) return {"", *first};
  const auto second = reader.read_name();
  return second ? QualifiedName{*first, *second} : QualifiedName{"", *first};
}

std::string array_item(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::optional<std::vector<Literal>> read_array_text(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::vector<Literal> items;
  std::size_t at = 0;
  const auto skip = [&] {
    while (at < text.size() && blank(text[at])) ++at;
  };
  skip();
  while (at < text.size()) {
    Literal item;
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && ++at >= text.size()) return std::nullopt;
        item.value += text[at];
      }
      if (at++ >= text.size()) return std::nullopt;
    } else {
      for (; at < text.size() && text[at] != ','; ++at) {
        if (text[at] == '{' || text[at] == '}' || text[at] == '"') return std::nullopt;
        if (text[at] == '\\' && ++at >= text.size()) return std::nullopt;
        item.value += text[at];
      }
      while (!item.value.empty() && blank(item.value.back())) item.value.pop_back();
      if (item.value.empty()) return std::nullopt;
      const auto is_null = [](std::string_view word) {
        return word.size() == 4 && std::ranges::equal(word, std::string_view("null"), {},
                                                      [](char c) { return static_cast<char>(c | 0x20); });
      };
      if (is_null(item.value)) item = literal_of(LiteralKind::null, "NULL");
    }
    items.push_back(std::move(item));
    skip();
    if (at == text.size()) break;
    if (text[at++] != ',') return std::nullopt;
    skip();
    if (at == text.size()) return std::nullopt;
  }
  return items;
}

}  // namespace refract::catalog
