#pragma once

#include <cstddef>

namespace refract {

// Of this process, in bytes; 0 if the system does not report it.
std::size_t resident_memory();
std::size_t peak_memory();

// Has the heap's first 64 MiB taken up in large pages where the system has them; what is not used is not taken. A start
// touches thousands of small ones, and where a page fault is dear (virtual machines) that is most of its time. For the
// beginning of main; does nothing where the C library is not glibc.
void use_large_pages();

}  // namespace refract
