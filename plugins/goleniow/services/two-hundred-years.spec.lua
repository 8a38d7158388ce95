-- Tests of the celebration, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a lone senior is celebrated, and it is free", on = on,
    facts = resident { birth_date = "1940-01-01", lives_alone = true },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "who lives with others is not", on = on,
    facts = resident { birth_date = "1940-01-01" },
    expect = { eligible = "no", because = "lone" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
