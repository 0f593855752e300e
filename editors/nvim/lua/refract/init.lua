-- Starts `refract lsp` for Prisma schemas, one server for each project. Works on Neovim 0.7 and newer.
local M = {}

M.options = {
  cmd = { "refract", "lsp", "--stdio" },
  on_attach = nil, -- function(client, buffer): set your key maps here
  capabilities = nil, -- the capabilities of your completion plug-in
  -- inlayHints and codeLens are accepted too, each a table that maps a kind to true or false.
  settings = { prisma = { version = "auto" }, migrations = { naming = "timestamp" } },
}

local kRootMarks = { "package.json", ".git", "schema.prisma" }
local kFirstLensMs = 300
local clients = {} -- root folder -> client id
local shown = {} -- messages that were shown, so that each is shown once and not for every schema

-- Sets the options cmd, on_attach, capabilities and settings. Call it from init.lua; without a call the defaults apply.
function M.setup(options)
  M.options = vim.tbl_deep_extend("force", M.options, options or {})
  if options and options.cmd then
    M.options.cmd = options.cmd -- a list is replaced, not merged element by element
  end
end

-- Shows an error that the user must act on, once for each text.
local function notify_once(message)
  if shown[message] then
    return
  end
  shown[message] = true
  vim.notify(message, vim.log.levels.ERROR)
end

-- The nearest parent folder that has a project marker; the file's own folder if there is none.
local function root_of(file)
  local start = vim.fn.fnamemodify(file, ":p:h")
  local folder = start
  while true do
    for _, mark in ipairs(kRootMarks) do
      local path = folder .. "/" .. mark
      if vim.fn.filereadable(path) == 1 or vim.fn.isdirectory(path) == 1 then
        -- schema.prisma marks a root only if no parent folder has another marker.
        if mark ~= "schema.prisma" then
          return folder
        end
      end
    end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then
      return start
    end
    folder = parent
  end
end

local function register_client_commands()
  -- Code lenses and code actions refer to these commands, because init_options sets `clientCommands`.
  vim.lsp.commands["refract.generateMigration"] = function(command)
    require("refract.migrations").generate("", (command.arguments or {})[1])
  end
  vim.lsp.commands["refract.previewMigration"] = function(command)
    require("refract.migrations").preview((command.arguments or {})[1])
  end
  vim.lsp.commands["refract.verifyMigration"] = function(command)
    require("refract.migrations").verify((command.arguments or {})[1])
  end
  vim.lsp.commands["refract.showReferences"] = function(command)
    local place = command.arguments[1].position
    vim.api.nvim_win_set_cursor(0, { place.line + 1, place.character })
    vim.lsp.buf.references()
  end
end

local function show_code_lenses(buffer)
  local group = vim.api.nvim_create_augroup("refract_lens_" .. buffer, { clear = true })
  vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, {
    group = group,
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh()
    end,
  })
  -- The server first reads the migrations folder; older versions of Neovim do not support the refresh request.
  vim.defer_fn(function()
    if vim.api.nvim_get_current_buf() == buffer then
      vim.lsp.codelens.refresh()
    end
  end, kFirstLensMs)
end

local function client_config(root)
  local options = M.options
  return {
    name = "refract",
    cmd = options.cmd,
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } },
    capabilities = options.capabilities or vim.lsp.protocol.make_client_capabilities(),
    init_options = vim.tbl_deep_extend("force", { clientCommands = true }, options.settings),
    settings = { refract = options.settings },
    on_attach = function(client, buffer)
      if vim.bo[buffer].filetype == "prisma" then -- SQL keeps its own completion
        vim.api.nvim_buf_set_option(buffer, "omnifunc", "v:lua.vim.lsp.omnifunc")
      end
      if client.server_capabilities.codeLensProvider then
        show_code_lenses(buffer)
      end
      if options.on_attach then
        options.on_attach(client, buffer)
      end
    end,
    on_exit = function(code, signal, id)
      if clients[root] == id then -- otherwise it was stopped by M.restart(), and a new client may already be registered
        clients[root] = nil
        if (code ~= 0 or signal ~= 0) and vim.v.exiting == vim.NIL then
          vim.schedule(function()
            notify_once(
              ("Refract's server ended unexpectedly (code %d, signal %d). :RefractRestart starts it again."):format(code, signal)
            )
          end)
        end
      end
    end,
  }
end

-- Attaches a buffer to its project's server and starts the server if needed. Shows an error if the program is missing.
function M.attach(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == "" or vim.bo[buffer].buftype ~= "" then
    return
  end
  local program = M.options.cmd[1]
  if vim.fn.executable(program) == 0 then
    notify_once(
      ("Refract's server was not found: %q is not an executable in PATH. Install Refract, or set its path: "):format(program)
        .. 'require("refract").setup({ cmd = { "/path/to/refract", "lsp", "--stdio" } })'
    )
    return
  end
  register_client_commands()
  local root = root_of(file)
  if not clients[root] then
    clients[root] = vim.lsp.start_client(client_config(root))
  end
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

-- The client of a buffer, or nil.
function M.client(buffer)
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == "refract" and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
  return nil
end

function M.restart()
  local stopped = clients
  clients, shown = {}, {}
  for _, id in pairs(stopped) do
    vim.lsp.stop_client(id)
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local migration = vim.api.nvim_buf_get_name(buffer):match("/migrations/[^/]+/migration%.sql$")
    if vim.api.nvim_buf_is_loaded(buffer) and (migration or vim.bo[buffer].filetype == "prisma") then
      M.attach(buffer)
    end
  end
end

return M
