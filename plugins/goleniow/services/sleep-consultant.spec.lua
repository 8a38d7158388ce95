-- Tests of the sleep consultant, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a child of two who sleeps badly, and it is free", on = on,
    facts = resident {}, order = { child_age = 2, sleeps_badly = true },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "at three it is over", on = on,
    facts = resident {}, order = { child_age = 3, sleeps_badly = true },
    expect = { eligible = "no", because = "small-child" } },
  { "a child who sleeps well needs none", on = on,
    facts = resident {}, order = { child_age = 1, sleeps_badly = false },
    expect = { eligible = "no", because = "sleeps-badly" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
