-- Tests of the rural workshops, which are free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a group of five from a village is eligible, and it is free", on = on,
    facts = resident { lives_in_village = true }, order = { group_size = 5, group_hours = 2 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "four are too few", on = on,
    facts = resident { lives_in_village = true }, order = { group_size = 4, group_hours = 2 },
    expect = { eligible = "no", because = "group-of-five" } },
  { "the town has other services", on = on,
    facts = resident { lives_in_village = false }, order = { group_size = 8, group_hours = 2 },
    expect = { eligible = "no", because = "rural" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
