-- Uses the plug-in on the example project, from a mistake in the schema to a written migration.
package.path = vim.env.REFRACT_TEST .. "/?.lua;" .. package.path
local t = require("harness")
local expect, request, step, until_true = t.expect, t.request, t.step, t.until_true

local project = vim.env.REFRACT_EXAMPLE
local migrations = project .. "/prisma/migrations"
local untouched -- the lines of the schema before a step that changes many of them

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function no_diagnostics()
  return #diagnostics() == 0
end

local function labels(items)
  return vim.tbl_map(function(item)
    return vim.trim(item.label)
  end, items.items or items)
end

local function lines_of(locations)
  local lines = {}
  for _, location in ipairs(vim.tbl_islist(locations) and locations or { locations }) do
    local range = location.range or location.targetSelectionRange
    table.insert(lines, vim.fn.getline(range.start.line + 1))
  end
  return lines
end

local function any(list, pattern)
  for _, value in ipairs(list) do
    if value:find(pattern) then
      return value
    end
  end
  return nil
end

local function preview_text()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(buffer):find("^refract%-preview:") then
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
    end
  end
  return ""
end

t.first_step("a schema has file type prisma and a server", function()
  vim.cmd("edit " .. project .. "/prisma/schema.prisma")
  expect(vim.bo.filetype == "prisma", "the file type is wrong", vim.bo.filetype)
  local client = until_true("the client", function()
    local found = require("refract").client(0)
    return found and found.initialized and found
  end)
  expect(client.config.root_dir == project, "the root is wrong", client.config.root_dir)
end)

step("block comments are coloured as comments, and what follows them is not", function()
  vim.cmd("new")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, {
    "/*", "model Old {", "}", "*/", "model A {", "  id Int /* key */ @id", "  /* a", "   * b } */", "  b Int", "}",
  })
  vim.bo.filetype = "prisma"
  local function group(line, column)
    return vim.fn.synIDattr(vim.fn.synID(line, column, 1), "name")
  end
  for _, place in ipairs({ { 1, 1 }, { 2, 1 }, { 4, 1 }, { 6, 13 }, { 7, 5 }, { 8, 8 } }) do
    expect(group(place[1], place[2]) == "prismaComment", "not a comment at " .. place[1] .. ":" .. place[2], group(place[1], place[2]))
  end
  expect(group(5, 1) == "prismaKeyword", "the model after a comment", group(5, 1))
  expect(group(6, 21) == "prismaAttribute", "the attribute after a comment", group(6, 21))
  expect(group(9, 3) == "prismaField", "the field after a comment", group(9, 3))
  vim.cmd("bwipeout!")
  vim.cmd("new")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, {
    "/* a */ model A {", "  /* b */ id Int @id", "  s /* c */ String", "}", "/*", "*/ enum E {", "  /* d */ V", "}",
  })
  vim.bo.filetype = "prisma"
  for _, place in ipairs({
    { 1, 9, "prismaKeyword" }, { 1, 15, "prismaName" }, { 2, 11, "prismaField" }, { 2, 14, "prismaScalar" },
    { 2, 18, "prismaAttribute" }, { 6, 4, "prismaKeyword" }, { 7, 11, "prismaEnumValue" },
  }) do
    expect(group(place[1], place[2]) == place[3], "after a comment at " .. place[1] .. ":" .. place[2], group(place[1], place[2]))
  end
  expect(group(3, 13) ~= "prismaField", "a type after a comment", group(3, 13))
  vim.cmd("bwipeout!")
end)

step("document symbols contain every block", function()
  local names = vim.tbl_map(function(symbol)
    return symbol.name
  end, request("textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params() }))
  for _, name in ipairs({ "client", "db", "User", "Account", "Session", "VerificationToken" }) do
    expect(vim.tbl_contains(names, name), name .. " is missing", names)
  end
  vim.wait(300, function()
    return not no_diagnostics()
  end)
  expect(no_diagnostics(), "a correct schema has diagnostics", diagnostics())
end)

step("a mistake that is typed becomes a diagnostic", function()
  t.cursor_on("image")
  vim.cmd("normal! o  bio Strng?")
  until_true("a diagnostic", function()
    return #diagnostics() > 0
  end)
  local found = diagnostics()[1]
  expect(#diagnostics() == 1, "one mistake, one diagnostic", diagnostics())
  expect(found.message:find("Strng", 1, true), "the message does not name the type", found.message)
  local line = vim.fn.getline(found.lnum + 1)
  expect(line:sub(found.col + 1, found.end_col) == "Strng", "the range is not the type", found)
end)

step("the quick fix corrects it", function()
  t.cursor_on("Strng")
  local parameters = vim.lsp.util.make_range_params(0, "utf-16")
  parameters.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
  local actions = request("textDocument/codeAction", parameters)
  local fix
  for _, action in ipairs(actions) do
    if action.kind == "quickfix" and action.title:find("String", 1, true) then
      fix = action
    end
  end
  expect(fix, "no fix to String is offered", actions)
  local edit = fix.edit or request("codeAction/resolve", fix).edit
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  expect(t.text():find("bio%s+String%?"), "the line is not fixed", vim.fn.getline("."))
  until_true("no diagnostic", no_diagnostics, diagnostics)
end)

step("completion: types, then attributes", function()
  vim.cmd("normal! o  role S")
  local types = labels(request("textDocument/completion", t.here()))
  expect(any(types, "^String$"), "String is not offered", types)
  expect(any(types, "^Session$"), "the model Session is not offered", types)
  vim.cmd("normal! ccrole String @")
  local attributes = labels(request("textDocument/completion", t.here()))
  expect(any(attributes, "default"), "@default is not offered", attributes)
  vim.cmd("normal! dd")
end)

step("hover describes the declaration", function()
  t.cursor_on("Account[]")
  local contents = request("textDocument/hover", t.here()).contents
  local text = type(contents) == "table" and contents.value or contents
  expect(text:find("Account", 1, true), "the hover does not name it", contents)
  expect(text:find("One way a person signs in", 1, true), "the hover lacks the documentation", contents)
end)

step("definition leads to the model", function()
  t.cursor_on("User ", "model Account")
  local lines = lines_of(request("textDocument/definition", t.here()))
  expect(#lines == 1 and lines[1] == "model User {", "not the model", lines)
end)

step("references: the declaration and both uses", function()
  t.cursor_on("User {")
  local parameters = t.here()
  parameters.context = { includeDeclaration = true }
  local lines = lines_of(request("textDocument/references", parameters))
  expect(#lines == 3, "not three", lines)
  expect(any(lines, "^model User"), "the declaration is missing", lines)
end)

step("rename follows every use", function()
  untouched = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  t.cursor_on("Session {")
  local parameters = t.here()
  parameters.newName = "Visit"
  vim.lsp.util.apply_workspace_edit(request("textDocument/rename", parameters), "utf-16")
  local text = t.text()
  expect(text:find("model Visit {", 1, true), "the model keeps its name", text)
  expect(text:find("sessions%s+Visit%[%]"), "the field keeps its type", text)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, untouched)
end)

step("formatting aligns, and a second time changes nothing", function()
  local options = { tabSize = 2, insertSpaces = true }
  local parameters = { textDocument = vim.lsp.util.make_text_document_params(), options = options }
  vim.lsp.util.apply_text_edits(request("textDocument/formatting", parameters), 0, "utf-16")
  expect(t.text():find("\n  bio           String%?\n"), "bio is not aligned", vim.fn.getline(t.cursor_on("bio")))
  local again = request("textDocument/formatting", parameters)
  expect(again == nil or again == vim.NIL or #again == 0, "formatting is not stable", again)
end)

step("a code lens counts the change that no migration has", function()
  local lenses
  -- The migrations folder is read in the background; the first answer may come before that.
  until_true("a lens for one change", function()
    lenses = request("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })
    return any(
      vim.tbl_map(function(lens)
        return lens.command and lens.command.title or ""
      end, lenses),
      "1 schema change without a migration"
    )
  end, function()
    return lenses
  end)
  local commands = vim.tbl_map(function(lens)
    return lens.command and lens.command.command or ""
  end, lenses)
  expect(vim.tbl_contains(commands, "refract.previewMigration"), "no code lens previews the migration", commands)
  expect(vim.tbl_contains(commands, "refract.generateMigration"), "no code lens generates the migration", commands)
end)

step("the server's preview command returns SQL, offline", function()
  local result = t.execute("refract.migration.preview", { uri = vim.uri_from_bufnr(0) })
  expect(result.sql == '-- AlterTable\nALTER TABLE "User" ADD COLUMN     "bio" TEXT;\n', "the SQL is wrong", result)
  expect(result.downSql:find('DROP COLUMN%s+"bio"'), "down.sql is wrong", result)
  expect(result.steps == 1 and result.milliseconds < 1000 and #result.summary > 0, "steps, milliseconds or summary are wrong", result)
  io.stdout:write(("     computed in %.2f ms\n"):format(result.milliseconds))
end)

step("the preview is shown beside the schema and follows its changes", function()
  vim.cmd("RefractPreviewMigration")
  until_true("the SQL of bio", function()
    return preview_text():find('"bio" TEXT', 1, true)
  end, preview_text)
  expect(vim.bo.filetype == "prisma", "the schema lost the cursor")
  t.cursor_on("bio ")
  vim.cmd("normal! o  age           Int?")
  vim.cmd("doautocmd TextChanged")
  until_true("the SQL of age", function()
    return preview_text():find('"age" INTEGER', 1, true)
  end, preview_text)
end)

step("generate writes the folder and opens it", function()
  local before = vim.fn.readdir(migrations)
  vim.cmd("RefractGenerateMigration Add User's profile!")
  local folder = until_true("a new folder", function()
    for _, name in ipairs(vim.fn.readdir(migrations)) do
      if not vim.tbl_contains(before, name) then
        return name
      end
    end
    return nil
  end, function()
    return t.notices
  end)
  expect(folder:find("^%d%d%d%d%d%d%d%d%d%d%d%d%d%d_add_users_profile$"), "the name is wrong", folder)
  local sql = migrations .. "/" .. folder .. "/migration.sql"
  until_true("migration.sql in front", function()
    return vim.fn.resolve(vim.api.nvim_buf_get_name(0)) == vim.fn.resolve(sql)
  end, function()
    return { vim.api.nvim_buf_get_name(0), t.notices }
  end)
  local text = table.concat(vim.fn.readfile(sql), "\n")
  expect(text:find('"bio" TEXT', 1, true) and text:find('"age" INTEGER', 1, true), "the SQL is incomplete", text)
  expect(vim.fn.filereadable(migrations .. "/" .. folder .. "/down.sql") == 1, "there is no down.sql")
  expect(any(t.notices, folder), "no notification was shown", t.notices)
  local schema = table.concat(vim.fn.readfile(project .. "/prisma/schema.prisma"), "\n")
  expect(schema:find("age           Int?", 1, true), "the schema was not saved with it", schema)
end)

step("code lenses of the open migration say what it does, and definition leads to the schema", function()
  local titles
  until_true("a lens over the statement", function()
    local lenses = request("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })
    titles = vim.tbl_map(function(lens)
      return lens.command.title
    end, lenses)
    return any(titles, "Add column age")
  end, function()
    return titles
  end)
  expect(any(titles, "verify"), "no code lens verifies", titles)
  t.cursor_on('"age"')
  local found = request("textDocument/definition", vim.lsp.util.make_position_params())
  local place = vim.tbl_islist(found) and found[1] or found
  expect((place.uri or place.targetUri):find("schema%.prisma$"), "definition of the column leads elsewhere", found)
end)

step("after that no change is without a migration", function()
  vim.cmd("buffer schema.prisma")
  local result = t.execute("refract.migration.preview", { uri = vim.uri_from_bufnr(0) })
  expect(result.steps == 0, "steps are left", result)
end)

step("the schema is split into a file per model, and joined again", function()
  local folder = project .. "/prisma/"
  local function move(title)
    local parameters = vim.lsp.util.make_range_params(0, "utf-16")
    parameters.context = { diagnostics = {}, only = { "refactor.move" } }
    local offered
    local action = until_true(title, function()
      offered = request("textDocument/codeAction", parameters)
      for _, one in ipairs(offered or {}) do
        if one.title:find(title, 1, true) then
          return one
        end
      end
    end, function()
      return offered
    end)
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
    vim.cmd("silent wall")
  end
  local function model_files()
    return vim.tbl_filter(function(name)
      return name:find("%.prisma$")
    end, vim.fn.readdir(folder))
  end
  t.cursor_on("db {")
  move("Split this file")
  local names = { "account.prisma", "schema.prisma", "session.prisma", "user.prisma", "verification-token.prisma" }
  expect(vim.deep_equal(model_files(), names), "not a file for each", model_files())
  expect(not t.text():find("\nmodel "), "models are left", t.text())
  local user = table.concat(vim.fn.readfile(folder .. "user.prisma"), "\n")
  expect(user:find("bio           String?", 1, true), "the model lost a field", user)

  local function rename(from, to)
    vim.cmd("edit! " .. folder .. "user.prisma")
    t.cursor_on(from .. " {")
    local parameters = t.here()
    parameters.newName = to
    local edit = request("textDocument/rename", parameters)
    vim.lsp.util.apply_workspace_edit(edit, "utf-16")
    vim.cmd("silent wall")
  end
  local function accounts()
    return table.concat(vim.fn.readfile(folder .. "account.prisma"), "\n")
  end
  rename("User", "Person")
  expect(t.text():find("model Person {", 1, true), "the model keeps its name", t.text())
  expect(accounts():find("user%s+Person%s+@relation"), "the other file keeps the name", accounts())
  rename("Person", "User")
  expect(accounts():find("user%s+User%s+@relation"), "the name did not come back", accounts())
  vim.cmd("edit! " .. folder .. "schema.prisma")
  t.cursor_on("db {")
  move("Join all files")
  expect(vim.deep_equal(model_files(), { "schema.prisma" }), "files are left", model_files())
  for _, model in ipairs({ "User", "Account", "Session", "VerificationToken" }) do
    expect(t.text():find("\nmodel " .. model .. " {", 1, true), model .. " is gone", t.text())
  end
  until_true("no change of the database", function()
    return t.execute("refract.migration.preview", { uri = vim.uri_from_bufnr(0) }).steps == 0
  end)
end)

step("the status command answers", function()
  expect(type(t.execute("refract.status")) == "table", "no status")
end)

step("a missing program is reported once", function()
  local refract = require("refract")
  local cmd = refract.options.cmd
  refract.options.cmd = { "/nowhere/refract", "lsp" }
  local reported = #t.notices
  refract.attach(0)
  refract.attach(0)
  refract.options.cmd = cmd
  expect(#t.notices == reported + 1, "not reported once", t.notices)
  local notice = t.notices[#t.notices]
  expect(notice:find("/nowhere/refract", 1, true) and notice:find("setup", 1, true), "the notification lacks path or help", notice)
end)

step("stopping ends the server", function()
  local client = require("refract").client(0)
  client.stop()
  until_true("the end", function()
    return client.is_stopped()
  end)
  vim.wait(200)
  expect(not any(t.notices, "ended unexpectedly"), "the end was not clean", t.notices)
end)

t.finish()
