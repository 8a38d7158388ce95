-- Tests of the dietician, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "an individual meeting is given to every resident, and it is free", on = on,
    facts = resident {}, order = { way_of_work = "individual", help_hours = 1 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a group of five is enough", on = on,
    facts = resident {}, order = { way_of_work = "group", group_size = 5, help_hours = 2 },
    expect = { eligible = "yes", because = "alone-or-five" } },
  { "a group of four is not", on = on,
    facts = resident {}, order = { way_of_work = "group", group_size = 4, help_hours = 2 },
    expect = { eligible = "no", because = "alone-or-five" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
