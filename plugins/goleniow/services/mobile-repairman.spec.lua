-- Tests of the repairman, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a senior is eligible, and it is free", on = on,
    facts = resident { birth_date = "1950-01-01" }, order = { help_hours = 1.5 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a lone parent is eligible", on = on,
    facts = resident { lone_parent = true }, order = { help_hours = 1 },
    expect = { eligible = "yes", because = "lone-parent" } },
  { "others are not", on = on,
    facts = resident { lone_parent = false }, order = { help_hours = 1 },
    expect = { eligible = "no", because = "lone-parent" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
