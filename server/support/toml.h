#pragma once

// toml++, for all that read and write TOML: the one place where it is included and where options would be set.
#include <toml++/toml.h>
