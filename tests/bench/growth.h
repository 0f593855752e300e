#pragma once

#include <string>

namespace refract::bench {

// Prints how the time of each operation grows with the text: the shapes of growth_shapes.h at `size` repetitions and
// at four times as many. Time that grows with the text's square has the ratio 16. `only`: the shapes whose name
// contains it.
void measure_growth(const std::string& program, int size, const std::string& only);

}  // namespace refract::bench
