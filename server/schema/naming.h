#pragma once

#include <string>
#include <string_view>

#include "schema/connector.h"

// How Prisma names the fields that it adds: `posts Post[]` for a model Post.
namespace refract::schema {

// "UserAccount", "user_account" → "userAccount".
std::string camel_case(std::string_view name);

// The plural of a word in camel case, as far as its last word is English: "orderStatus" → "orderStatuses".
std::string plural(std::string_view word);

// The name for a relation field of this model's type. Prisma 5 takes the model's name as it is.
std::string relation_field_name(std::string_view model, bool list, PrismaVersion version);

}  // namespace refract::schema
