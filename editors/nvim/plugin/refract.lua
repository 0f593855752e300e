-- Loaded by Neovim at start; does nothing until a Prisma schema is opened.
if vim.g.loaded_refract then
  return
end
vim.g.loaded_refract = true

local group = vim.api.nvim_create_augroup("refract", { clear = true })

vim.api.nvim_create_autocmd("FileType", {
  group = group,
  pattern = "prisma",
  callback = function(event)
    require("refract").attach(event.buf)
  end,
})

-- The server supports migration.sql files, but no other SQL.
vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
  group = group,
  pattern = "*/migrations/*/migration.sql",
  callback = function(event)
    require("refract").attach(event.buf)
  end,
})

local function command(name, run, options)
  vim.api.nvim_create_user_command(name, run, options or {})
end

command("RefractGenerateMigration", function(call)
  require("refract.migrations").generate(call.args)
end, { nargs = "?", desc = "Write the next migration" })
command("RefractPreviewMigration", function()
  require("refract.migrations").preview()
end, { desc = "Show the SQL of the next migration beside the schema" })
command("RefractVerify", function()
  require("refract.migrations").verify()
end, { desc = "Verify the migrations on a temporary PostgreSQL server" })
command("RefractStatus", function()
  require("refract.migrations").status()
end, { desc = "Show the server's status" })
command("RefractRestart", function()
  require("refract").restart()
end, { desc = "Stop the server and start it again" })
