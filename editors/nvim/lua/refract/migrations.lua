-- The commands about migrations: generate, preview, verify, status.
local M = {}

local kDebounceMs = 150
local previews = {} -- schema uri -> preview buffer
local last_sql = {} -- schema uri -> the lines of the last SQL that was computed

local function report(message, level)
  vim.notify(message, level or vim.log.levels.INFO)
end

-- The client and the schema that a command applies to: the uri argument, or the current buffer.
local function target(uri)
  local buffer = uri and vim.uri_to_bufnr(uri) or vim.api.nvim_get_current_buf()
  local client = require("refract").client(buffer)
  if not client then
    report("No Refract server is running for this buffer. Open a .prisma file first.", vim.log.levels.ERROR)
    return nil
  end
  return client, uri or vim.uri_from_bufnr(buffer), buffer
end

local function execute(client, command, argument, buffer, on_result)
  local parameters = { command = command, arguments = argument and { argument } or {} }
  client.request("workspace/executeCommand", parameters, function(problem, result)
    if problem then
      report(problem.message or tostring(problem), vim.log.levels.ERROR)
    else
      on_result(result)
    end
  end, buffer)
end

-- Converts what was typed to the description part of a folder's name: lower case letters, digits, single underscores.
function M.normalise_name(typed)
  local name = typed:gsub("['’]", ""):gsub("(%l)(%u)", "%1_%2"):lower()
  return (name:gsub("[^a-z0-9]+", "_"):gsub("^_+", ""):sub(1, 100):gsub("_+$", ""))
end

-- The hazards whose message `summary` does not contain.
local function hazard_lines(hazards, summary)
  local lines = {}
  for _, hazard in ipairs(hazards or {}) do
    if not (summary and summary:find(hazard.message, 1, true)) then
      table.insert(lines, "Hazard: " .. hazard.message)
    end
  end
  return lines
end

local function open_first(files)
  for _, uri in ipairs(files or {}) do
    if uri:match("migration%.sql$") then
      vim.cmd("edit " .. vim.fn.fnameescape(vim.uri_to_fname(uri)))
      return
    end
  end
end

-- Saves a schema's modified buffers, so that the migration is generated from the same text that is on disk.
local function save_schema(schema)
  local folder = vim.fn.fnamemodify(vim.uri_to_fname(schema), ":h") .. "/"
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local inside = vim.api.nvim_buf_get_name(buffer):sub(1, #folder) == folder
    if inside and vim.bo[buffer].filetype == "prisma" and vim.bo[buffer].modified then
      vim.api.nvim_buf_call(buffer, function()
        vim.cmd("silent write")
      end)
    end
  end
end

function M.generate(name, uri)
  local client, schema, buffer = target(uri)
  if not client then
    return
  end
  local function run(typed)
    if typed == nil then
      return
    end
    local normal = M.normalise_name(typed)
    if normal == "" then
      report("Describe the change with letters from a to z or digits, for example: add bio to user", vim.log.levels.ERROR)
      return
    end
    save_schema(schema)
    execute(client, "refract.migration.generate", { uri = schema, name = normal }, buffer, function(result)
      -- Newer versions of Neovim open the file by window/showDocument; older ones do not support that request.
      if not vim.lsp.handlers["window/showDocument"] then
        open_first(result.files)
      end
      local lines = { "Written: " .. result.folder }
      vim.list_extend(lines, hazard_lines(result.hazards))
      report(table.concat(lines, "\n"), #lines > 1 and vim.log.levels.WARN or vim.log.levels.INFO)
      M.refresh_previews()
    end)
  end
  if name and name ~= "" then
    run(name)
  else
    vim.ui.input({ prompt = "What does the migration change? " }, run)
  end
end

local function comment(text)
  local lines = {}
  for _, line in ipairs(vim.split(vim.trim(text), "\n")) do
    local plain = line:gsub("^#+%s*", ""):gsub("^[-*] ", "  "):gsub("%*%*", ""):gsub("`", "")
    table.insert(lines, plain == "" and "--" or "-- " .. plain)
  end
  return lines
end

local function preview_lines(result)
  if result.steps == 0 then
    return { "-- No migration is needed: the migrations already produce this schema" }
  end
  local head = ("The next migration, not written yet: %d change%s\nComputed offline in %.2g ms\n\n%s"):format(
    result.steps,
    result.steps == 1 and "" or "s",
    result.milliseconds,
    result.summary
  )
  local lines = comment(head)
  for _, hazard in ipairs(hazard_lines(result.hazards, result.summary)) do
    table.insert(lines, "-- " .. hazard)
  end
  table.insert(lines, "")
  vim.list_extend(lines, vim.split(vim.trim(result.sql), "\n"))
  return lines
end

local function fill(buffer, lines)
  if not vim.api.nvim_buf_is_valid(buffer) then
    return
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
end

local function refresh(schema)
  local buffer = previews[schema]
  if not buffer or not vim.api.nvim_buf_is_valid(buffer) then
    previews[schema] = nil
    return
  end
  local source = vim.uri_to_bufnr(schema)
  local client = require("refract").client(source)
  if not client then
    return
  end
  client.request("workspace/executeCommand", { command = "refract.migration.preview", arguments = { { uri = schema } } }, function(problem, result)
    if problem then
      -- For example between two keystrokes: show the reason, and keep the last SQL visible.
      local lines = comment("The next migration cannot be computed yet.\n" .. problem.message)
      fill(buffer, vim.list_extend(lines, last_sql[schema] or {}))
      return
    end
    last_sql[schema] = vim.list_extend({ "", "-- The last SQL that was computed:", "" }, vim.split(vim.trim(result.sql), "\n"))
    fill(buffer, preview_lines(result))
  end, source)
end

function M.refresh_previews()
  for schema in pairs(previews) do
    refresh(schema)
  end
end

local function follow_changes(source)
  local timer = vim.loop.new_timer()
  vim.api.nvim_create_autocmd({ "TextChanged", "TextChangedI" }, {
    group = vim.api.nvim_create_augroup("refract_preview_" .. source, { clear = true }),
    buffer = source,
    callback = function()
      timer:start(kDebounceMs, 0, vim.schedule_wrap(M.refresh_previews))
    end,
  })
end

function M.preview(uri)
  local client, schema, source = target(uri)
  if not client then
    return
  end
  local buffer = previews[schema]
  if not buffer or not vim.api.nvim_buf_is_valid(buffer) then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.bo[buffer].bufhidden = "wipe"
    vim.bo[buffer].filetype = "sql"
    vim.api.nvim_buf_set_name(buffer, "refract-preview://" .. schema)
    previews[schema] = buffer
    follow_changes(source)
  end
  if vim.fn.bufwinid(buffer) == -1 then
    local window = vim.api.nvim_get_current_win()
    vim.cmd("vertical sbuffer " .. buffer)
    vim.api.nvim_set_current_win(window)
  end
  refresh(schema)
end

function M.verify(uri)
  local client, schema, buffer = target(uri)
  if not client then
    return
  end
  report("Verifying the migrations on a temporary PostgreSQL server …")
  execute(client, "refract.migration.verify", { uri = schema }, buffer, function(result)
    report(result.summary, result.ok and vim.log.levels.INFO or vim.log.levels.ERROR)
  end)
end

function M.status()
  local client, _, buffer = target()
  if not client then
    return
  end
  execute(client, "refract.status", nil, buffer, function(result)
    report(vim.inspect(result))
  end)
end

return M
