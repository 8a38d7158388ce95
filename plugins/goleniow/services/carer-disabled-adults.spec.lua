-- Tests of the carer of people with disabilities, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "an adult with a certificate is eligible, and it is free", on = on,
    facts = resident { disability = "moderate" }, order = { help_hours = 4 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "17 on the day before the birthday is not an adult", on = on,
    facts = resident { disability = "moderate", birth_date = "2005-03-02" }, order = { help_hours = 4 },
    expect = { eligible = "no", because = "adult" } },
  { "without a certificate it is not given", on = on,
    facts = resident {}, order = { help_hours = 4 },
    expect = { eligible = "no", because = "disabled" } },
  { "a person from another commune is not eligible", on = on,
    facts = resident { commune = "other", disability = "light" },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
