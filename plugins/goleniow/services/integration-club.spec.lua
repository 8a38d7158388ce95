-- Tests of the integration club, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a person with a certificate is eligible, and it is free", on = on,
    facts = resident { disability = "light" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "so is a person in crisis", on = on,
    facts = resident { in_crisis = true },
    expect = { eligible = "yes", because = "crisis" } },
  { "others are not", on = on,
    facts = resident { in_crisis = false },
    expect = { eligible = "no", because = "crisis" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
