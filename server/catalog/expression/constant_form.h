#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A constant's text in one form for all spellings that PostgreSQL reads as the same value of the type. The forms are
// for comparing alone; where a text cannot be read it stays as it is.
namespace refract::catalog {

// `type`: an internal name, "int4[]" for a list. `modifiers` matter to interval alone, whose input they change.
std::string constant_form(std::string_view type, std::string_view text,
                          const std::vector<std::int64_t>& modifiers = {});

// The placeholder in a form for a moment that depends on when PostgreSQL reads it (now, today, tomorrow, yesterday): it
// keeps the moment of CREATE, which nothing can be compared with. No text of PostgreSQL holds a NUL.
inline constexpr char kMomentOfReading = '\0';

// date, time, timetz, timestamp, timestamptz (as UTC). nullopt: not read.
std::optional<std::string> moment_form(std::string_view type, std::string_view text);
// Months, days and microseconds. `fields`: the mask of fields such as INTERVAL DAY TO SECOND, 0: none.
std::optional<std::string> interval_form(std::string_view text, std::int64_t fields);
// inet, cidr, macaddr, macaddr8.
std::optional<std::string> network_form(std::string_view type, std::string_view text);
// point, line, lseg, box, path, polygon, circle.
std::optional<std::string> geometry_form(std::string_view type, std::string_view text);
// tsvector, tsquery, jsonpath: what is between quotes stays, white space between words does not count.
std::string word_form(std::string_view text);

}  // namespace refract::catalog
