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

-- Migrations are explained by the server; other SQL is none of its business.
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
end, { desc = "Prove the migrations on a throw-away PostgreSQL" })
command("RefractStatus", function()
  require("refract.migrations").status()
end, { desc = "What the server knows" })
command("RefractRestart", function()
  require("refract").restart()
end, { desc = "Stop the server and start it again" })
