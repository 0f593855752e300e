#include "cli/program.h"
#include "support/catch.h"

namespace refract::test {

TEST_CASE("usage: without a command, or asked for help, the commands are listed", "[cli]") {
  Project project;
  const Ran alone = project.refract({});
  CHECK(alone.exit_code == 2);
  CHECK(alone.err.empty());
  CHECK(alone.out.contains("migrate"));
  const Ran group = project.refract({"migrate"});
  CHECK(group.exit_code == 2);
  CHECK(group.out.contains("deploy"));
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"help"},
                                                                                     {"help", "migrate"},
                                                                                     {"migrate", "help"},
                                                                                     {"help", "migrate", "deploy"},
                                                                                     {"migrate", "help", "deploy"}}) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 0);
    std::vector<std::string> option{"--help"};
    for (const std::string& word : words) {
      if (word != "help") option.insert(option.end() - 1, word);
    }
    CHECK(ran.out == project.refract(option).out);
  }
}

TEST_CASE("usage: an answer that cannot be written is an error", "[cli]") {
  if (!std::filesystem::exists("/dev/full")) {
    WARN("/dev/full is not here");
    return;
  }
  Project project;
  project.write("schema.prisma", schema_text("model A {\n  id Int @id\n}\n"));
  for (const char* words : {"check --format json", "describe", "explain unknown-type", "--help",
                            "migrate diff --from empty --to schema.prisma"}) {
    INFO(words);
    const Ran ran = project.refract({"-c", std::string("exec " REFRACT_PROGRAM " ") + words + " > /dev/full"},
                                    {.program = "/bin/sh"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.err.contains("Standard output cannot be written"));
  }
}

TEST_CASE("usage: the version by all of its names", "[cli]") {
  Project project;
  const std::string version = project.refract({"--version"}).out;
  CHECK(version.starts_with("0."));
  CHECK(project.refract({"-v"}).out == version);
  CHECK(project.refract({"-V"}).out == version);
}

TEST_CASE("usage: a misspelt command or option is answered with the one that was meant", "[cli]") {
  Project project;
  const auto answer = [&](const std::vector<std::string>& words) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(answer({"chek"}) == "refract: The command refract chek does not exist. Did you mean refract check?\n");
  CHECK(answer({"migrate", "deplo", "--resume"}) ==
        "refract: The command refract migrate deplo does not exist. Did you mean refract migrate deploy?\n");
  CHECK(answer({"help", "mgrate"}).contains("Did you mean refract migrate?"));
  CHECK(answer({"deploy"}) ==
        "refract: The command refract deploy does not exist. Did you mean refract migrate deploy?\n");
  CHECK(answer({"migrate", "check"}).contains("Did you mean refract check?"));
  CHECK(answer({"validate"}).contains("Did you mean refract check?"));
  CHECK(answer({"version"}).contains("Did you mean refract --version?"));
  CHECK(answer({"hlep"}).contains("Did you mean refract help?"));
  CHECK(answer({"serve"}).contains(
      "The commands are lsp, check, format, migrate, describe, explain; see refract --help."));
  CHECK(answer({"check", "--formt=json"}) ==
        "refract: The option --formt of refract check does not exist. Did you mean --format?\n");
  CHECK(answer({"--versoin"}).contains("Did you mean --version?"));
  CHECK(answer({"migrate", "deploy", "--quick"}) ==
        "refract: The option --quick of refract migrate deploy does not exist; see refract migrate deploy --help\n");
  CHECK(
      answer({"migrate", "diff", "--from-empty", "--to", "a"}).contains("The option --from-empty of refract migrate"));
  CHECK(answer({"--foo"}).contains("The option --foo of refract does not exist"));
  CHECK(answer({"migrate", "new", "--nowhere", "x"}).contains("The option --nowhere of refract migrate new"));
  CHECK(answer({"explain", "unknown-typ"}).contains("Did you mean unknown-type?"));
  CHECK(answer({"check", "-x"}) ==
        "refract: The option -x of refract check does not exist; see refract check --help\n");
  CHECK(answer({"check", "-p", "6"}).contains("The option -p of refract check does not exist. Did you mean --prisma?"));
  CHECK(answer({"check", "-format", "json"}).contains("Did you mean --format?"));
  // A URL in the wrong place shows no password.
  CHECK(!answer({"postgresql://me:s3cret@localhost/db"}).contains("s3cret"));
  CHECK(!answer({"migrate", "postgresql://me:s3cret@localhost/db"}).contains("s3cret"));
}

TEST_CASE("usage: commands of Prisma are answered with what does the same", "[cli]") {
  Project project;
  const auto answer = [&](const std::vector<std::string>& words) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    CHECK(is_one_sentence(ran.err));
    return ran.err;
  };
  CHECK(answer({"generate"})
            .starts_with("refract: The command refract generate does not exist. Prisma generates the "
                         "client: npx prisma generate."));
  CHECK(answer({"db", "pull"}) ==
        "refract: The command refract db pull does not exist. Did you mean refract migrate "
        "pull?\n");
  CHECK(answer({"db", "pull", "--print"}).contains("Did you mean refract migrate pull?"));
  CHECK(answer({"db", "push"}).contains("npx prisma db push"));
  CHECK(answer({"db", "puhs"}).contains("The command refract db does not exist. Run refract migrate pull"));
  CHECK(answer({"push"}).contains("npx prisma db push"));
  CHECK(answer({"studio"}).contains("npx prisma studio"));
  CHECK(answer({"migrate", "dev", "--name", "x"})
            .contains("The command refract migrate dev does not exist. Run refract migrate new"));
  CHECK(
      answer({"migrate", "studio"}).contains("The command refract migrate studio does not exist. It is a command of"));
  CHECK(answer({"migrate", "validate"}).contains("Did you mean refract check?"));
  CHECK(answer({"pull"}).contains("Did you mean refract migrate pull?"));
  CHECK(answer({"help", "generate"}).contains("npx prisma generate"));
}

TEST_CASE("usage: options of Prisma are answered with what to write", "[cli]") {
  Project project;
  const auto answer = [&](const std::vector<std::string>& words) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 2);
    CHECK(ran.out.empty());
    return ran.err;
  };
  CHECK(answer({"check", "--schema", "a.prisma"}) ==
        "refract: The option --schema of refract check does not exist. Pass the schema as an argument: refract check "
        "PATH.\n");
  CHECK(answer({"format", "--schema=a.prisma"}).contains("refract format PATH."));
  CHECK(answer({"migrate", "new", "--name", "x"}).contains("refract migrate new NAME."));
  CHECK(answer({"migrate", "new", "-n", "x"}).contains("refract migrate new NAME."));
  CHECK(answer({"migrate", "diff", "--from-empty", "--to-schema-datamodel", "a"}).contains("Write --from empty."));
  CHECK(
      answer({"migrate", "diff", "--to-url", "postgresql://me:s3cret@h/d", "--from", "empty"}).contains("Write --to "));
  CHECK(answer({"migrate", "deploy", "--config", "x"}).contains("prisma.config.*"));
}

TEST_CASE("usage: a misspelt value is answered with the one that was meant", "[cli]") {
  Project project;
  const auto error = [&](const std::vector<std::string>& words) {
    const Ran ran = project.refract(words);
    CHECK(ran.exit_code == 2);
    return ran.err;
  };
  CHECK(error({"check", "--format", "jsn"}) ==
        "refract: The option --format of refract check takes text, json, sarif or github, not jsn. Did you mean "
        "json?\n");
  CHECK(error({"check", "--format=Sarif"}).contains("Did you mean sarif?"));
  CHECK(error({"describe", "--format", "xml"}) ==
        "refract: The option --format of refract describe takes text or json, not xml.\n");
  CHECK(error({"migrate", "diff", "--from", "empty", "--to", "empty", "--format", "sumary"})
            .contains("Did you mean summary?"));
  CHECK(project.refract({"check", "--help"}).out.contains("{text,json,sarif,github}"));
}

}  // namespace refract::test
