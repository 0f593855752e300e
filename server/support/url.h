#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refract {

// The parameters after a URL's "?", in their order, with the values decoded.
std::vector<std::pair<std::string_view, std::string>> url_parameters(std::string_view url);

// The `schema` parameter of a database URL, as Prisma reads it; "public" if there is none.
std::string schema_of_url(std::string_view url);

}  // namespace refract
