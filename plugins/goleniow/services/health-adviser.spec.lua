-- Tests of the health adviser, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "in a difficult health situation it is given, and it is free", on = on,
    facts = resident { health_trouble = true },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "otherwise there is nothing to advise on", on = on,
    facts = resident { health_trouble = false },
    expect = { eligible = "no", because = "health-trouble" } },
  { "a person from another commune is not eligible", on = on,
    facts = resident { commune = "other", health_trouble = true },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
