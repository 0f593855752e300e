# The codes of diagnostics: a folder each, in the order of families.txt. Sets `codes_sources` and `codes_include`.
#
# The header of the names is written when CMake runs, the source of the texts when it is built: an edit of a text
# compiles one source again. "Sources are listed" holds here too: families.txt lists the folders.
set(codes_include ${CMAKE_CURRENT_BINARY_DIR}/include)
set(codes_sources codes/codes.cpp ${CMAKE_CURRENT_BINARY_DIR}/code_texts.cpp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/families.txt)

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/families.txt code_names REGEX "^[a-z]")
list(SORT code_names COMPARE STRING)
set(code_lines "")
set(code_files "")
foreach(name IN LISTS code_names)
  string(APPEND code_lines "    \"${name}\",\n")
  foreach(part text.md wrong.prisma right.prisma)
    list(APPEND code_files ${CMAKE_CURRENT_LIST_DIR}/${name}/${part})
  endforeach()
endforeach()

file(GLOB code_folders LIST_DIRECTORIES true RELATIVE ${CMAKE_CURRENT_LIST_DIR} ${CMAKE_CURRENT_LIST_DIR}/*/text.md)
list(TRANSFORM code_folders REPLACE "/text.md$" "")
list(REMOVE_ITEM code_folders ${code_names})
if(code_folders)
  message(FATAL_ERROR "server/validation/codes/families.txt does not list: ${code_folders}")
endif()

file(CONFIGURE OUTPUT ${codes_include}/validation/codes/code_names.h @ONLY CONTENT
"// Generated from server/validation/codes/families.txt.
#pragma once

#include <string_view>

namespace refract::validation {

// Sorted.
inline constexpr std::string_view kCodeNames[] = {
@code_lines@};

}  // namespace refract::validation
")

add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/code_texts.cpp
  COMMAND ${CMAKE_COMMAND} -D OUTPUT=${CMAKE_CURRENT_BINARY_DIR}/code_texts.cpp -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/embed.cmake ${CMAKE_CURRENT_LIST_DIR}/families.txt ${code_files}
  COMMENT "Embedding the texts of the codes" VERBATIM)
