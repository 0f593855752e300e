#include "features/migration/sql_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "migrate/wanted/names.h"
#include "support/ascii.h"

namespace refract::features {
namespace {

using schema::Placed;
using schema::Snapshot;

bool is_name_byte(char c) {
  return ascii::is_letter_or_digit(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

struct SqlWord {
  enum class Kind { name, quoted_name, string, mark };
  Kind kind = Kind::mark;
  text::Range range;
  std::string value;  // as PostgreSQL reads it: unquoted, or folded to lower case; a mark itself

  bool is_name() const { return kind == Kind::name || kind == Kind::quoted_name; }
  bool is(std::string_view keyword) const { return kind == Kind::name && value == keyword; }
};

// The words of SQL text without comments; whatever is left open goes to the end of the text.
class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<SqlWord> scan() && {
    while (at_ < sql_.size()) step();
    return std::move(words_);
  }

 private:
  std::size_t find(std::string_view what, std::size_t from) const {
    return std::min(sql_.find(what, from), sql_.size());
  }

  void add(SqlWord::Kind kind, std::size_t end, std::string value) {
    words_.push_back({kind, {static_cast<text::Offset>(at_), static_cast<text::Offset>(end)}, std::move(value)});
    at_ = end;
  }

  void step() {
    const char c = sql_[at_];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++at_;
    } else if (sql_.substr(at_, 2) == "--") {
      at_ = find("\n", at_);
    } else if (sql_.substr(at_, 2) == "/*") {
      at_ = std::min(find("*/", at_ + 2) + 2, sql_.size());
    } else if (c == '"' || c == '\'') {
      quoted(c);
    } else if (c == '$' && dollar_quoted()) {
      return;
    } else if (is_name_byte(c)) {
      std::size_t end = at_;
      while (end < sql_.size() && is_name_byte(sql_[end])) ++end;
      add(SqlWord::Kind::name, end, ascii::to_lower(sql_.substr(at_, end - at_)));
    } else {
      add(SqlWord::Kind::mark, at_ + 1, std::string(1, c));
    }
  }

  // A doubled quote is one of the value.
  void quoted(char quote) {
    std::string value;
    std::size_t end = at_ + 1;
    for (; end < sql_.size(); ++end) {
      if (sql_[end] == quote) {
        if (end + 1 == sql_.size() || sql_[end + 1] != quote) break;
        ++end;
      }
      value += sql_[end];
    }
    add(quote == '"' ? SqlWord::Kind::quoted_name : SqlWord::Kind::string, std::min(end + 1, sql_.size()),
        std::move(value));
  }

  // $$ … $$ and $tag$ … $tag$: a body in some language, no names of ours.
  bool dollar_quoted() {
    std::size_t tag_end = at_ + 1;
    while (tag_end < sql_.size() && is_name_byte(sql_[tag_end]) && sql_[tag_end] != '$') ++tag_end;
    if (tag_end >= sql_.size() || sql_[tag_end] != '$') return false;
    const std::string_view tag = sql_.substr(at_, tag_end + 1 - at_);
    at_ = std::min(find(tag, tag_end + 1) + tag.size(), sql_.size());
    return true;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<SqlWord> words_;
};

const Placed* declaration_named(const Snapshot& snapshot, std::string_view database_name, bool enumeration) {
  for (const Placed& placed : snapshot.declarations()) {
    if (placed->kind == syntax::BlockKind::composite_type || placed->is_enum() != enumeration) continue;
    if (placed->database_name == database_name) return &placed;
  }
  return nullptr;
}

// The relation field that owns the implicit table; its name begins with an underscore.
std::optional<Symbol> join_table(const Snapshot& snapshot, std::string_view name) {
  if (!name.starts_with('_')) return std::nullopt;
  for (const Placed& placed : snapshot.declarations()) {
    for (const schema::Field& field : placed->fields) {
      if (!field.is_relation() || field.arity != syntax::Arity::list) continue;
      const auto relation = snapshot.relation_of(placed, field);
      if (!relation || relation->kind != schema::RelationKind::many_to_many || relation->owner.field != &field)
        continue;
      if (migrate::join_names(relation->name).table != name) continue;
      return Symbol{SymbolKind::field, &placed, std::string(field.name), placed.in_file(field.syntax->name.range), {}};
    }
  }
  return std::nullopt;
}

std::optional<Symbol> declaration_symbol(const Placed* placed) {
  if (placed == nullptr) return std::nullopt;
  return Symbol{
      SymbolKind::declaration, placed, std::string((*placed)->name), placed->in_file((*placed)->block->name.range), {}};
}

std::optional<Symbol> field_symbol(const Placed* placed, std::string_view column) {
  if (placed == nullptr) return std::nullopt;
  for (const schema::Field& field : (*placed)->fields) {
    if (!field.is_stored() || field.database_name != column) continue;
    return Symbol{SymbolKind::field, placed, std::string(field.name), placed->in_file(field.syntax->name.range), {}};
  }
  return std::nullopt;
}

std::optional<Symbol> value_symbol(const Placed* placed, std::string_view stored) {
  if (placed == nullptr) return std::nullopt;
  for (const schema::EnumValue& value : (*placed)->values) {
    if (value.database_name != stored) continue;
    return Symbol{
        SymbolKind::enum_value, placed, std::string(value.name), placed->in_file(value.syntax->name.range), {}};
  }
  return std::nullopt;
}

// Walks the words up to the one asked about and keeps what they are about: the statement's table, the table whose
// parentheses are open, the enum type.
class Reader {
 public:
  Reader(const Snapshot& snapshot, const std::vector<SqlWord>& words) : snapshot_(snapshot), words_(words) {}

  std::optional<Symbol> meaning(std::size_t wanted) {
    for (std::size_t i = 0; i <= wanted; ++i) {
      const SqlWord& word = words_[i];
      if (word.kind == SqlWord::Kind::mark) {
        mark(word);
      } else if (const auto role = role_of(i); role != Role::other) {
        auto symbol = named(word, role);
        if (i == wanted) return symbol;
      } else if (i == wanted) {
        return other(i);
      }
    }
    return std::nullopt;
  }

 private:
  enum class Role { table, referenced_table, type, schema, other };

  void mark(const SqlWord& word) {
    if (word.value == ";") now_ = Statement();
    if (word.value == "(") ++now_.depth;
    if (word.value == ")" && now_.depth > 0 && --now_.depth < now_.referenced_depth) now_.referenced_depth = 0;
  }

  // What the keywords before a name make of it.
  Role role_of(std::size_t at) const {
    if (!words_[at].is_name()) return Role::other;
    std::size_t before = at;
    if (at + 1 < words_.size() && words_[at + 1].value == "." && words_[at + 1].kind == SqlWord::Kind::mark)
      return Role::schema;
    // Past the schema in front: "s"."T".
    if (before >= 2 && words_[before - 1].kind == SqlWord::Kind::mark && words_[before - 1].value == ".") before -= 2;
    constexpr std::array<std::string_view, 5> kBetween = {"if", "not", "exists", "only", "concurrently"};
    while (before > 0 && words_[before - 1].kind == SqlWord::Kind::name &&
           std::ranges::find(kBetween, words_[before - 1].value) != kBetween.end())
      --before;
    if (before == 0) return Role::other;
    const SqlWord& keyword = words_[before - 1];
    if (words_[at].kind == SqlWord::Kind::name && is_between(words_[at].value)) return Role::other;
    if (keyword.is("references")) return Role::referenced_table;
    constexpr std::array<std::string_view, 6> kTables = {"table", "on", "into", "update", "from", "join"};
    if (keyword.kind == SqlWord::Kind::name && std::ranges::find(kTables, keyword.value) != kTables.end()) {
      // ON DELETE …, ON UPDATE …
      const bool action = words_[at].is("delete") || words_[at].is("update");
      const bool of_action = keyword.is("update") && before >= 2 && words_[before - 2].is("on");
      return action || of_action ? Role::other : Role::table;
    }
    return keyword.is("type") && now_.depth == 0 ? Role::type : Role::other;
  }

  static bool is_between(std::string_view word) {
    return word == "if" || word == "not" || word == "exists" || word == "only" || word == "concurrently";
  }

  std::optional<Symbol> named(const SqlWord& word, Role role) {
    if (role == Role::schema) return std::nullopt;
    if (role == Role::type) {
      // ALTER TYPE "Role", and ALTER COLUMN … TYPE "Role" alike.
      now_.type = declaration_named(snapshot_, word.value, true);
      return declaration_symbol(now_.type);
    }
    const Placed* table = declaration_named(snapshot_, word.value, false);
    if (role == Role::referenced_table) {
      now_.referenced = table;
      now_.referenced_depth = now_.depth + 1;
    } else {
      now_.table = table;
    }
    return table != nullptr ? declaration_symbol(table) : join_table(snapshot_, word.value);
  }

  std::optional<Symbol> other(std::size_t at) const {
    const SqlWord& word = words_[at];
    if (word.kind == SqlWord::Kind::string) return value(word.value);
    // Directly after a column's name is its type: "role" "Role".
    if (at > 0 && words_[at - 1].kind == SqlWord::Kind::quoted_name) {
      if (auto type = declaration_symbol(declaration_named(snapshot_, word.value, true))) return type;
    }
    const bool in_referenced = now_.referenced_depth > 0 && now_.depth >= now_.referenced_depth;
    if (auto field = field_symbol(in_referenced ? now_.referenced : now_.table, word.value)) return field;
    return declaration_symbol(declaration_named(snapshot_, word.value, true));
  }

  // A string in a statement about an enum type, or the only enum of the schema's that has the value.
  std::optional<Symbol> value(std::string_view stored) const {
    if (now_.type != nullptr) return value_symbol(now_.type, stored);
    std::optional<Symbol> found;
    if (now_.table == nullptr) return found;
    for (const schema::Field& field : (*now_.table)->fields) {
      if (field.kind != schema::TypeKind::enumeration) continue;
      auto symbol = value_symbol(snapshot_.find(field.type_name), stored);
      if (symbol && found && found->declaration != symbol->declaration) return std::nullopt;
      if (symbol) found = std::move(symbol);
    }
    return found;
  }

  // What is known within one statement.
  struct Statement {
    const Placed* table = nullptr;       // that it is about
    const Placed* referenced = nullptr;  // that REFERENCES named, while its parentheses are open
    const Placed* type = nullptr;        // the enum
    int depth = 0;                       // of parentheses
    int referenced_depth = 0;            // inside those of `referenced`; 0: there are none
  };

  const Snapshot& snapshot_;
  const std::vector<SqlWord>& words_;
  Statement now_;
};

}  // namespace

std::optional<Symbol> symbol_in_sql(const Snapshot& snapshot, std::string_view sql, text::Offset at) {
  const std::vector<SqlWord> words = Scanner(sql).scan();
  // Of two words that touch at the cursor, the second one; a punctuation mark is not a word.
  std::optional<std::size_t> wanted;
  for (std::size_t i = 0; i < words.size() && words[i].range.begin <= at; ++i) {
    if (words[i].kind != SqlWord::Kind::mark && words[i].range.touches(at)) wanted = i;
  }
  if (!wanted) return std::nullopt;
  auto symbol = Reader(snapshot, words).meaning(*wanted);
  if (symbol) symbol->referred_from.range = words[*wanted].range;
  return symbol;
}

}  // namespace refract::features
