# Writes the version and the commit into OUTPUT at each build; the file changes only if they do.
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=7 HEAD OUTPUT_VARIABLE commit ERROR_QUIET
                OUTPUT_STRIP_TRAILING_WHITESPACE)
if(commit)
  execute_process(COMMAND git -C ${SOURCE} diff --quiet HEAD RESULT_VARIABLE changed ERROR_QUIET)
  if(changed)
    string(APPEND commit "+")
  endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[#include "support/version.h"

namespace refract {

constinit const std::string_view kVersion = "@VERSION@";
constinit const std::string_view kCommit = "@commit@";

}  // namespace refract
]])
