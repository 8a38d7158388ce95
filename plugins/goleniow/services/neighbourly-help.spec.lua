-- Tests of neighbourly help, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent person with an accepted neighbour is eligible, and it is free", on = on,
    facts = resident { dependent = true }, order = { help_hours = 2, neighbour_accepted = true },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "without a neighbour it cannot be given", on = on,
    facts = resident { dependent = true }, order = { help_hours = 2, neighbour_accepted = false },
    expect = { eligible = "no", because = "neighbour" } },
  { "a lone person is eligible", on = on,
    facts = resident { lives_alone = true }, order = { help_hours = 2, neighbour_accepted = true },
    expect = { eligible = "yes", because = "lone" } },
  { "others are not", on = on,
    facts = resident {}, order = { neighbour_accepted = true },
    expect = { eligible = "no", because = "senior" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
