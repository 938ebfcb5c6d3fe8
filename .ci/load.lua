-- Asks for the paths in the file that PATHS names, one after another; with ONCE
-- it ends when all have been answered.
local paths, at, answered = {}, 0, 0
for line in io.lines(os.getenv("PATHS")) do
  paths[#paths + 1] = line
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

if (os.getenv("ONCE") or "") ~= "" then
  function response()
    answered = answered + 1
    if answered >= #paths then
      wrk.thread:stop()
    end
  end
end
