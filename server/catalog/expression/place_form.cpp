#include <array>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/expression/constant_form.h"
#include "support/ascii.h"

// Addresses and shapes.
namespace refract::catalog {
namespace {

using Form = std::optional<std::string>;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<int> read_number(std::string_view text, int most, int base = 10) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0 || value > most)
    return std::nullopt;
  return value;
}

// The bytes of 10.1.2.3; a cidr may leave out bytes at the end.
std::optional<std::vector<int>> version4(std::string_view text, bool abbreviated) {
  std::vector<int> bytes;
  for (const std::string_view part : split(text, '.')) {
    const auto byte = read_number(part, 255);
    if (!byte) return std::nullopt;
    bytes.push_back(*byte);
  }
  if (bytes.size() > 4 || (bytes.size() < 4 && !abbreviated)) return std::nullopt;
  bytes.resize(4, 0);
  return bytes;
}

// The eight groups of 2001:db8::1, the last two as 10.1.2.3 perhaps.
std::optional<std::vector<int>> version6(std::string_view text) {
  std::vector<int> front, back;
  bool gap = false;
  std::string lower = ascii::to_lower(text);
  if (const std::size_t dot = lower.find('.'); dot != std::string::npos) {
    const std::size_t colon = lower.rfind(':');
    const auto bytes =
        colon == std::string::npos ? std::nullopt : version4(std::string_view(lower).substr(colon + 1), false);
    if (!bytes) return std::nullopt;
    lower = fmt::format("{}{:x}:{:x}", lower.substr(0, colon + 1), (*bytes)[0] * 256 + (*bytes)[1],
                        (*bytes)[2] * 256 + (*bytes)[3]);
  }
  const std::size_t two = lower.find("::");
  const auto read = [](std::string_view part, std::vector<int>& groups) {
    if (part.empty()) return true;
    for (const std::string_view group : split(part, ':')) {
      const auto value = read_number(group, 0xFFFF, 16);
      if (!value) return false;
      groups.push_back(*value);
    }
    return true;
  };
  gap = two != std::string::npos;
  if (!read(std::string_view(lower).substr(0, two), front)) return std::nullopt;
  if (gap && !read(std::string_view(lower).substr(two + 2), back)) return std::nullopt;
  if (front.size() + back.size() > (gap ? 7U : 8U) || (!gap && front.size() != 8)) return std::nullopt;
  front.resize(8 - back.size(), 0);
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

Form address_form(std::string_view text, bool network) {
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  const bool six = address.find(':') != std::string_view::npos;
  const auto parts = six ? version6(address) : version4(address, network || slash != std::string_view::npos);
  if (!parts) return std::nullopt;
  const int longest = six ? 128 : 32;
  int bits = longest;
  if (slash != std::string_view::npos) {
    const auto mask = read_number(text.substr(slash + 1), longest);
    if (!mask) return std::nullopt;
    bits = *mask;
  } else if (network && !six) {
    // Without a mask the class of the address gives it, and at least the bytes written.
    const int first = parts->front();
    const int written = static_cast<int>(split(address, '.').size()) * 8;
    const int by_class = first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
    bits = std::max(by_class, written);
  }
  return fmt::format("{}/{}", fmt::join(*parts, six ? ":" : "."), bits);
}

Form hardware_form(std::string_view text, bool eight) {
  std::string digits;
  for (const char c : text) {
    if (c == ':' || c == '-' || c == '.' || c == ' ') continue;
    if (ascii::hex_value(c) < 0) return std::nullopt;
    digits += ascii::to_lower(c);
  }
  if (eight && digits.size() == 12) digits.insert(6, "fffe");
  return digits.size() == (eight ? 16U : 12U) ? Form(digits) : std::nullopt;
}

std::optional<std::vector<double>> numbers_of(std::string_view text) {
  std::vector<double> numbers;
  const std::string copy(text);
  for (const char* at = copy.c_str(); *at != '\0';) {
    const char c = *at;
    if (ascii::is_digit(c) || c == '-' || c == '+' || c == '.' || ascii::is_letter(c)) {
      char* end = nullptr;
      numbers.push_back(std::strtod(at, &end));
      if (end == at) return std::nullopt;
      at = end;
    } else if (std::string_view("()[]{}<>, \t\n").find(c) != std::string_view::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return numbers;
}

}  // namespace

Form network_form(std::string_view type, std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (type == "inet" || type == "cidr") return address_form(text, type == "cidr");
  if (type == "macaddr" || type == "macaddr8") return hardware_form(text, type == "macaddr8");
  return std::nullopt;
}

Form geometry_form(std::string_view type, std::string_view text) {
  constexpr std::array<std::string_view, 7> kShapes = {"point", "line", "lseg", "box", "path", "polygon", "circle"};
  if (std::ranges::find(kShapes, type) == kShapes.end()) return std::nullopt;
  auto numbers = numbers_of(text);
  if (!numbers) return std::nullopt;
  std::vector<double>& n = *numbers;
  if (type == "box" && n.size() == 4) {
    if (n[0] < n[2]) std::swap(n[0], n[2]);
    if (n[1] < n[3]) std::swap(n[1], n[3]);
  }
  // Two points of a line, of which PostgreSQL stores the coefficients.
  if (type == "line" && n.size() == 4) {
    if (n[0] == n[2]) {
      n = {-1, 0, n[0]};
    } else if (n[1] == n[3]) {
      n = {0, -1, n[1]};
    } else {
      const double slope = (n[1] - n[3]) / (n[0] - n[2]);
      n = {slope, -1, n[1] - slope * n[0]};
    }
  }
  const bool open = type == "path" && text.find('[') != std::string_view::npos;
  return fmt::format("{}{}", open ? "[" : "", fmt::join(n, ","));
}

}  // namespace refract::catalog
