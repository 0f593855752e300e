-- Runs steps in order and prints the result of each; the editor's exit code is 0 if all passed.
local M = {}

local kTimeoutMs = 10000
local failures = 0
M.notices = {} -- the notifications that the plug-in showed

vim.notify = function(message)
  table.insert(M.notices, message)
end

local function say(text)
  io.stdout:write(text .. "\n")
end

-- A step on which all later ones depend: the test ends if it fails.
function M.first_step(name, run)
  M.step(name, run)
  if failures > 0 then
    M.finish()
  end
end

function M.step(name, run)
  local ok, problem = xpcall(run, debug.traceback)
  say((ok and "ok   " or "FAIL ") .. name)
  if not ok then
    failures = failures + 1
    say(tostring(problem))
  end
end

function M.finish()
  say(failures == 0 and "all steps passed" or (failures .. " steps failed"))
  vim.cmd(failures == 0 and "qall!" or "cquit 1")
end

function M.expect(condition, message, seen)
  if not condition then
    error(message .. (seen ~= nil and ("\nseen: " .. vim.inspect(seen)) or ""), 2)
  end
end

-- Waits until `look` returns something true, and returns that.
function M.until_true(what, look, describe)
  local found
  local passed = vim.wait(kTimeoutMs, function()
    found = look()
    return found and true or false
  end, 10)
  if not passed then
    error("waited in vain for " .. what .. (describe and ("\nseen: " .. vim.inspect(describe())) or ""), 2)
  end
  return found
end

-- Sends a request to the server and returns the result; fails on an error or a timeout.
function M.request(method, parameters)
  local answers, problem = vim.lsp.buf_request_sync(0, method, parameters, kTimeoutMs)
  M.expect(answers, method .. ": " .. tostring(problem))
  local _, answer = next(answers)
  M.expect(answer, method .. " had no answer: is the client attached?")
  M.expect(not answer.err and not answer.error, method .. " answered with an error", answer)
  return answer.result
end

function M.execute(command, ...)
  return M.request("workspace/executeCommand", { command = command, arguments = { ... } })
end

-- Puts the cursor on the first occurrence of `text` (plain) at or after the first occurrence of `after`.
function M.cursor_on(text, after)
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local reached = after == nil
  for number, line in ipairs(lines) do
    reached = reached or line:find(after, 1, true) ~= nil
    local column = reached and line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return number
    end
  end
  error("the text " .. text .. " is not in the buffer", 2)
end

function M.here()
  return vim.lsp.util.make_position_params(0, "utf-16")
end

function M.text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

return M
