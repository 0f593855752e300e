#include "operations/hostile_database.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <random>
#include <string_view>

#include "catalog/expression/expression.h"

namespace refract::test {
namespace {

using catalog::quote_literal;
using catalog::quote_name;

constexpr std::array<std::string_view, 74> kNames = {"String",
                                                     "Int",
                                                     "model",
                                                     "enum",
                                                     "type",
                                                     "async",
                                                     "await",
                                                     "class",
                                                     "id",
                                                     "ID",
                                                     "Id",
                                                     "a b",
                                                     "a-b",
                                                     "a_b",
                                                     "A_B",
                                                     "1a",
                                                     "2a",
                                                     "a",
                                                     "_a",
                                                     "__",
                                                     "_",
                                                     "$",
                                                     "$1",
                                                     "имя",
                                                     "имя2",
                                                     "名前",
                                                     "e\u0301",
                                                     "quo\"te",
                                                     "apo'strophe",
                                                     "back\\slash",
                                                     "new\nline",
                                                     "tab\tbed",
                                                     "😀",
                                                     "null",
                                                     "true",
                                                     "this",
                                                     "PrismaClient",
                                                     "Prisma",
                                                     "select",
                                                     "Select",
                                                     "user",
                                                     "User",
                                                     "USER",
                                                     "users",
                                                     "with.dot",
                                                     "with,comma",
                                                     "(paren)",
                                                     "@at",
                                                     "@@map",
                                                     "/*c*/",
                                                     "--c",
                                                     "//c",
                                                     "/// d",
                                                     "{",
                                                     "}",
                                                     "%s",
                                                     "{}",
                                                     " lead",
                                                     "trail ",
                                                     "_prisma_x",
                                                     "A",
                                                     "B",
                                                     "_AToB",
                                                     "123",
                                                     "0",
                                                     "fields",
                                                     "references",
                                                     "view",
                                                     "datasource",
                                                     "Unsupported",
                                                     "public_a_b",
                                                     "value",
                                                     "column_1",
                                                     "a_name_that_is_as_long_as_PostgreSQL_lets_a_name_be_in_bytes_63"};

struct Kind {
  std::string_view type;
  std::string_view values;  // SQL of defaults, between bars
  bool listed = true;
};

constexpr std::array kKinds = {
    Kind{"smallint", "1|-2|'3'|random()*3"},
    Kind{"integer", "1|-1|0|3000000000|1+1|'7'::text::integer|length('abc')|NULL"},
    Kind{"bigint", "9223372036854775807|-9223372036854775808|0|1::integer"},
    Kind{"real", "'Infinity'|'NaN'|1.5|1e20|-0.0|.5"},
    Kind{"double precision", "'-Infinity'|'NaN'|1e300|1e-300|-1.50|pi()|1"},
    Kind{"numeric", "'NaN'|1e50|0.10|-5|123456789012345678901234567890.5"},
    Kind{"numeric(10,2)", "1.50|'7'|0"},
    Kind{"numeric(65,30)", "1|0.5"},
    Kind{"numeric(5)", "1"},
    Kind{"numeric(3,-1)", "10"},
    Kind{"money", "1.5|'$3.20'|0"},
    Kind{"text",
         "''|'it''s'|E'a\\\\b'|E'new\\nline'|E'tab\\t'|E'\\x01'|'\"quoted\"'|'имя "
         "😀'|'a'||'b'|upper('x')|NULL|'NULL'|'null'|"
         "'{a}'|current_user|'a' COLLATE \"C\"|'${x}'|'now()'|repeat('x', 3)"},
    Kind{"varchar", "'a'|'b'::text"},
    Kind{"varchar(40)", "'a'|'with space'|''"},
    Kind{"char(4)", "'ab'|'x'"},
    Kind{"\"char\"", "'x'"},
    Kind{"name", "'n'"},
    Kind{"bytea", "'\\x'|'\\x0102'|'abc'::bytea|E'\\\\001'|decode('ff','hex')"},
    Kind{"boolean", "true|false|'yes'|NOT true|NULL"},
    Kind{"date", "CURRENT_DATE|'2020-01-02'|now()|'infinity'|NULL"},
    Kind{"time", "CURRENT_TIME|'10:00'|LOCALTIME"},
    Kind{"time(3)", "'10:00:00.123'"},
    Kind{"timetz", "CURRENT_TIME|'10:00+02'"},
    Kind{"timestamp", "now()|CURRENT_TIMESTAMP|'2020-01-01 10:00'|LOCALTIMESTAMP|'infinity'|now() + interval '1 day'"},
    Kind{"timestamp(0)", "now()|CURRENT_TIMESTAMP(0)"},
    Kind{"timestamp(3)", "CURRENT_TIMESTAMP|'epoch'"},
    Kind{"timestamptz", "now()|clock_timestamp()|'2020-01-01 10:00+02'|'-infinity'"},
    Kind{"timestamptz(6)", "CURRENT_TIMESTAMP|statement_timestamp()"},
    Kind{"interval", "'1 day'|interval '24 hours'|'1 mon'"},
    Kind{"interval(3)", "'1 day'"},
    Kind{"interval day to second", "'1 day'"},
    Kind{"uuid", "gen_random_uuid()|'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"},
    Kind{"json", "'{}'|'{ \"a\": 1 }'|'null'|NULL|json_build_object()"},
    Kind{"jsonb", "'{}'|'{ \"a\": [1, null] }'|'\"x\"'|'1'|to_jsonb(1)"},
    Kind{"xml", "'<a/>'"},
    Kind{"inet", "'127.0.0.1'|'10.0.0.0/8'|inet_client_addr()"},
    Kind{"cidr", "'10.0.0.0/8'"},
    Kind{"macaddr", "'08:00:2b:01:02:03'"},
    Kind{"bit(3)", "B'101'|'111'"},
    Kind{"bit", "B'1'"},
    Kind{"varbit", "B'10'|''"},
    Kind{"varbit(5)", "B'10101'"},
    Kind{"point", "'(1,2)'|point(1,2)"},
    Kind{"box", "'(1,2),(0,0)'"},
    Kind{"path", "'((1,2),(0,0))'"},
    Kind{"tsvector", "''|to_tsvector('english', 'a')"},
    Kind{"tsquery", "'a & b'"},
    Kind{"int4range", "'[1,2)'|int4range(1,3)|'empty'"},
    Kind{"tstzrange", "tstzrange(now(), NULL)"},
    Kind{"int4multirange", "'{}'"},
    Kind{"oid", "1|0"},
    Kind{"regclass", "'pg_class'"},
    Kind{"pg_lsn", "'0/0'"},
    Kind{"xid", "'1'"},
    Kind{"citext", "'Ab'|NULL"},
    Kind{"hstore", "'a=>1'"},
    Kind{"base_domain", "1|-1"},
    Kind{"text_domain", "'t'|lower('T')"},
    Kind{"domain_of_domain", "'d'"},
    Kind{"list_domain", "'{1}'", false},
    Kind{"\"Pair of\"", "ROW(1,'a')|'(1,a)'"},
    Kind{"float_range", "'[1,2)'"},
    Kind{"serial", "", false},
    Kind{"bigserial", "", false},
    Kind{"smallserial", "", false},
    Kind{"integer GENERATED ALWAYS AS IDENTITY", "", false},
    Kind{"bigint GENERATED BY DEFAULT AS IDENTITY", "", false},
};

constexpr std::array<std::string_view, 9> kPrelude = {
    "CREATE EXTENSION IF NOT EXISTS citext",
    "CREATE EXTENSION IF NOT EXISTS hstore",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE DOMAIN base_domain AS integer NOT NULL DEFAULT 5 CHECK (VALUE > -10)",
    "CREATE DOMAIN text_domain AS text",
    "CREATE DOMAIN domain_of_domain AS text_domain CHECK (VALUE <> '')",
    "CREATE DOMAIN list_domain AS integer[]",
    "CREATE TYPE \"Pair of\" AS (a integer, \"b c\" text)",
    "CREATE TYPE float_range AS RANGE (subtype = float8)",
};

struct Column {
  std::string name;
  std::string type;
};

struct Table {
  std::string name;  // qualified and quoted
  std::string bare;
  std::string schema;
  std::vector<Column> columns;
  std::vector<std::string> key;
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  HostileDatabase run() && {
    made_.prelude.assign(kPrelude.begin(), kPrelude.end());
    made_.partial_indexes = chance(30);
    schemas_ = {"public"};
    if (chance(40)) {
      made_.schemas = {"public", pick<std::string_view>({"auth", "Other One", "über", "select"})};
      schemas_.push_back(made_.schemas.back());
      add("CREATE SCHEMA {}", quote_name(schemas_.back()));
    }
    add("CREATE SCHEMA unmanaged");
    add("CREATE TABLE unmanaged.t (id integer PRIMARY KEY)");
    add("CREATE SEQUENCE shared_seq");
    for (std::size_t count = below(4); count > 0; --count) enumeration();
    for (std::size_t count = 1 + below(5); count > 0; --count) table();
    for (std::size_t count = below(7); count > 0; --count) foreign_key();
    for (std::size_t count = below(3); count > 0; --count) join_table();
    for (std::size_t count = below(8); count > 0; --count) index();
    for (std::size_t count = below(7); count > 0; --count) object();
    return std::move(made_);
  }

 private:
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  std::string pick(std::initializer_list<T> of) {
    return std::string(*(of.begin() + below(of.size())));
  }
  std::string name() {
    if (chance(25)) return fmt::format("plain_{}", below(30));
    return std::string(kNames[below(kNames.size())]);
  }
  const std::string& schema() { return schemas_[below(schemas_.size())]; }
  template <class... Args>
  void add(fmt::format_string<Args...> text, Args&&... args) {
    made_.statements.push_back(fmt::format(text, std::forward<Args>(args)...));
  }
  std::string qualified(const std::string& schema, const std::string& bare) {
    return quote_name(schema) + "." + quote_name(bare);
  }

  void enumeration() {
    const std::string full = qualified(schema(), name());
    std::vector<std::string> values;
    for (std::size_t count = chance(8) ? 0 : 1 + below(6); count > 0; --count) {
      values.push_back(quote_literal(chance(5) ? "" : name()));
    }
    add("CREATE TYPE {} AS ENUM ({})", full, fmt::join(values, ", "));
    if (!values.empty()) enums_.push_back({full, values.front()});
  }

  // A column's definition and its type.
  std::string column(Column& made) {
    std::string text;
    std::string type;
    std::string values;
    bool listed = true;
    if (!enums_.empty() && chance(15)) {
      const auto& [enumeration, value] = enums_[below(enums_.size())];
      type = enumeration;
      values = value;
    } else {
      const Kind& kind = kKinds[below(kKinds.size())];
      type = kind.type;
      values = kind.values;
      listed = kind.listed;
    }
    made.type = type;
    if (listed && chance(15)) {
      made.type += "[]";
      if (chance(50)) return made.type + list_default(type, values) + (chance(50) ? " NOT NULL" : "");
      return made.type + (chance(50) ? " NOT NULL" : "");
    }
    text = made.type;
    if (made.type == "text" && chance(10)) text += " COLLATE \"C\"";
    if (!values.empty() && chance(55)) text += fmt::format(" DEFAULT ({})", one_of(values));
    if (chance(45)) text += " NOT NULL";
    if (chance(6)) text += " UNIQUE";
    return text;
  }

  std::string one_of(std::string_view values) {
    std::vector<std::string> all;
    // "||" is an operator.
    std::string current;
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (values[at] != '|') {
        current += values[at];
      } else if (values.substr(at + 1).starts_with('|')) {
        current += "||";
        ++at;
      } else {
        all.push_back(std::move(current));
        current.clear();
      }
    }
    all.push_back(std::move(current));
    return all[below(all.size())];
  }

  std::string list_default(const std::string& type, const std::string& values) {
    switch (below(6)) {
      case 0:
        return " DEFAULT '{}'";
      case 1:
        return fmt::format(" DEFAULT ARRAY[NULL]::{}[]", type);
      case 2:
        return " DEFAULT NULL";
      case 3:
        return " DEFAULT '{1,2}'";
      case 4:
        return fmt::format(" DEFAULT ARRAY[({}), ({})]::{}[]", one_of(values), one_of(values), type);
      default:
        return " DEFAULT '{{1,2},{3,4}}'";
    }
  }

  void table() {
    Table made;
    made.schema = schema();
    made.bare = name();
    made.name = qualified(made.schema, made.bare);
    if (chance(4)) {
      add("CREATE TABLE {} ()", made.name);
      return;
    }
    std::vector<std::string> parts;
    const int shape = static_cast<int>(below(100));
    if (shape < 70) {
      Column key{name(), pick<std::string_view>({"integer", "bigint", "text", "uuid", "varchar(20)"})};
      const std::string type = chance(20) && key.type != "text" ? "serial" : key.type;
      parts.push_back(fmt::format("{} {} {}", quote_name(key.name), type,
                                  chance(80) ? "PRIMARY KEY" : "CONSTRAINT " + quote_name(name()) + " PRIMARY KEY"));
      if (type == "serial") key.type = "integer";
      made.key = {key.name};
      made.columns.push_back(std::move(key));
    }
    for (std::size_t count = 1 + below(7); count > 0; --count) {
      Column next{name(), ""};
      const std::string text = column(next);
      bool again = false;
      for (const Column& other : made.columns) again = again || other.name == next.name;
      if (again) continue;
      parts.push_back(quote_name(next.name) + " " + text);
      made.columns.push_back(std::move(next));
    }
    if (shape >= 70 && shape < 88 && made.columns.size() > 1) {
      made.key = {made.columns[0].name, made.columns[1].name};
      parts.push_back(fmt::format("PRIMARY KEY ({}, {})", quote_name(made.key[0]), quote_name(made.key[1])));
    }
    if (chance(15)) parts.push_back(generated(made));
    if (chance(10)) parts.push_back(fmt::format("CHECK ({} IS NOT NULL)", quote_name(made.columns.front().name)));
    if (chance(5)) parts.push_back(fmt::format("EXCLUDE ({} WITH =)", quote_name(made.columns.front().name)));
    std::string rest;
    if (chance(6)) {
      rest = fmt::format(" PARTITION BY HASH ({})", quote_name(made.columns.front().name));
    } else if (chance(5) && !tables_.empty()) {
      rest = fmt::format(" INHERITS ({})", tables_[below(tables_.size())].name);
    }
    add("CREATE {}TABLE {} ({}){}", chance(3) ? "UNLOGGED " : "", made.name, fmt::join(parts, ", "), rest);
    if (rest.starts_with(" PARTITION")) {
      add("CREATE TABLE {} PARTITION OF {} FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
          qualified(made.schema, name() + "_p"), made.name);
    }
    tables_.push_back(std::move(made));
  }

  std::string generated(const Table& table) {
    const Column& from = table.columns[below(table.columns.size())];
    const std::string of = quote_name(from.name);
    const std::string text = pick<std::string>({"lower(" + of + "::text)", of + " IS NULL", "1 + 1", of});
    const std::string type = text == of              ? from.type
                             : text == "1 + 1"       ? "integer"
                             : text.starts_with('l') ? "text"
                                                     : "boolean";
    return fmt::format("{} {} GENERATED ALWAYS AS ({}) STORED{}", quote_name(name() + "_g"), type, text,
                       chance(50) ? " NOT NULL" : "");
  }

  const Table* some_table() { return tables_.empty() ? nullptr : &tables_[below(tables_.size())]; }

  void foreign_key() {
    const Table* from = some_table();
    const Table* to = some_table();
    if (!from || to->key.empty()) return;
    std::vector<std::string> columns, referenced;
    for (const std::string& key : to->key) {
      std::string type;
      for (const Column& column : to->columns) {
        if (column.name == key) type = column.type;
      }
      std::string own = name();
      if (chance(25)) {
        // A column that is there already, of the same type with some luck.
        own = from->columns[below(from->columns.size())].name;
      } else {
        add("ALTER TABLE {} ADD COLUMN {} {}{}", from->name, quote_name(own), type, chance(30) ? " NOT NULL" : "");
        if (chance(15)) add("CREATE UNIQUE INDEX ON {} ({})", from->name, quote_name(own));
      }
      columns.push_back(quote_name(own));
      referenced.push_back(quote_name(key));
    }
    const auto action = [&] {
      return pick<std::string_view>({"", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"});
    };
    std::string rest;
    if (const std::string one = action(); !one.empty()) rest += " ON DELETE " + one;
    if (const std::string one = action(); !one.empty()) rest += " ON UPDATE " + one;
    if (chance(8)) rest += " DEFERRABLE INITIALLY DEFERRED";
    if (chance(8)) rest += " NOT VALID";
    const std::string named = chance(30) ? "CONSTRAINT " + quote_name(name()) + " " : "";
    const std::string key = fmt::format("FOREIGN KEY ({}) REFERENCES {} ({}){}", fmt::join(columns, ", "), to->name,
                                        fmt::join(referenced, ", "), rest);
    add("ALTER TABLE {} ADD {}{}", from->name, named, key);
    if (chance(8)) add("ALTER TABLE {} ADD {}", from->name, key);
    if (chance(8)) {
      add("ALTER TABLE {} ADD COLUMN {} integer REFERENCES unmanaged.t (id)", from->name, quote_name(name()));
    }
  }

  void join_table() {
    const Table* a = some_table();
    const Table* b = some_table();
    if (!a || a->key.size() != 1 || b->key.size() != 1) return;
    const auto type = [](const Table& table) {
      for (const Column& column : table.columns) {
        if (column.name == table.key.front()) return column.type;
      }
      return std::string();
    };
    const std::string bare = chance(60) ? "_" + a->bare + "To" + b->bare : "_" + name();
    const std::string full = qualified(a->schema, bare);
    add("CREATE TABLE {} (\"A\" {} NOT NULL REFERENCES {} ON DELETE CASCADE ON UPDATE CASCADE, \"B\" {} {} REFERENCES "
        "{} ON "
        "DELETE {} ON UPDATE CASCADE{})",
        full, type(*a), a->name, type(*b), chance(90) ? "NOT NULL" : "", b->name, chance(90) ? "CASCADE" : "RESTRICT",
        chance(15) ? ", extra text" : "");
    if (chance(50)) {
      add("CREATE UNIQUE INDEX ON {} (\"A\", \"B\")", full);
    } else {
      add("ALTER TABLE {} ADD PRIMARY KEY (\"A\", \"B\")", full);
    }
    if (chance(90)) add("CREATE INDEX ON {} (\"B\")", full);
  }

  void index() {
    const Table* table = some_table();
    if (!table || table->columns.empty()) return;
    std::vector<std::string> parts;
    for (std::size_t count = 1 + below(3); count > 0; --count) {
      const Column& column = table->columns[below(table->columns.size())];
      std::string part = quote_name(column.name);
      if (chance(8)) part = fmt::format("(coalesce({}::text, ''))", part);
      if (chance(6) && column.type == "text") part += " COLLATE \"C\"";
      if (chance(10) && column.type == "text") part += " text_pattern_ops";
      if (chance(15)) part += " DESC";
      if (chance(6)) part += pick<std::string_view>({" NULLS FIRST", " NULLS LAST"});
      parts.push_back(std::move(part));
    }
    std::string method;
    if (chance(30)) {
      const Column& column = table->columns[below(table->columns.size())];
      method = pick<std::string_view>({"hash", "gin", "gist", "spgist", "brin"});
      parts = {quote_name(column.name)};
      if (method == "gin" && column.type == "jsonb" && chance(50)) parts[0] += " jsonb_path_ops";
      if (method == "gin" && column.type == "text") parts[0] += " gin_trgm_ops";
      if (method == "gist" && column.type == "inet") parts[0] += " inet_ops";
      method = " USING " + method;
    }
    std::string rest;
    if (chance(6)) rest += fmt::format(" INCLUDE ({})", quote_name(table->columns.front().name));
    if (chance(4)) rest += " NULLS NOT DISTINCT";
    if (chance(5)) rest += " WITH (fillfactor = 70)";
    if (chance(12)) rest += fmt::format(" WHERE {} IS NOT NULL", quote_name(table->columns.back().name));
    if (chance(10)) {
      add("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE ({}){}", table->name, quote_name(name() + "_u"),
          quote_name(table->columns.back().name), chance(30) ? " DEFERRABLE" : "");
      return;
    }
    add("CREATE {}INDEX {} ON {}{} ({}){}", chance(30) ? "UNIQUE " : "", chance(40) ? quote_name(name() + "_i") : "",
        table->name, method, fmt::join(parts, ", "), rest);
  }

  // What no schema describes.
  void object() {
    const Table* table = some_table();
    if (!table) return;
    const std::string& of = table->name;
    const std::string own = quote_name(name() + fmt::format("_{}", below(1000)));
    switch (below(11)) {
      case 0:
        return add("CREATE VIEW {} AS SELECT * FROM {}", qualified(schema(), name() + "_v"), of);
      case 1:
        return add("CREATE MATERIALIZED VIEW {} AS SELECT * FROM {}", own, of);
      case 2:
        add("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", own);
        return add("CREATE TRIGGER {} BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION {}()", own, of, own);
      case 3:
        add("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", of);
        return add("CREATE POLICY {} ON {} USING (true)", own, of);
      case 4:
        return add("COMMENT ON TABLE {} IS {}", of, quote_literal(name()));
      case 5:
        return add("CREATE RULE {} AS ON DELETE TO {} DO ALSO SELECT 1", own, of);
      case 6:
        return add("CREATE STATISTICS {} ON {}, {} FROM {}", own, quote_name(table->columns.front().name),
                   quote_name(table->columns.back().name), of);
      case 7:
        return add("CREATE TABLE {} () INHERITS ({})", own, of);
      case 8:
        return add("ALTER TABLE {} ADD COLUMN {} integer DEFAULT nextval('shared_seq')", of, own);
      case 9:
        return add("ALTER TABLE {} ADD CONSTRAINT {} CHECK (true) NOT VALID", of, own);
      default:
        return add("ALTER TABLE {} DROP COLUMN {}", of, quote_name(table->columns.back().name));
    }
  }

  std::mt19937_64 random_;
  HostileDatabase made_;
  std::vector<std::string> schemas_;
  std::vector<std::pair<std::string, std::string>> enums_;  // with a value of it as a literal
  std::vector<Table> tables_;
};

}  // namespace

HostileDatabase hostile_database(std::uint64_t seed) {
  return Generator(seed).run();
}

}  // namespace refract::test
