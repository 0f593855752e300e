#include "features/workspace_symbols.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "support/ascii.h"

namespace refract::features {
namespace {

constexpr int kWordStart = 8;  // what a character adds that begins a word
constexpr int kTogether = 4;   // that is directly after the one before
constexpr int kMatched = 1;    // any
constexpr int kWhole = 32;     // for all of the name
constexpr int kFront = 8;      // for its beginning
constexpr std::size_t kLongestQuery = 64;

bool begins_word(std::string_view name, std::size_t at) {
  if (at == 0) return true;
  const char before = name[at - 1];
  const bool upper = ascii::is_upper(name[at]);
  const bool after_upper = ascii::is_upper(before);
  return before == '_' || before == '.' || (upper && !after_upper);
}

class Search {
 public:
  explicit Search(std::string_view query) : query_(query) {}

  void declaration(const schema::Placed& placed) {
    if (const auto kind = outline_kind(placed->kind))
      add(*kind, placed->name, placed->database_name, {}, placed.in_file(placed->block->name.range));
    if (query_.empty()) return;
    for (const schema::Field& field : placed->fields) {
      add(OutlineKind::field, field.name, field.database_name, placed->name, placed.in_file(field.syntax->name.range));
    }
    for (const schema::EnumValue& value : placed->values) {
      add(OutlineKind::enum_value, value.name, value.database_name, placed->name,
          placed.in_file(value.syntax->name.range));
    }
  }

  std::vector<WorkspaceSymbol> best(std::size_t most) && {
    const auto better = [](const Match& one, const Match& other) {
      if (one.score != other.score) return one.score > other.score;
      return one.order < other.order;
    };
    const std::size_t count = std::min(most, found_.size());
    std::partial_sort(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count), found_.end(), better);
    std::vector<WorkspaceSymbol> symbols;
    for (const Match& match : std::span(found_).first(count)) {
      symbols.push_back(
          {match.kind,
           match.mapped.empty() ? std::string(match.name) : fmt::format("{} → {}", match.name, match.mapped),
           std::string(match.container), match.at, match.score});
    }
    return symbols;
  }

 private:
  // Views into declarations: names are copied for the few that are answered.
  struct Match {
    OutlineKind kind;
    std::string_view name;
    std::string_view mapped;
    std::string_view container;
    schema::FileRange at;
    int score;
    std::size_t order;
  };

  void add(OutlineKind kind, std::string_view name, std::string_view mapped, std::string_view container,
           schema::FileRange at) {
    if (name.empty()) return;
    int score = fuzzy_score(query_, name);
    const int other = mapped == name ? 0 : fuzzy_score(query_, mapped);
    const bool by_database = other > score;
    score = std::max(score, other);
    if (score == 0) return;
    found_.push_back({kind, name, by_database ? mapped : std::string_view(), container, at, score, found_.size()});
  }

  std::string_view query_;
  std::vector<Match> found_;
};

}  // namespace

int fuzzy_score(std::string_view query, std::string_view name) {
  if (query.size() > std::min(kLongestQuery, name.size())) return 0;
  const auto fits = [&](std::size_t i, std::size_t k) { return ascii::to_lower(name[i]) == ascii::to_lower(query[k]); };
  // How far each character may be pushed so that those after it still find a place.
  std::array<std::size_t, kLongestQuery> latest = {};
  for (std::size_t k = query.size(), i = name.size(); k-- > 0;) {
    do {
      if (i == 0) return 0;
    } while (!fits(--i, k));
    latest[k] = i;
  }
  int score = 1;
  std::size_t after = 0;  // the place after the last match
  for (std::size_t k = 0; k < query.size(); ++k) {
    // The place directly after the last match wins, then one that begins a word, then the next.
    std::optional<std::size_t> next;
    for (std::size_t i = after; i <= latest[k]; ++i) {
      if (!fits(i, k)) continue;
      const bool good = begins_word(name, i) || (k > 0 && i == after);
      if (!next || good) next = i;
      if (good) break;
    }
    score += kMatched;
    if (begins_word(name, *next)) score += kWordStart;
    if (k > 0 && *next == after) score += kTogether;
    after = *next + 1;
  }
  if (query.empty()) return score;
  if (query.size() == name.size()) score += kWhole;
  if (after == query.size()) score += kFront;
  return score;
}

std::vector<WorkspaceSymbol> workspace_symbols(const schema::Snapshot& snapshot, std::string_view query,
                                               std::size_t most) {
  Search search(query);
  for (const schema::Placed& placed : snapshot.declarations()) search.declaration(placed);
  return std::move(search).best(most);
}

}  // namespace refract::features
