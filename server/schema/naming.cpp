#include "schema/naming.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "support/ascii.h"
#include "text/unicode.h"

namespace refract::schema {
namespace {

// Words with one form for both, sorted.
constexpr std::string_view kUncountable[] = {
    "accommodation",
    "adulthood",
    "advertising",
    "advice",
    "aggression",
    "aid",
    "air",
    "aircraft",
    "alcohol",
    "anger",
    "applause",
    "arithmetic",
    "assistance",
    "athletics",
    "bacon",
    "baggage",
    "beef",
    "biology",
    "blood",
    "botany",
    "bread",
    "butter",
    "carbon",
    "cardboard",
    "cash",
    "chalk",
    "chaos",
    "chess",
    "countryside",
    "crossroads",
    "dancing",
    "deer",
    "dignity",
    "dirt",
    "dust",
    "economics",
    "education",
    "electricity",
    "engineering",
    "enjoyment",
    "envy",
    "equipment",
    "ethics",
    "evidence",
    "evolution",
    "fame",
    "fiction",
    "flour",
    "flu",
    "food",
    "fuel",
    "fun",
    "furniture",
    "gallows",
    "garbage",
    "garlic",
    "genetics",
    "gold",
    "golf",
    "gossip",
    "grammar",
    "gratitude",
    "grief",
    "guilt",
    "gymnastics",
    "happiness",
    "hardware",
    "harm",
    "hate",
    "hatred",
    "health",
    "heat",
    "help",
    "homework",
    "honesty",
    "honey",
    "hospitality",
    "housework",
    "humour",
    "hunger",
    "hydrogen",
    "ice",
    "importance",
    "inflation",
    "information",
    "innocence",
    "iron",
    "irony",
    "jam",
    "jewelry",
    "judo",
    "karate",
    "knowledge",
    "lack",
    "laughter",
    "lava",
    "leather",
    "leisure",
    "lightning",
    "linguine",
    "linguini",
    "linguistics",
    "literature",
    "litter",
    "livestock",
    "logic",
    "loneliness",
    "luck",
    "luggage",
    "macaroni",
    "machinery",
    "magic",
    "management",
    "mankind",
    "marble",
    "mathematics",
    "mayonnaise",
    "measles",
    "methane",
    "milk",
    "money",
    "mud",
    "mumps",
    "music",
    "nature",
    "news",
    "nitrogen",
    "nonsense",
    "nurture",
    "nutrition",
    "obedience",
    "obesity",
    "oxygen",
    "pasta",
    "patience",
    "physics",
    "poetry",
    "pollution",
    "poverty",
    "pride",
    "psychology",
    "publicity",
    "punctuation",
    "quartz",
    "racism",
    "relaxation",
    "reliability",
    "research",
    "respect",
    "revenge",
    "rice",
    "rubbish",
    "rum",
    "safety",
    "scenery",
    "seafood",
    "seaside",
    "series",
    "shame",
    "sheep",
    "shopping",
    "sleep",
    "smoke",
    "smoking",
    "snow",
    "soap",
    "software",
    "soil",
    "spaghetti",
    "species",
    "steam",
    "stuff",
    "stupidity",
    "sunshine",
    "symmetry",
    "tennis",
    "thirst",
    "thunder",
    "timber",
    "traffic",
    "transportation",
    "trust",
    "underwear",
    "unemployment",
    "unity",
    "validity",
    "veal",
    "vegetarianism",
    "vegetation",
    "vengeance",
    "violence",
    "vitality",
    "warmth",
    "wealth",
    "weather",
    "welfare",
    "wheat",
    "wildlife",
    "wisdom",
    "yoga",
    "zinc",
    "zoology",
};

struct Irregular {
  std::string_view singular;
  std::string_view plural;
};
constexpr Irregular kIrregular[] = {{"ox", "oxen"},     {"man", "men"},     {"woman", "women"}, {"die", "dice"},
                                    {"yes", "yeses"},   {"foot", "feet"},   {"eave", "eaves"},  {"goose", "geese"},
                                    {"tooth", "teeth"}, {"quiz", "quizzes"}};

// A word that ends in one of the stems with one of the endings after it takes `plural` in place of the ending.
// Lists are separated by "|", an empty item is the empty text; [abc] is one of these letters, [^abc] another one.
struct Family {
  std::string_view stems;
  std::string_view endings;
  std::string_view plural;
};

// The first family that fits decides. It is the order, as much as the families, that Prisma's answer hangs on
// (through the cruet library, string/pluralize).
constexpr Family kFamilies[] = {
    {"eaux", "", ""},
    {"child", "ren|", "ren"},
    {"pe", "rson|ople", "ople"},
    {"m|l", "ice|ouse", "ice"},
    {"matr|cod|mur|sil|vert|ind|append", "ix|ex", "ices"},
    {"x|ch|ss|sh|zz", "", "es"},
    {"xes|ches|sses|shes|zzes", "", ""},
    {"[^ch][ieo][ln]", "ey", "ies"},
    {"[^aeiouy]|qu", "y", "ies"},
    {"ar|l|ea|eo|oa|hoo", "f", "ves"},
    {"kni|wi|li", "fe", "ves"},
    {"", "sis", "ses"},
    {"apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat", "a|on", "a"},
    {"agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat|ov|symposi|curricul|automat|quor",
     "a|um", "a"},
    {"her|at|gr", "o", "oes"},
    {"seraph|cherub", "im|", "im"},
    {"alumn|alg|vertebr", "ae|a", "ae"},
    {"alumn|syllab|octop|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat", "us|i", "i"},
    {"[^l]ias|[aeiou]las|[emjzr]as|[iu]am", "", ""},
    {"e[mn]u", "s|", "s"},
    {"alias|[^aou]us|tlas|gas|ris", "", "es"},
    {"ax|test", "is", "es"},
    {"[^aeiou]ese", "", ""},
    {"", "s", "s"},
};

// Cuts the first item off a list separated by "|"; false after the last one.
bool next_item(std::string_view& list, bool& more, std::string_view& item) {
  if (!more) return false;
  const auto bar = list.find('|');
  item = list.substr(0, bar);
  more = bar != std::string_view::npos;
  if (more) list.remove_prefix(bar + 1);
  return true;
}

// True if the word ends as in the pattern.
bool ends_as(std::string_view word, std::string_view pattern) {
  while (!pattern.empty()) {
    if (word.empty()) return false;
    const char letter = word.back();
    word.remove_suffix(1);
    if (pattern.back() != ']') {
      if (pattern.back() != letter) return false;
      pattern.remove_suffix(1);
      continue;
    }
    const auto open = pattern.rfind('[');
    std::string_view letters = pattern.substr(open + 1, pattern.size() - open - 2);
    const bool others = letters.starts_with('^');
    if (others) letters.remove_prefix(1);
    if ((letters.find(letter) != std::string_view::npos) == others) return false;
    pattern.remove_suffix(pattern.size() - open);
  }
  return true;
}

bool is_digit(char32_t value) {
  return value >= '0' && value <= '9';
}

// Letters of a script with case that are no capitals count as small ones, and those of other scripts as neither.
bool is_upper(char32_t value) {
  return text::to_lower(value) != value;
}
bool is_lower(char32_t value) {
  return text::is_letter(value) && !is_upper(value) && (value < 0x590 || (value >= 0x1E00 && value < 0x2000));
}

std::string in_case(std::string_view character, bool upper) {
  std::string out(character);
  if (out.size() == 1) out[0] = upper ? ascii::to_upper(out[0]) : ascii::to_lower(out[0]);
  return out;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '_') out += ascii::to_lower(c);
  return out;
}

std::string camel_case(std::string_view name) {
  std::string out;
  bool new_word = false;
  // The last character inside a word. The first character of a word does not count: so "fooBX" stays as it is.
  char32_t last = U' ';
  for (std::size_t at = 0; at < name.size();) {
    const auto [value, size] = text::code_point_at(name, at);
    const std::string_view character = name.substr(at, size);
    at += size;
    if (is_digit(value)) {
      new_word = true;
      out += character;
    } else if (!text::is_letter(value)) {
      new_word = !out.empty();
    } else if (new_word || (is_lower(last) && is_upper(value))) {
      new_word = false;
      out += in_case(character, true);
    } else {
      last = value;
      out += in_case(character, false);
    }
  }
  return out;
}

std::string plural(std::string_view word) {
  if (std::ranges::binary_search(kUncountable, word)) return std::string(word);
  for (const auto& [singular, irregular] : kIrregular)
    if (word == singular) return std::string(irregular);

  for (const Family& family : kFamilies) {
    std::string_view endings = family.endings;
    std::string_view ending;
    for (bool more_endings = true; next_item(endings, more_endings, ending);) {
      if (!word.ends_with(ending)) continue;
      const std::string_view rest = word.substr(0, word.size() - ending.size());
      std::string_view stems = family.stems;
      std::string_view stem;
      for (bool more_stems = true; next_item(stems, more_stems, stem);)
        if (ends_as(rest, stem)) return std::string(rest) + std::string(family.plural);
    }
  }
  return std::string(word) + "s";
}

std::string relation_field_name(std::string_view model, bool list, PrismaVersion version) {
  if (version < PrismaVersion::v6) return std::string(model);
  const std::string name = camel_case(model);
  return list ? plural(name) : name;
}

}  // namespace refract::schema
