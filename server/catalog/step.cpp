#include "catalog/step.h"

namespace refract::catalog {

Change::Change(const Change& other) = default;
Change::Change(Change&& other) noexcept = default;
Change& Change::operator=(const Change& other) {
  return *this = Change(other);
}
Change& Change::operator=(Change&& other) noexcept = default;
Change::~Change() = default;

}  // namespace refract::catalog
