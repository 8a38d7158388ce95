-- Tests of the circles of support, which are free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a person with an intellectual disability is eligible, and it is free", on = on,
    facts = resident { intellectual = "own" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "so is the family", on = on,
    facts = resident { intellectual = "family" },
    expect = { eligible = "yes", because = "intellectual-disability" } },
  { "others are not", on = on,
    facts = resident { intellectual = "no" },
    expect = { eligible = "no", because = "intellectual-disability" } },
  { "a person from another commune is not eligible", on = on,
    facts = resident { commune = "other", intellectual = "own" },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
