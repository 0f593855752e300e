// Why we do not offer a label that Prisma offers, one reason per row. Prisma's server looks only at the words before the
// cursor and so offers labels at positions where they are not allowed.

const attributes = (label) => label.startsWith("@");

// The text between the innermost open bracket and the cursor, by the kind of bracket; strings left out.
function open(before) {
  const bare = before.replace(/"(?:\\.|[^"\\])*"/g, (text) => "s".repeat(text.length));
  const stack = [];
  for (const [at, character] of [...bare].entries()) {
    if ("([".includes(character)) stack.push({ character, at });
    if (")]".includes(character)) stack.pop();
  }
  const last = stack.at(-1);
  return last ? { bracket: last.character, text: bare.slice(last.at + 1), head: bare.slice(0, last.at) } : undefined;
}

const actions = new Set(["Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"]);
const scalars = new Set(["String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"]);

const names = (lines) => new Set(lines.map((line) => /^(?:model|view) (\w+)/.exec(line)?.[1]).filter(Boolean));

// Whether any model has a relation field of this name: lists of key fields may contain only scalar fields.
function isRelationField(label, lines) {
  const models = names(lines);
  return lines.some((line) => {
    const [, name, type] = /^\s+(\w+)\s+(\w+)/.exec(line) ?? [];
    return name === label && models.has(type);
  });
}

const reasons = [
  ["inside a comment nothing is part of the schema", ({ before }) => /(^|[^:])\/\//.test(before.replace(/"[^"]*"/g, ""))],
  ["`@relation` belongs to a field whose type is a model, and this one's is not",
    ({ label, line, lines }) => label === "@relation" && !names(lines).has(/^\s*\w+\s+(\w+)/.exec(line)?.[1])],
  ["of these attributes a relation field takes none: it has no column",
    ({ label, line, lines }) => ["@db", "@unique", "@map", "@default", "@id", "@updatedAt"].includes(label) &&
      names(lines).has(/^\s*\w+\s+(\w+)/.exec(line)?.[1])],
  ["a relation field is no column, so it stands in no list of a key, an index or a relation",
    ({ label, before, lines }) => open(before)?.bracket === "[" && isRelationField(label, lines)],
  ["a list names the fields of the model around, or of the one referenced; these are the other's",
    ({ before }) => open(before)?.bracket === "[" && /references:\s*$/.test(open(before).head)],
  ["a field that the list names already",
    ({ label, before, line }) => open(before)?.bracket === "[" && new RegExp(`\\b${label}\\b`).test(line)],
  ["behind `name:` stands that argument's value, and no further argument",
    ({ before }) => open(before)?.bracket === "(" && /:\s*\w*$/.test(open(before).text)],
  ["behind a value comes `,` or `)`, and only then the next argument",
    ({ before }) => open(before)?.bracket === "(" && /[\])s\w]\s*$/.test(open(before).text) && !/^\w*$/.test(open(before).text)],
  ["the argument is given already",
    ({ label, before, line }) => open(before)?.bracket === "(" && new RegExp(`\\b${label}:`).test(line)],
  ["the fields are given already, first and without their name",
    ({ label, before, line }) => label === "fields" && open(before)?.bracket === "(" &&
      /^\s*\[/.test(line.slice(open(before).head.length + 1))],
  ["only MySQL and MongoDB have `@@fulltext`", ({ before }) => /^\s*@@fulltext/.test(before)],
  ["a header's name is free, and its keyword is no field", ({ before }) => /^(model|view|type|enum) [^{]*$/.test(before)],
  ["a schema has one datasource, and this one has it",
    ({ label, lines }) => label === "datasource" && lines.some((line) => line.startsWith("datasource "))],
  ["a referential action stands behind `onDelete:` or `onUpdate:`, and nowhere else",
    ({ label, before }) => actions.has(label) && !/on(Delete|Update):\s*\w*$/.test(before)],
  ["behind `@db.` stands a native type", ({ before }) => /@\w+\.\w*$/.test(before)],
  ["only a scalar type has native types",
    ({ label, line }) => label === "@db" && !scalars.has(/^\s*\w+\s+(\w+)/.exec(line)?.[1])],
  ["inside the quotes of `@map` a name is free", ({ before }) => /map\("[^"]*$/.test(before)],
  ["a property's value is typed there, no property",
    ({ label, before, line }) => !attributes(label) && /^\s*\w+ *= */.test(line) && /=/.test(before)],
  ["behind a whole type come white space and attributes",
    ({ label, before }) => !attributes(label) && /^\s*\w+\s+\w+(\[\]|\?)$/.test(before)],
  ["the next attribute begins behind white space", ({ label, before }) => attributes(label) && before.endsWith(")")],
  ["a field's name stands or is typed there",
    ({ label, before, line }) => label.startsWith("@@") && (/^\s*\w+$/.test(before) || /^\s*$/.test(before)) && line.trim() !== ""],
  ["with `?` or `[]` a type is offered once it is typed", ({ label }) => /[?]$/.test(label)],
  ["`@ignore` says nothing new on a field of an ignored model or an unsupported type",
    ({ label, line }) => label === "@ignore" && /Unsupported/.test(line)],
  ["an attribute that the line has already",
    ({ label, line }) => attributes(label) && new RegExp(`(^|\\s)${label}\\b`).test(line)],
  ["inside a function's parentheses stands its argument, and no other function",
    ({ before }) => open(before)?.bracket === "(" && /\(\w+$/.test(open(before).head)],
  ["a list is no column that a relation's `fields` could hold",
    ({ label, before, lines }) => /fields:\s*$/.test(open(before)?.head ?? "") &&
      lines.some((line) => new RegExp(`^\\s+${label}\\s+\\w+\\[\\]`).test(line))],
  ["between the two at signs of an attribute stands nothing",
    ({ before, line }) => /^\s*@$/.test(before) && line.startsWith("@", before.length)],
  ["where attributes begin, a type does not stand any more",
    ({ label, before }) => !attributes(label) && /^\s*\w+\s+\w+[?\[\]]*\s+\S*$/.test(before)],
  ["nothing but `?`, `[]` or white space stands directly behind a type's name",
    ({ label, before }) => attributes(label) && /^\s*\w+\s+\w+$/.test(before)],
];

export function explanation(missing) {
  return reasons.find(([, holds]) => holds(missing))?.[0];
}
