#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "schema/declaration.h"

// From one syntax block to its declaration. Nothing here looks at another block: what a type name represents is
// asked of the caller.
namespace refract::schema {

// What a type name that is no scalar represents; TypeKind::unknown where nothing has the name.
using ResolveType = std::function<TypeKind(std::string_view)>;

// TypeKind::unknown for a block that declares no type.
constexpr TypeKind kind_of(syntax::BlockKind kind) {
  switch (kind) {
    case syntax::BlockKind::model:
      return TypeKind::model;
    case syntax::BlockKind::view:
      return TypeKind::view;
    case syntax::BlockKind::enumeration:
      return TypeKind::enumeration;
    case syntax::BlockKind::composite_type:
      return TypeKind::composite_type;
    case syntax::BlockKind::datasource:
    case syntax::BlockKind::generator:
    case syntax::BlockKind::unknown:
    case syntax::BlockKind::filler:
      break;
  }
  return TypeKind::unknown;
}

std::shared_ptr<const Declaration> lower_declaration(std::shared_ptr<const syntax::Block> block,
                                                     const ResolveType& resolve);
Datasource lower_datasource(std::shared_ptr<const syntax::Block> block);
Generator lower_generator(std::shared_ptr<const syntax::Block> block);

}  // namespace refract::schema
