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

template <class Item>
Item* find_by_name(std::vector<Item>& items, std::string_view name) {
  const auto found = std::ranges::find(items, name, [](const Item& item) { return std::string_view(item.name); });
  return found == items.end() ? nullptr : &*found;
}

template <class Item>
void rename_item(std::vector<Item>& items, std::string_view from, std::string to) {
  Item* found = find_by_name(items, from);
  if (found == nullptr) return;
  found->name = std::move(to);
  std::ranges::sort(items, {}, &Item::name);
}

}  // namespace refract::catalog
