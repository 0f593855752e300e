#pragma once

#include <functional>
#include <string>
#include <vector>

namespace refract::bench {

// A text that repeats one thing `count` times: a schema, or the text of a migration.sql.
struct Shape {
  std::string name;
  bool sql = false;
  std::function<std::string(int count)> text;
};

// Every token and construct of a schema and of migrations, and what is left open.
std::vector<Shape> growth_shapes();

}  // namespace refract::bench
