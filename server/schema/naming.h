#pragma once

#include <string>
#include <string_view>

#include "schema/connector.h"

// How Prisma names the fields that it adds: `posts Post[]` for a model Post.
namespace refract::schema {

// "UserAccount", "user_account" → "userAccount".
std::string camel_case(std::string_view name);

// "authorId", "author_id" → "authorid": a name without what tells the two ways of writing apart.
std::string plain_name(std::string_view name);

// The name itself, or with the first number after it that makes it free. `taken` is asked of each.
template <typename Taken>
std::string free_name(const std::string& name, Taken taken) {
  std::string found = name;
  for (int number = 2; taken(found); ++number) found = name + std::to_string(number);
  return found;
}

// The plural of a word in camel case, as far as its last word is English: "orderStatus" → "orderStatuses".
std::string plural(std::string_view word);

// The name for a relation field of this model's type. Prisma 5 takes the model's name as it is.
std::string relation_field_name(std::string_view model, bool list, PrismaVersion version);

}  // namespace refract::schema
