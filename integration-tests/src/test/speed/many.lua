-- Asks for one URL after the other: PATH, SEED, the thread and a number below MANY; where MANY is 0, for no URL twice.
local threads = 0

function setup(thread)
  thread:set("own", threads)
  threads = threads + 1
end

function init(args)
  many = tonumber(args[2])
  beginning = wrk.path .. args[1] .. "-"
  number = 0
  if many == 0 then
    beginning = beginning .. own .. "-"
  else
    number = math.floor(many / 2) * own
  end
end

function request()
  number = number + 1
  if many > 0 then
    number = number % many
  end
  return wrk.format("GET", beginning .. number)
end
