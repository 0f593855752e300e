#include "workspace/dotenv.h"

#include <algorithm>
#include <set>

#include "support/ascii.h"
#include "workspace/schema_files.h"

namespace refract::workspace {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

bool is_name(char c) {
  return ascii::is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// The two escapes that dotenv knows between double quotes.
std::string with_line_breaks(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '\\' && (next == 'n' || next == 'r')) {
      result += next == 'n' ? '\n' : '\r';
      ++at;
    } else {
      result += text[at];
    }
  }
  return result;
}

// Reads one file from its first byte to its last.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<EnvironmentVariable> read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) read_line();
    return std::move(variables_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  std::string_view line_rest() const { return text_.substr(at_, text_.find('\n', at_) - at_); }

  void end_line() {
    at_ += line_rest().size();
    if (at_ < text_.size()) {
      ++at_;
      ++line_;
    }
  }

  void read_line() {
    skip_blanks();
    if (line_rest().starts_with("export") && line_rest().size() > 6 && is_blank(text_[at_ + 6])) {
      at_ += 6;
      skip_blanks();
    }
    EnvironmentVariable variable{{}, {}, line_};
    while (at_ < text_.size() && is_name(text_[at_])) variable.name += text_[at_++];
    const std::size_t after_name = at_;
    skip_blanks();
    const bool equals = at_ < text_.size() && text_[at_] == '=';
    // "NAME: value" wants the colon at the name and a blank after it.
    const bool colon =
        at_ == after_name && line_rest().starts_with(':') && line_rest().size() > 1 && is_blank(text_[at_ + 1]);
    if (variable.name.empty() || (!equals && !colon)) return end_line();
    ++at_;
    skip_blanks();
    variable.value = read_value();
    variables_.push_back(std::move(variable));
    end_line();
  }

  std::string read_value() {
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote == '"' || quote == '\'' || quote == '`') {
      if (const std::size_t close = closing_quote(quote); close != std::string_view::npos) {
        const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
        line_ += static_cast<std::uint32_t>(std::ranges::count(inside, '\n'));
        at_ = close + 1;
        std::string value;
        for (const char c : inside) {
          if (c != '\r') value += c;
        }
        return quote == '"' ? with_line_breaks(value) : value;
      }
    }
    const std::string_view rest = line_rest();
    std::string_view value = trimmed(rest.substr(0, rest.find('#')));
    // A quote that nothing closes is part of the value, but for one around all of it.
    if (value.size() > 1 && value.front() == value.back() && (quote == '"' || quote == '\'' || quote == '`')) {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }

  // The quote that closes the one here, which nothing but a comment may follow on its line. npos: there is none.
  std::size_t closing_quote(char quote) const {
    for (std::size_t close = at_ + 1; close < text_.size(); ++close) {
      if (text_[close] == '\\' && close + 1 < text_.size() && text_[close + 1] == quote) {
        ++close;
      } else if (text_[close] == quote) {
        const std::string_view after = trimmed(text_.substr(close + 1, text_.find('\n', close) - close - 1));
        return after.empty() || after.starts_with('#') ? close : std::string_view::npos;
      }
    }
    return std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 0;
  std::vector<EnvironmentVariable> variables_;
};

// Names that refer to one another in a circle end here.
constexpr int kMaxDepth = 16;

std::optional<std::string> lookup(const std::string& name, const std::vector<EnvironmentVariable>& file,
                                  const Environment& process) {
  if (auto value = process(name)) return value;
  std::optional<std::string> found;
  for (const EnvironmentVariable& variable : file) {
    if (variable.name == name) found = variable.value;  // the last one counts
  }
  return found;
}

// Names that refer to names multiply: beyond these, a `$` stays as written. Linux takes no longer value either.
constexpr std::size_t kMaxLength = 128 * 1024;
constexpr int kMaxNames = 1000;

class Expansion {
 public:
  Expansion(const std::vector<EnvironmentVariable>& file, const Environment& process)
      : file_(file), process_(process) {}

  void add(std::string_view value, int depth);
  std::string take() { return std::move(result_); }

 private:
  bool may_go_on(int depth) const { return depth <= kMaxDepth && names_ < kMaxNames && result_.size() < kMaxLength; }

  const std::vector<EnvironmentVariable>& file_;
  const Environment& process_;
  std::string result_;
  int names_ = 0;  // looked up so far
};

void Expansion::add(std::string_view value, int depth) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\' && at + 1 < value.size() && value[at + 1] == '$') {
      result_ += value[++at];
      continue;
    }
    if (value[at] != '$' || !may_go_on(depth)) {
      result_ += value[at];
      continue;
    }
    const bool braces = at + 1 < value.size() && value[at + 1] == '{';
    const std::size_t begin = at + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < value.size() && (ascii::is_letter_or_digit(value[end]) || value[end] == '_')) ++end;
    const std::size_t close = braces ? value.find('}', end) : end;
    const std::string name(value.substr(begin, end - begin));
    ++names_;
    const auto known = name.empty() ? std::nullopt : lookup(name, file_, process_);
    if ((!braces && !known) || close == std::string_view::npos) {
      result_ += value[at];
      continue;
    }
    // ${NAME:-otherwise} and ${NAME-otherwise}.
    std::string_view otherwise = braces ? value.substr(end, close - end) : std::string_view();
    if (otherwise.starts_with(':')) otherwise.remove_prefix(1);
    if (otherwise.starts_with('-')) otherwise.remove_prefix(1);
    add(known && !known->empty() ? std::string_view(*known) : otherwise, depth + 1);
    at = braces ? close : end - 1;
  }
}

}  // namespace

std::vector<EnvironmentVariable> parse_dotenv(std::string_view text) {
  return Reader(text).read();
}

std::vector<EnvironmentVariable> read_dotenv(const std::filesystem::path& file) {
  const auto text = read_text_file(file);
  return text ? parse_dotenv(*text) : std::vector<EnvironmentVariable>();
}

std::string expand(std::string_view value, const std::vector<EnvironmentVariable>& file, const Environment& process) {
  Expansion expansion(file, process);
  expansion.add(value, 0);
  return expansion.take();
}

std::vector<std::filesystem::path> environment_files(const Project& project) {
  if (!project.config.file.empty()) return project.config.environment_files;
  namespace fs = std::filesystem;
  std::error_code ignored;
  std::vector<fs::path> folders{project.root};
  const fs::path schema = project.files.front().parent_path();
  folders.push_back(schema);
  // prisma/schema.prisma and prisma/schema/user.prisma both belong to the folder above "prisma".
  for (fs::path at = schema; !at.empty() && at != at.parent_path(); at = at.parent_path()) {
    if (at.filename() != "prisma") continue;
    folders.push_back(at);
    folders.push_back(at.parent_path());
    break;
  }
  folders.push_back(fs::current_path(ignored));
  std::vector<fs::path> files;
  for (const fs::path& folder : folders) {
    const fs::path file = (fs::absolute(folder, ignored) / ".env").lexically_normal();
    if (fs::is_regular_file(file, ignored) && std::ranges::find(files, file) == files.end()) files.push_back(file);
  }
  return files;
}

std::vector<std::filesystem::path> outer_environment_files(const Project& project) {
  if (!project.config.file.empty()) return {};
  namespace fs = std::filesystem;
  std::error_code ignored;
  const std::vector<fs::path> near = environment_files(project);
  std::vector<fs::path> files;
  for (fs::path at = fs::absolute(project.root, ignored).lexically_normal();; at = at.parent_path()) {
    const fs::path file = at / ".env";
    if (fs::is_regular_file(file, ignored) && std::ranges::find(near, file) == near.end()) files.push_back(file);
    if (fs::exists(at / ".git", ignored)) return files;
    if (is_last_upwards(at)) return {};  // it is in no repository
  }
}

std::vector<std::string> environment_names(const Project& project) {
  std::set<std::string> names;
  for (const auto& files : {environment_files(project), outer_environment_files(project)}) {
    for (const auto& file : files) {
      for (const EnvironmentVariable& variable : read_dotenv(file)) names.insert(variable.name);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace refract::workspace
