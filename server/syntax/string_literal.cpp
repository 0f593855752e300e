#include "syntax/string_literal.h"

#include <cstdint>
#include <optional>

#include "support/ascii.h"

namespace refract::syntax {

namespace {

constexpr std::size_t kEscapeLength = 6;  // of \uXXXX

void append_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6));
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

struct CodeUnit {
  std::optional<std::uint32_t> value;
  std::size_t length = 0;  // what was read, the bad digit not included
};

// Reads a \uXXXX at the start of the text.
CodeUnit read_code_unit(std::string_view text) {
  // Prisma does not look at digits when fewer than two characters follow the "\u".
  if (text.size() < 4 || !text.starts_with("\\u")) return {};
  std::uint32_t value = 0;
  for (std::size_t i = 2; i < kEscapeLength; ++i) {
    const int digit = i < text.size() ? ascii::hex_value(text[i]) : -1;
    if (digit < 0) return {std::nullopt, i};
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return {value, kEscapeLength};
}

std::size_t character_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}

class Unescaper {
 public:
  Unescaper(std::string_view content, text::Offset offset, std::vector<SyntaxError>& errors)
      : content_(content), offset_(offset), errors_(errors) {}

  std::string run() {
    std::size_t at = 0;
    while (at < content_.size()) {
      const std::size_t escape = std::min(content_.find('\\', at), content_.size());
      out_.append(content_.substr(at, escape - at));
      at = escape < content_.size() ? resolve(escape) : escape;
    }
    return std::move(out_);
  }

 private:
  // Resolves the escape whose backslash is at `at`; gives the position after it.
  std::size_t resolve(std::size_t at) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
    if (at + 1 == content_.size()) return at + 1;
    const char name = content_[at + 1];
    if (name == 'u') return resolve_unicode(at);
    if (const std::size_t index = kNames.find(name); index != std::string_view::npos) {
      out_.push_back(kValues[index]);
      return at + 2;
    }
    const std::size_t end = at + 1 + character_length(name);
    report(at, end);
    return std::min(end, content_.size());
  }

  std::size_t resolve_unicode(std::size_t at) {
    const CodeUnit first = read_code_unit(content_.substr(at));
    if (!first.value) {
      const std::size_t length = std::max<std::size_t>(first.length, 2);
      report(at, at + length);
      return at + length;
    }
    if (!is_surrogate(*first.value)) {
      append_utf8(out_, *first.value);
      return at + kEscapeLength;
    }
    const CodeUnit second = read_code_unit(content_.substr(at + kEscapeLength));
    if (!second.value) {
      report(at, at + kEscapeLength);
      return at + kEscapeLength;
    }
    const bool is_pair = *first.value < 0xDC00 && is_surrogate(*second.value) && *second.value >= 0xDC00;
    if (is_pair)
      append_utf8(out_, 0x10000 + ((*first.value - 0xD800) << 10) + (*second.value - 0xDC00));
    else
      report(at, at + 2 * kEscapeLength);
    return at + 2 * kEscapeLength;
  }

  void report(std::size_t begin, std::size_t end) {
    end = std::min(end, content_.size());
    errors_.push_back({SyntaxErrorKind::invalid_string,
                       {offset_ + static_cast<text::Offset>(begin), offset_ + static_cast<text::Offset>(end)},
                       std::string(content_.substr(begin, end - begin))});
  }

  std::string_view content_;
  text::Offset offset_;
  std::vector<SyntaxError>& errors_;
  std::string out_;
};

}  // namespace

std::string string_value(std::string_view literal, text::Offset offset, std::vector<SyntaxError>& errors) {
  if (literal.size() < 2) return {};
  const std::string_view content = literal.substr(1, literal.size() - 2);
  if (content.find('\\') == std::string_view::npos) return std::string(content);
  return Unescaper(content, offset + 1, errors).run();
}

}  // namespace refract::syntax
