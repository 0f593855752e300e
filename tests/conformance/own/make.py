#!/usr/bin/env python3
"""Asks Prisma's engines about this repository's own schemas and writes their answers as conformance cases.

  make.py ORACLE

ORACLE is a folder with oracle.mjs (a command line around Prisma's WebAssembly engines, with the job format of its
`batch`). The history cases need a PostgreSQL server, named by PGHOST, PGPORT, PGUSER; without PGHOST they are left as
they are. Inputs: the examples of docs/codes, the schema and migrations of docs/example, and the edits below.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
EXAMPLE = ROOT / "docs/example/prisma"
PROVIDERS = "cockroachdb|mongodb|mysql|sqlite|sqlserver"

# Each: the text that goes, the text that comes, in the schema of docs/example.
EDITS = {
    "add-optional-field": ("  image         String?\n", "  image         String?\n  bio           String?\n"),
    "add-required-field": ("  image         String?\n", "  image         String?\n  age           Int\n"),
    "add-default": ("  name          String?\n", '  name          String  @default("it\'s")\n'),
    "add-list": ("  image         String?\n", '  image         String?\n  tags          String[] @default(["a", "b"])\n'),
    "change-type": ("  expiresAt         Int?\n", "  expiresAt         BigInt?\n"),
    "change-native-type": ("  scope             String?\n", "  scope             String? @db.VarChar(64)\n"),
    "make-required": ("  scope             String?\n", "  scope             String\n"),
    "remove-field": ("  tokenType         String?\n", ""),
    "rename-column": ("  scope             String?\n", '  scope             String? @map("scope_text")\n'),
    "remove-index": ("\n  @@index([userId])\n}\n\n/// A browser", "\n}\n\n/// A browser"),
    "add-index": ("  expires      DateTime\n", "  expires      DateTime @unique\n"),
    "change-action": ("onDelete: Cascade)\n\n  @@unique", "onDelete: Restrict, onUpdate: NoAction)\n\n  @@unique"),
    "add-enum": (
        "  image         String?\n",
        "  image         String?\n  role          Role @default(USER)\n",
        "\nenum Role {\n  USER\n  ADMIN\n}\n",
    ),
    "add-many-to-many": (
        "  image         String?\n",
        "  image         String?\n  teams         Team[]\n",
        "\nmodel Team {\n  id    Int    @id @default(autoincrement())\n  users User[]\n}\n",
    ),
    "add-self-relation": (
        "  image         String?\n",
        '  image         String?\n  leadId        String?\n  lead          User? @relation("L", fields: [leadId], references: [id])\n'
        '  led           User[] @relation("L")\n',
    ),
    "compound-id": ("\n  @@unique([identifier, token])\n", "\n  @@id([identifier, token])\n"),
    "map-table": ("\n  @@unique([identifier, token])\n", '\n  @@unique([identifier, token])\n  @@map("tokens")\n'),
    "remove-model": (re.compile(r"/// The secret of a sign-in.*\Z", re.S), ""),
}


def edited(schema, edit):
    old, new, *end = edit
    changed = old.sub(new, schema) if isinstance(old, re.Pattern) else schema.replace(old, new, 1)
    assert changed != schema, edit
    return changed + "".join(end)


def examples():
    """(name, kind, provider, schema) for each example of docs/codes."""
    for page in sorted((ROOT / "docs/codes").glob("*.md")):
        text = page.read_text()
        provider = "postgresql"
        for kind, condition, schema in re.findall(r"^(Wrong|Right)([^\n]*):\n\n```prisma\n(.*?)^```", text, re.S | re.M):
            found = re.search(PROVIDERS, condition)
            if found:
                provider = found.group(0)
            yield page.stem, kind.lower(), provider, schema


def with_datasource(schema, provider):
    if re.search(r"^datasource\b", schema, re.M):
        return schema
    return f'datasource db {{\n  provider = "{provider}"\n}}\n\n{schema}'


def ask(oracle, jobs):
    lines = "\n".join(json.dumps(job) for job in jobs) + "\n"
    done = subprocess.run(["node", "oracle.mjs", "batch", "-"], cwd=oracle, input=lines, capture_output=True, text=True, check=True)
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def write(kind, cases):
    folder = HERE / kind
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n" for case in cases)
    (folder / "own.jsonl" if kind != "history/example" else folder / "cases.jsonl").write_text(text)
    print(f"{kind}: {len(cases)} cases")


def fixed_datasource(schema, version):
    """Prisma 5 and 6 insist on `url`, 7 rejects it."""
    schema = re.sub(r'^  url\s*=.*\n', "", schema, flags=re.M)
    if version != 7:
        schema = re.sub(r'^(  provider = "(?:postgresql|' + PROVIDERS + r')"\n)', r'\1  url      = env("DATABASE_URL")\n', schema, count=1, flags=re.M)
    return schema


def severity_and_span(diagnostic, schema):
    # The engine counts bytes; a case counts UTF-16 units.
    units = lambda offset: len(schema.encode()[:offset].decode(errors="replace").encode("utf-16-le")) // 2
    return ["warning" if diagnostic["is_warning"] else "error", units(diagnostic["start"]), units(diagnostic["end"])]


def main(oracle):
    version_of = lambda place: (5, 6, 7)[place % 3]
    lint, form = [], []
    for place, (name, kind, provider, schema) in enumerate(examples()):
        version = version_of(place)
        schema = fixed_datasource(with_datasource(schema, provider), version)
        lint.append({"id": f"{name}-{kind}-v{version}", "cmd": "lint", "prisma": version, "schema": schema})
        scrambled = re.sub(r"^  (\w+) +", r" \1  ", schema, flags=re.M)
        if kind == "right" and (place // 2) % 4 == 0:
            form.append({"id": f"{name}-v{version}", "cmd": "format", "prisma": version, "schema": scrambled})
    answers = ask(oracle, lint)
    cases = []
    for job in lint:
        expect = sorted((severity_and_span(one, job["schema"]) for one in answers[job["id"]]["result"]), key=lambda e: (e[1], e[2], e[0]))
        topics = [job["id"].rsplit("-", 2)[0]] * len(expect)
        cases.append({"id": job["id"], "prisma": job["prisma"], "schema": job["schema"], "expect": expect, "topics": topics})
    write("lint", cases)
    answers = ask(oracle, form)
    write("format", [{"id": j["id"], "prisma": j["prisma"], "schema": j["schema"], "expect": answers[j["id"]]["result"]} for j in form])

    example = (EXAMPLE / "schema.prisma").read_text()
    diff = [{"id": "create-v7", "cmd": "diff", "prisma": 7, "from": None, "to": fixed_datasource(example, 7)}]
    for place, (name, edit) in enumerate(EDITS.items()):
        version = (6, 7)[place % 2]
        before, after = fixed_datasource(example, version), fixed_datasource(edited(example, edit), version)
        diff.append({"id": f"{name}-v{version}", "cmd": "diff", "prisma": version, "from": before, "to": after})
        diff.append({"id": f"{name}-back-v{version}", "cmd": "diff", "prisma": version, "from": after, "to": before})
    answers = ask(oracle, diff)
    write("diff", [{"id": j["id"], "prisma": j["prisma"], "from": j["from"], "to": j["to"], "sql": answers[j["id"]]["result"]} for j in diff])

    if "PGHOST" not in os.environ:
        print("history: left as it is, PGHOST is not set")
        return
    history = [{"id": "head-v6", "kind": "head", "schema": example}]
    history += [{"id": f"edit-{name}-v6", "kind": "edit", "schema": edited(example, edit)} for name, edit in EDITS.items()]
    jobs = [{"id": j["id"], "cmd": "history", "prisma": 6, "dir": str(EXAMPLE / "migrations"), "schema": j["schema"]} for j in history]
    answers = ask(oracle, jobs)
    write("history/example", [{"id": j["id"], "kind": j["kind"], "prisma": 6, "migrations": "all", "schema": j["schema"], "sql": answers[j["id"]]["result"]} for j in history])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
