#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "catalog/expression/constant_form.h"
#include "support/ascii.h"

// Dates and times as PostgreSQL's input functions read them under DateStyle "ISO, MDY" and the time zone UTC, which is
// what Prisma's connections have. The forms are numbers: days, or microseconds.
namespace refract::catalog {
namespace {

constexpr std::int64_t kMicrosecondsOfSecond = 1'000'000;
constexpr std::int64_t kMicrosecondsOfDay = 86'400 * kMicrosecondsOfSecond;

// Days since 1970-01-01 of the proleptic Gregorian calendar.
std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(std::int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<int> month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                        "may",       "june",     "july",     "august",
                                                        "september", "october",  "november", "december"};
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (word == kMonths[month] || word == kMonths[month].substr(0, 3) || (month == 8 && word == "sept"))
      return static_cast<int>(month + 1);
  }
  return std::nullopt;
}

bool is_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                     "thursday", "friday", "saturday"};
  for (const std::string_view day : kDays) {
    if (word == day || word == day.substr(0, 3)) return true;
  }
  return word == "tues" || word == "weds" || word == "wednes" || word == "thur" || word == "thurs";
}

// Hours east of Greenwich of the abbreviations that everybody agrees on.
std::optional<int> zone_named(std::string_view word) {
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Zone, 18> kZones = {Zone{"z", 0}, {"utc", 0},  {"gmt", 0},  {"ut", 0},   {"zulu", 0},
                                           {"wet", 0},   {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
                                           {"mst", -7},  {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},
                                           {"cest", 2},  {"eet", 2},  {"msk", 3}};
  for (const Zone& zone : kZones) {
    if (word == zone.name) return zone.hours;
  }
  return std::nullopt;
}

class MomentReader {
 public:
  // Of a time alone, digits without a separator are hours, minutes and seconds.
  MomentReader(std::string_view text, bool time_alone) : text_(ascii::to_lower(text)), time_alone_(time_alone) {}

  bool read() {
    for (skip(); at_ < text_.size(); skip()) {
      const char c = text_[at_];
      const bool done = ascii::is_digit(c) ? read_digits() : ascii::is_letter(c) ? read_word() : read_sign();
      if (!done) return false;
    }
    return complete_date() && (has_date || has_time);
  }

  bool has_date = false, has_time = false;
  std::int64_t year = 0;
  int month = 0, day = 0;
  std::int64_t microseconds = 0;    // of the day
  std::optional<int> zone_seconds;  // east of Greenwich
  std::string special;              // infinity, -infinity
  bool relative = false;            // to when it is read

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',' || (text_[at_] >= '\t' && text_[at_] <= '\r')))
      ++at_;
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  std::string_view digits() {
    const std::size_t begin = at_;
    while (ascii::is_digit(peek())) ++at_;
    return std::string_view(text_).substr(begin, at_ - begin);
  }
  static int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

  bool read_digits() {
    const std::string_view first = digits();
    const char separator = peek();
    if (separator == ':') return read_time(number(first));
    const bool dated = separator == '-' || separator == '/' || separator == '.';
    if (dated && !has_date && (ascii::is_digit(peek(1)) || ascii::is_letter(peek(1))))
      return read_date(first, separator);
    if (first.size() == 8 && !has_date) {
      return set_date(number(first.substr(0, 4)), number(first.substr(4, 2)), number(first.substr(6, 2)));
    }
    if (first.size() == 6 && (has_date || time_alone_) && !has_time) return clock(first);
    if (first.size() == 4 && time_alone_ && !has_time) return clock(std::string(first) + "00");
    if ((ascii::is_letter(separator) && separator != 't') && !ascii::is_letter(peek(1)) && !month_) return false;
    // A day or a year beside a month's name.
    if (first.size() <= 2 && !day_) {
      day_ = number(first);
    } else if (!year_) {
      year_ = full_year(first);
    } else {
      return false;
    }
    return true;
  }

  static std::int64_t full_year(std::string_view text) {
    const int value = number(text);
    if (text.size() > 2) return value;
    return value < 70 ? 2000 + value : 1900 + value;
  }

  bool set_date(std::int64_t y, int m, int d) {
    year = y;
    month = m;
    day = d;
    has_date = true;
    return true;
  }

  // 1999-01-08, 1/8/1999, 08-Jan-1999, 1999-Jan-08.
  bool read_date(std::string_view first, char separator) {
    ++at_;
    std::string second;
    if (ascii::is_letter(peek())) {
      while (ascii::is_letter(peek())) second += text_[at_++];
    } else {
      second = digits();
    }
    if (peek() != separator) return false;
    ++at_;
    const std::string_view third = digits();
    if (third.empty()) return false;
    if (peek() == 't' && ascii::is_digit(peek(1))) ++at_;
    if (const auto named = month_named(second)) {
      return first.size() > 2 ? set_date(number(first), *named, number(third))
                              : set_date(full_year(third), *named, number(first));
    }
    if (first.size() > 2) return set_date(number(first), number(second), number(third));
    return set_date(full_year(third), number(first), number(second));
  }

  bool clock(std::string_view packed) {
    return set_time(number(packed.substr(0, 2)), number(packed.substr(2, 2)), number(packed.substr(4, 2)), 0);
  }

  bool set_time(int hour, int minute, int second, std::int64_t fraction) {
    if (has_time || hour > 24 || minute > 59 || second > 60) return false;
    has_time = true;
    microseconds = ((hour * 60 + minute) * 60 + second) * kMicrosecondsOfSecond + fraction;
    return true;
  }

  bool read_time(int hour) {
    ++at_;
    const int minute = number(digits());
    int second = 0;
    double fraction = 0;
    if (peek() == ':') {
      ++at_;
      second = number(digits());
    }
    if (peek() == '.') {
      ++at_;
      const std::string_view after = digits();
      fraction = after.empty() ? 0 : std::strtod(("0." + std::string(after)).c_str(), nullptr);
    }
    return set_time(hour, minute, second, static_cast<std::int64_t>(std::rint(fraction * 1e6)));
  }

  // A zone as +02, -0530, +01:00:30; or -infinity.
  bool read_sign() {
    const char sign = text_[at_];
    if (std::string_view(text_).substr(at_) == "-infinity") {
      special = "-infinity";
      at_ = text_.size();
      return true;
    }
    if ((sign != '+' && sign != '-') || !has_time || !ascii::is_digit(peek(1))) return false;
    ++at_;
    const std::string_view first = digits();
    int seconds = first.size() > 2
                      ? number(first.substr(0, first.size() - 2)) * 3600 + number(first.substr(first.size() - 2)) * 60
                      : number(first) * 3600;
    for (const int unit : {60, 1}) {
      if (peek() != ':') break;
      ++at_;
      seconds += number(digits()) * unit;
    }
    zone_seconds = sign == '-' ? -seconds : seconds;
    return true;
  }

  bool read_word() {
    const std::size_t begin = at_;
    while (ascii::is_letter(peek())) ++at_;
    const std::string_view word = std::string_view(text_).substr(begin, at_ - begin);
    if (peek() == '.' || peek() == '/' || peek() == '_') return false;  // a zone by its full name
    if (word == "infinity" || word == "epoch") {
      special = word == "epoch" ? "" : "infinity";
      if (word == "epoch") return set_date(1970, 1, 1);
      return true;
    }
    if (word == "now" || word == "today" || word == "tomorrow" || word == "yesterday") {
      relative = true;
      if (word == "now") has_time = true;
      return set_date(1970, 1, 1);
    }
    if (word == "allballs") {
      zone_seconds = 0;
      return set_time(0, 0, 0, 0);
    }
    if (word == "am" || word == "pm") return half_day(word == "pm");
    if (word == "bc" || word == "ad") {
      before_christ_ = word == "bc";
      return true;
    }
    if (word == "t" && has_date) return true;
    if (is_weekday(word)) return true;
    if (const auto named = month_named(word)) {
      month_ = *named;
      if (peek() == '-') ++at_;
      return true;
    }
    const auto zone = zone_named(word);
    if (!zone) return false;
    zone_seconds = *zone * 3600;
    return true;
  }

  bool half_day(bool afternoon) {
    constexpr std::int64_t kNoon = kMicrosecondsOfDay / 2;
    if (!has_time || microseconds >= kNoon + kNoon / 12) return false;
    const bool twelve = microseconds >= kNoon;
    if (afternoon && !twelve) microseconds += kNoon;
    if (!afternoon && twelve) microseconds -= kNoon;
    return true;
  }

  bool complete_date() {
    if (month_ && day_ && year_) set_date(*year_, *month_, *day_);
    if (!has_date) return true;
    if (before_christ_) year = 1 - year;
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
  }

  std::string text_;
  bool time_alone_;
  std::size_t at_ = 0;
  std::optional<int> month_, day_;
  std::optional<std::int64_t> year_;
  bool before_christ_ = false;
};

// What an interval's text adds up to.
struct Sum {
  std::int64_t months = 0, days = 0, microseconds = 0;

  void add_days(double value) {
    const double whole = std::trunc(value);
    days += static_cast<std::int64_t>(whole);
    microseconds += static_cast<std::int64_t>(std::rint((value - whole) * static_cast<double>(kMicrosecondsOfDay)));
  }
};

struct Unit {
  std::string_view names;  // each between blanks
  std::int64_t months = 0, days = 0, microseconds = 0;
};

constexpr std::array<Unit, 12> kUnits = {
    Unit{" us usec usecs usecond useconds microsecond microseconds microsecon ", 0, 0, 1},
    {" ms msec msecs msecond mseconds millisecond milliseconds millisecon ", 0, 0, 1000},
    {" s sec secs second seconds ", 0, 0, kMicrosecondsOfSecond},
    {" m min mins minute minutes ", 0, 0, 60 * kMicrosecondsOfSecond},
    {" h hr hrs hour hours ", 0, 0, 3600 * kMicrosecondsOfSecond},
    {" d day days ", 0, 1, 0},
    {" w week weeks ", 0, 7, 0},
    {" mon mons month months ", 1, 0, 0},
    {" y yr yrs year years ", 12, 0, 0},
    {" dec decs decade decades ", 120, 0, 0},
    {" c cent century centuries ", 1200, 0, 0},
    {" mil mils millennium millennia ", 12'000, 0, 0}};

const Unit* unit_named(std::string_view word) {
  const std::string padded = " " + std::string(word) + " ";
  for (const Unit& unit : kUnits) {
    if (unit.names.find(padded) != std::string_view::npos) return &unit;
  }
  return nullptr;
}

void add(Sum& sum, double value, const Unit& unit) {
  if (unit.months == 1) {
    const double whole = std::trunc(value);
    sum.months += static_cast<std::int64_t>(whole);
    sum.add_days((value - whole) * 30);
  } else if (unit.months > 0) {
    sum.months += static_cast<std::int64_t>(std::rint(value * static_cast<double>(unit.months)));
  } else if (unit.days > 0) {
    sum.add_days(value * static_cast<double>(unit.days));
  } else {
    sum.microseconds += static_cast<std::int64_t>(std::rint(value * static_cast<double>(unit.microseconds)));
  }
}

// The bits of the fields, as in INTERVAL DAY TO SECOND (INTERVAL_MASK of datetime.h).
constexpr std::int64_t kMonth = 2, kYear = 4, kDay = 8, kHour = 1024, kMinute = 2048, kSecond = 4096;

// What a number without a unit counts.
std::string_view unit_of_fields(std::int64_t fields) {
  if ((fields & kSecond) != 0) return "second";
  if ((fields & kMinute) != 0) return "minute";
  if ((fields & kHour) != 0) return "hour";
  if ((fields & kDay) != 0) return "day";
  if ((fields & kMonth) != 0) return "month";
  return (fields & kYear) != 0 ? "year" : "second";
}

void cut_to_fields(Sum& sum, std::int64_t fields) {
  if (fields == 0 || (fields & kSecond) != 0) return;
  const auto cut = [&](std::int64_t unit) { sum.microseconds = sum.microseconds / unit * unit; };
  if ((fields & kMinute) != 0) {
    cut(60 * kMicrosecondsOfSecond);
  } else if ((fields & kHour) != 0) {
    cut(3600 * kMicrosecondsOfSecond);
  } else {
    sum.microseconds = 0;
    if ((fields & kDay) == 0) sum.days = 0;
    if (fields == kYear) sum.months = sum.months / 12 * 12;
  }
}

class IntervalReader {
 public:
  IntervalReader(std::string_view text, std::int64_t fields) : text_(ascii::to_lower(text)), fields_(fields) {}

  std::optional<Sum> read() {
    skip();
    if (peek() == 'p') return read_iso();
    bool ago = false;
    for (; at_ < text_.size(); skip()) {
      if (take_word("ago")) {
        ago = true;
      } else if (peek() == '@') {
        ++at_;
      } else if (!read_part()) {
        return std::nullopt;
      }
    }
    if (pending_) add(sum_, *pending_, *unit_named(unit_of_fields(fields_)));
    if (ago) sum_ = {-sum_.months, -sum_.days, -sum_.microseconds};
    return some_ ? std::optional(sum_) : std::nullopt;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) ++at_;
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool take_word(std::string_view word) {
    if (!std::string_view(text_).substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  std::optional<double> read_number() {
    const char* begin = text_.c_str() + at_;
    char* end = nullptr;
    if (!ascii::is_digit(peek()) && peek() != '.') return std::nullopt;
    // A hexadecimal number or an exponent is no part of it.
    std::size_t length = 0;
    while (ascii::is_digit(peek(length)) || peek(length) == '.') ++length;
    const std::string digits(begin, length);
    const double value = std::strtod(digits.c_str(), &end);
    if (end == digits.c_str()) return std::nullopt;
    at_ += length;
    return value;
  }

  bool read_part() {
    double sign = 1;
    if (peek() == '-' || peek() == '+') sign = text_[at_++] == '-' ? -1 : 1;
    const std::size_t begin = at_;
    const auto value = read_number();
    if (!value) return false;
    some_ = true;
    if (peek() == ':') return read_clock(sign, *value);
    if (peek() == '-' && ascii::is_digit(peek(1)) && begin + 6 > at_) {
      ++at_;
      const auto months = read_number();
      sum_.months += static_cast<std::int64_t>(sign * (*value * 12 + months.value_or(0)));
      return true;
    }
    skip();
    std::string word;
    while (ascii::is_letter(peek())) word += text_[at_++];
    if (word == "ago") {
      at_ -= word.size();
      word.clear();
    }
    if (word.empty()) {
      if (pending_) return false;
      pending_ = sign * *value;
      return true;
    }
    const Unit* unit = unit_named(word);
    if (unit) add(sum_, sign * *value, *unit);
    return unit != nullptr;
  }

  // h:m, h:m:s, or m:s if a fraction or the fields require it. A number before it without a unit counts days.
  bool read_clock(double sign, double first) {
    ++at_;
    const auto second = read_number();
    if (!second) return false;
    double seconds = first * 3600 + *second * 60;
    if (peek() == ':') {
      ++at_;
      const auto third = read_number();
      if (!third) return false;
      seconds += *third;
    } else if (fields_ == (kMinute | kSecond) || *second != std::trunc(*second)) {
      seconds = first * 60 + *second;
    }
    sum_.microseconds += static_cast<std::int64_t>(std::rint(sign * seconds * 1e6));
    if (pending_) {
      sum_.add_days(*pending_);
      pending_.reset();
    }
    return true;
  }

  // P1Y2M3DT4H5M6.7S
  std::optional<Sum> read_iso() {
    bool time = false;
    for (++at_; at_ < text_.size();) {
      if (peek() == 't') {
        time = true;
        ++at_;
        continue;
      }
      double sign = 1;
      if (peek() == '-' || peek() == '+') sign = text_[at_++] == '-' ? -1 : 1;
      const auto value = read_number();
      if (!value) return std::nullopt;
      some_ = true;
      std::string_view unit;
      switch (peek()) {
        case 'y':
          unit = "year";
          break;
        case 'm':
          unit = time ? "minute" : "month";
          break;
        case 'w':
          unit = "week";
          break;
        case 'd':
          unit = "day";
          break;
        case 'h':
          unit = "hour";
          break;
        case 's':
          unit = "second";
          break;
        default:
          return std::nullopt;
      }
      ++at_;
      add(sum_, sign * *value, *unit_named(unit));
    }
    return some_ ? std::optional(sum_) : std::nullopt;
  }

  std::string text_;
  std::int64_t fields_;
  std::size_t at_ = 0;
  Sum sum_;
  std::optional<double> pending_;  // a number whose unit is not known yet
  bool some_ = false;
};

}  // namespace

std::optional<std::string> moment_form(std::string_view type, std::string_view text) {
  const bool time_alone = type == "time" || type == "timetz";
  if (type != "date" && type != "timestamp" && type != "timestamptz" && !time_alone) return std::nullopt;
  MomentReader moment(text, time_alone);
  const bool read = moment.read();
  // Whatever else it names, a time zone for instance.
  if (moment.relative) return std::string(1, kMomentOfReading);
  if (!read && moment.special.empty()) return std::nullopt;
  if (!moment.special.empty()) return moment.special;
  if (time_alone) {
    if (!moment.has_time) return std::nullopt;
    if (type == "time") return fmt::format("{}", moment.microseconds);
    return fmt::format("{} {}", moment.microseconds, moment.zone_seconds.value_or(0));
  }
  if (!moment.has_date) return std::nullopt;
  const std::int64_t days = days_of(moment.year, moment.month, moment.day);
  if (type == "date") return fmt::format("{}", days);
  std::int64_t at = days * kMicrosecondsOfDay + moment.microseconds;
  if (type == "timestamptz") at -= moment.zone_seconds.value_or(0) * kMicrosecondsOfSecond;
  return fmt::format("{}", at);
}

std::optional<std::string> interval_form(std::string_view text, std::int64_t fields) {
  const std::string word = ascii::to_lower(text);
  if (word == "infinity" || word == "-infinity") return word;
  constexpr std::int64_t kAllFields = 0x7FFF;  // INTERVAL_FULL_RANGE
  if (fields == kAllFields) fields = 0;
  auto sum = IntervalReader(text, fields).read();
  if (!sum) return std::nullopt;
  cut_to_fields(*sum, fields);
  return fmt::format("{} months {} days {} us", sum->months, sum->days, sum->microseconds);
}

}  // namespace refract::catalog
