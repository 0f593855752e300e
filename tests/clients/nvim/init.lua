-- A user's init.lua, as editors/README.md describes it.
vim.opt.runtimepath:prepend(vim.env.REFRACT_PLUGIN)
require("refract").setup({ cmd = { vim.env.REFRACT_BINARY, "lsp", "--stdio" } })
vim.cmd("filetype plugin on | syntax on")
