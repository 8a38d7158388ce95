-- Tests of psychological support, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "individual therapy under stress, and it is free", on = on,
    facts = resident { under_stress = true }, order = { way_of_work = "individual", help_hours = 1 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a workshop of five", on = on,
    facts = resident { under_stress = true }, order = { way_of_work = "group", group_size = 5, help_hours = 2 },
    expect = { eligible = "yes", because = "alone-or-five" } },
  { "four are too few for a workshop", on = on,
    facts = resident { under_stress = true }, order = { way_of_work = "group", group_size = 4, help_hours = 2 },
    expect = { eligible = "no", because = "alone-or-five" } },
  { "without the need it is not given", on = on,
    facts = resident { under_stress = false }, order = { way_of_work = "individual", help_hours = 1 },
    expect = { eligible = "no", because = "stress" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
