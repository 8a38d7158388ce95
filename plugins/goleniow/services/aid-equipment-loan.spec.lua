-- Tests of the equipment loan, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a loan of six months, and it is free", on = on,
    facts = resident {}, order = { loan_items = 1, loan_months = 6 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "seven months are too long", on = on,
    facts = resident {}, order = { loan_items = 1, loan_months = 7 },
    expect = { eligible = "no", because = "six-months" } },
  { "a person from another commune is not eligible", on = on,
    facts = resident { commune = "other" }, order = { loan_items = 1, loan_months = 2 },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
