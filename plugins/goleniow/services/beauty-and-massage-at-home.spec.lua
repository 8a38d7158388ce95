-- Tests of services for bedridden people, which are free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent bedridden person is eligible, and it is free", on = on,
    facts = resident { dependent = true, bedridden = true }, order = { help_hours = 1 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "who can walk is not", on = on,
    facts = resident { dependent = true, bedridden = false }, order = { help_hours = 1 },
    expect = { eligible = "no", because = "bedridden" } },
  { "whether the person is bedridden is asked", on = on,
    facts = resident { disability = "severe" }, order = { help_hours = 1 },
    expect = { eligible = "unknown", missing = { "bedridden" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
