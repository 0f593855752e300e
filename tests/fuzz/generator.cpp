#include "fuzz/generator.h"

#include <algorithm>

#include "fuzz/fuzz.h"

namespace refract::fuzz {
namespace {

// Mostly few, so that most texts are small.
constexpr std::size_t kCounts[] = {0, 1, 2, 3, 1, 2, 4, 0, 1, 2, 3, 6, 1, 15, 60, 300};
// Deeper in the rules only the first alternatives are taken; what nests deeper does so by <a^b>.
constexpr std::size_t kDeepest = 60;

// A part of an alternative: text, or a reference to a construct.
struct Part {
  std::string_view text;
  std::string_view construct = {};
  char repeat = 0;              // '?', '*', ',' or '^'
  std::string_view inner = {};  // of '^'
};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}

// Takes the first part off an alternative.
Part take_part(std::string_view& rest) {
  for (std::size_t open = rest.find('<'); open != std::string_view::npos; open = rest.find('<', open + 1)) {
    const auto end_of_name = [&](std::size_t at) {
      while (at < rest.size() && is_name(rest[at])) ++at;
      return at;
    };
    const std::size_t end = end_of_name(open + 1);
    if (end == open + 1 || end == rest.size()) continue;
    if (open > 0) {
      const Part text{rest.substr(0, open)};
      rest.remove_prefix(open);
      return text;
    }
    Part part{{}, rest.substr(1, end - 1)};
    std::size_t close = end;
    if (rest[end] != '>') {
      part.repeat = rest[end];
      close = end_of_name(end + 1);
      part.inner = rest.substr(end + 1, close - end - 1);
    }
    expect(close < rest.size() && rest[close] == '>', "a reference in a rule ends by >");
    rest.remove_prefix(close + 1);
    return part;
  }
  return {std::exchange(rest, {})};
}

}  // namespace

std::size_t Choices::below(std::size_t end) {
  if (end <= 1 || empty()) return 0;
  std::size_t number = static_cast<unsigned char>(bytes_[next_++]);
  if (end > 256 && !empty()) number = number * 256 + static_cast<unsigned char>(bytes_[next_++]);
  return number % end;
}

class Grammar::Writer {
 public:
  Writer(const Grammar& grammar, Choices& choices, std::size_t limit)
      : grammar_(grammar), choices_(choices), limit_(limit) {}

  void construct(std::string_view name) {
    ++depth_;
    alternative(choose(name));
    --depth_;
  }

  std::string take() { return std::move(text_); }

 private:
  bool full() const { return text_.size() >= limit_; }

  std::string_view choose(std::string_view construct) {
    const Rule& rule = grammar_.find(construct);
    return rule.alternatives[depth_ > kDeepest || full() ? 0 : choices_.below(rule.alternatives.size())];
  }

  std::size_t count() { return full() || depth_ > kDeepest ? 0 : kCounts[choices_.below(std::size(kCounts))]; }

  void alternative(std::string_view rest) {
    while (!rest.empty()) {
      const Part part = take_part(rest);
      if (part.construct.empty()) {
        append(part.text);
      } else if (part.repeat == 0) {
        construct(part.construct);
      } else if (part.repeat == '?') {
        if (!full() && choices_.below(2) == 1) construct(part.construct);
      } else if (part.repeat == '^') {
        nested(part.construct, part.inner);
      } else {
        repeated(part.construct, part.repeat == ',');
      }
    }
  }

  void append(std::string_view text) {
    for (const char c : text) {
      if (c == '%') {
        text_ += std::to_string(number_);
      } else {
        text_ += c;
      }
    }
  }

  void repeated(std::string_view name, bool list) {
    const std::size_t times = std::max<std::size_t>(count(), list ? 1 : 0);
    const bool same = times > 1 && choices_.below(2) == 1;
    const std::size_t begin = choices_.position();
    const std::size_t outer = number_;
    for (std::size_t done = 0; done < times && (done == 0 || !full()); ++done) {
      number_ = done;
      if (same) choices_.rewind(begin);
      if (list && done > 0) text_ += ", ";
      construct(name);
    }
    number_ = outer;
  }

  void nested(std::string_view around, std::string_view inner) {
    std::vector<std::string_view> ends;
    for (std::size_t times = count(); ends.size() < times && !full();) {
      const std::string_view chosen = choose(around);
      const std::size_t place = chosen.find('^');
      expect(place != std::string_view::npos, "what surrounds has a place for the text that it surrounds");
      alternative(chosen.substr(0, place));
      ends.push_back(chosen.substr(place + 1));
    }
    construct(inner);
    for (; !ends.empty(); ends.pop_back()) alternative(ends.back());
  }

  const Grammar& grammar_;
  Choices& choices_;
  std::size_t limit_;
  std::size_t depth_ = 0;
  std::size_t number_ = 0;
  std::string text_;
};

Grammar::Grammar(std::vector<Rule> rules) : rules_(std::move(rules)) {
  std::ranges::sort(rules_, {}, &Rule::name);
  for (const Rule& rule : rules_) {
    for (std::string_view rest : rule.alternatives) {
      while (!rest.empty()) {
        const Part part = take_part(rest);
        if (!part.construct.empty()) find(part.construct);
        if (!part.inner.empty()) find(part.inner);
      }
    }
  }
}

const Rule& Grammar::find(std::string_view construct) const {
  const auto found = std::ranges::lower_bound(rules_, construct, {}, &Rule::name);
  if (found == rules_.end() || found->name != construct) {
    std::fprintf(stderr, "no rule for %.*s\n", static_cast<int>(construct.size()), construct.data());
    std::abort();
  }
  return *found;
}

std::string Grammar::text(std::string_view construct, Choices& choices, std::size_t limit) const {
  Writer writer(*this, choices, limit);
  writer.construct(construct);
  return writer.take();
}

}  // namespace refract::fuzz
