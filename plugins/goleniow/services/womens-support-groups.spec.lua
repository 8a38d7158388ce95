-- Tests of the support groups, which are free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a woman is eligible, and it is free", on = on,
    facts = resident { sex = "woman" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "the groups are for women", on = on,
    facts = resident { sex = "man" },
    expect = { eligible = "no", because = "woman" } },
  { "the PESEL number tells", on = on,
    facts = { commune = "3204023", pesel = "44051401458" },
    expect = { eligible = "no", because = "woman" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
