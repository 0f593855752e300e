#pragma once

namespace refract::features {

// What becomes of a new file beside those of the schema.
enum class NewFiles {
  join,                    // the schema is a folder, which it is then part of
  with_folder_configured,  // Prisma reads one file until it is given the folder
  stay_out,                // configuration names the file that is the schema
};

}  // namespace refract::features
