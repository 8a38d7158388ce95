-- Tests of the youth skills centre, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "15 on the birthday itself is enough, and it is free", on = on,
    facts = resident { birth_date = "2008-03-01" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "14 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "2008-03-02" },
    expect = { eligible = "no", because = "age" } },
  { "26 still belongs to it", on = on,
    facts = resident { birth_date = "1996-03-02" },
    expect = { eligible = "yes", because = "age" } },
  { "27 does not", on = on,
    facts = resident { birth_date = "1996-03-01" },
    expect = { eligible = "no", because = "age" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
