// Carries the precompiled header, which CMake makes for a target with a source.
