-- Sends each prepared form once, from the address written before it, and ends with the last answer: wrk itself
-- would wait for its whole duration.

local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds; long microseconds; } moment; int gettimeofday(moment *, void *);")

local forms, promised, sent, answered, statuses = {}, 0, 0, 0, {}
local asked, began = false, 0

local function now()
  local moment = ffi.new("moment")
  ffi.C.gettimeofday(moment, nil)
  return tonumber(moment.seconds) + tonumber(moment.microseconds) / 1e6
end

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
  if not asked then
    asked = true
    return forms[1]
  end
  if sent == 0 then began = now() end
  sent = sent + 1
  return forms[sent]
end

function response(status)
  answered = answered + 1
  statuses[status] = (statuses[status] or 0) + 1
  if answered < #forms then return end
  local counted = {}
  for code, count in pairs(statuses) do counted[#counted + 1] = string.format('"%d":%d', code, count) end
  print(string.format('RESULT {"statuses":{%s},"seconds":%f}', table.concat(counted, ","), now() - began))
  io.flush()
  os.exit(0)
end
