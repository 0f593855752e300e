#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/project.h"

// What finding projects is made of (project.cpp, named_projects.cpp).
namespace refract::workspace {

// A line that opens a datasource block: enough to recognise the main file of a folder.
bool has_datasource(std::string_view text);
// How many of the files have one.
std::size_t count_datasources(const std::vector<std::filesystem::path>& files);

// The schema of these files, sorted, at least one, with the configuration around the first.
Project project_of_files(std::vector<std::filesystem::path> files, const ReadText& read = read_text_file);

// One schema for each of the files that has a datasource, each once, sorted.
std::vector<Project> separate_projects(const std::vector<std::filesystem::path>& files);

// "name one of the 2 schemas below it:" and a line for each, as it is typed in the current folder.
std::string other_schemas_text(const std::vector<Project>& projects, const std::filesystem::path& folder);

}  // namespace refract::workspace
