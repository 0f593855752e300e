#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace refract::catalog {

// Lists of named things are kept sorted by name.
template <class Item>
void insert_by_name(std::vector<Item>& items, Item item) {
  const auto place = std::ranges::upper_bound(items, item.name, {}, &Item::name);
  items.insert(place, std::move(item));
}

// Looks in every place where the list is not in order for the moment.
template <class Items>
auto* find_by_name(Items& items, std::string_view name) {
  const auto name_of = [](const auto& item) { return std::string_view(item.name); };
  const auto place = std::ranges::lower_bound(items, name, {}, name_of);
  if (place != items.end() && name_of(*place) == name) return &*place;
  const auto found = std::ranges::find(items, name, name_of);
  return found == items.end() ? nullptr : &*found;
}

template <class Item>
void rename_item(std::vector<Item>& items, std::string_view from, std::string to) {
  auto* found = find_by_name(items, from);
  if (found == nullptr) return;
  found->name = std::move(to);
  std::ranges::sort(items, {}, &Item::name);
}

}  // namespace refract::catalog
