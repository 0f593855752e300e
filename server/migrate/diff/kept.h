#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace refract::migrate {

struct Diff;

// What a plan leaves in place although the schema does not name it, because no schema can express it.
struct KeptObject {
  std::string name;    // "index brin1 of Profile"
  std::string reason;  // what cannot be expressed: "the storage parameters pages_per_range=32"
  std::string drop;    // the statement that would drop it
};

std::vector<KeptObject> kept_objects(const Diff& diff);

// An index refined by hand that is not what the schema asks for by its name any more: the plan recreates it.
struct RecreatedIndex {
  catalog::QualifiedName index;
  std::string name;  // "User_email_key of User"
  std::string lost;  // what cannot be expressed, and is lost
  std::vector<std::string> differing;
};

std::vector<RecreatedIndex> recreated_indexes(const Diff& diff);

}  // namespace refract::migrate
