-- Sends each prepared form once, from the address written before it, and stops at the last answer.

local forms, promised, sent, answered, statuses = {}, 0, 0, 0, {}
local seen = false
local main

function setup(thread) main = thread end

function init(args)
  for line in io.lines(args[1]) do
    local address, body = line:match("^(%S+)\t(.*)$")
    forms[#forms + 1] = wrk.format("POST", wrk.path, {
      ["Host"] = wrk.headers["Host"],
      ["Content-Type"] = "application/x-www-form-urlencoded",
      ["X-Forwarded-For"] = address,
    }, body)
  end
end

-- Asked before each request: a connection for which no form is left waits.
function delay()
  if promised >= #forms then return 600000 end
  promised = promised + 1
  return 0
end

-- wrk asks once before it begins, to see what a request looks like, and does not send that one.
function request()
  if not seen then
    seen = true
    return forms[1]
  end
  sent = sent + 1
  return forms[sent]
end

function response(status)
  answered = answered + 1
  statuses[status] = (statuses[status] or 0) + 1
  counted = ""
  if answered < #forms then return end
  for code, count in pairs(statuses) do counted = counted .. string.format('"%d":%d,', code, count) end
  counted = counted:sub(1, -2)
  wrk.thread:stop()
end

function done(summary)
  print(string.format('RESULT {"statuses":{%s},"seconds":%f}', main:get("counted"), summary.duration / 1e6))
end
