// Carries the precompiled headers; the main function is in main.cpp.
