#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "migrate/history/history.h"
#include "support/ascii.h"

// Names of migration folders. Migrations apply in the order of their names, compared byte by byte.
namespace refract::migrate {
namespace {

constexpr std::size_t kLongestDescription = 200;  // bytes, as Prisma cuts it
constexpr std::size_t kTimestampDigits = 14;      // YYYYMMDDHHMMSS

std::string timestamp_of(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::size_t leading_digits(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find_if_not(name, ascii::is_digit) - name.begin());
}

// The time a name begins with; nullopt where it begins with none.
std::optional<std::chrono::sys_seconds> time_of(std::string_view name) {
  if (leading_digits(name) < kTimestampDigits) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char digit : name.substr(at, digits)) value = value * 10 + (digit - '0');
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(4, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(6, 2)))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(number(8, 2)) + std::chrono::minutes(number(10, 2)) +
         std::chrono::seconds(number(12, 2));
}

// "20260105" -> "20260105a", "20260105a" -> "20260105b", "…z" -> "…za": letters sort after "_" and digits.
std::string next_suffix(std::string stem) {
  if (!stem.empty() && stem.back() >= 'a' && stem.back() < 'z') {
    ++stem.back();
  } else {
    stem.push_back('a');
  }
  return stem;
}

}  // namespace

std::string normalise_name(std::string_view description) {
  std::string name;
  for (const char c : description) {
    if (ascii::is_letter_or_digit(c)) {
      name.push_back(ascii::to_lower(c));
    } else if ((c == '_' || c == '-' || c == ' ' || c == '\t' || c == '\n') && !name.empty() && name.back() != '_') {
      name.push_back('_');
    }
  }
  if (name.size() > kLongestDescription) name.resize(kLongestDescription);
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

std::string next_migration_name(const History& history, std::string_view description, Naming naming, std::int64_t now) {
  std::string words = normalise_name(description);
  if (words.empty()) words = "migration";
  const std::chrono::sys_seconds time{std::chrono::seconds(now)};
  std::string stem = timestamp_of(time);
  if (naming == Naming::date) stem.resize(8);

  std::string last;
  for (const Migration& migration : history.migrations) last = std::max(last, migration.name);
  const auto name = [&] { return stem + "_" + words; };
  if (name() > last) return name();

  if (naming == Naming::timestamp) {
    if (const auto last_time = time_of(last)) {
      stem = timestamp_of(*last_time + std::chrono::seconds(1));
      if (name() > last) return name();
    }
  }
  // The last one's own stem, one letter further: 20260105_init is followed by 20260105a_….
  stem = last.substr(0, leading_digits(last));
  if (!stem.empty()) {
    for (std::size_t at = stem.size(); at < last.size() && last[at] >= 'a' && last[at] <= 'z'; ++at) {
      stem.push_back(last[at]);
    }
    stem = next_suffix(std::move(stem));
    if (name() > last) return name();
  }
  stem = last;
  return name();
}

}  // namespace refract::migrate
