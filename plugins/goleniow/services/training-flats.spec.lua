-- Tests of the training flats, which are free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a person with autism is eligible, and it is free", on = on,
    facts = resident { autism_spectrum = "own" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "so is the carer", on = on,
    facts = resident { autism_spectrum = "family" },
    expect = { eligible = "yes", because = "autism" } },
  { "others are not", on = on,
    facts = resident { autism_spectrum = "no" },
    expect = { eligible = "no", because = "autism" } },
  { "nobody in the family known to have it: it is asked", on = on,
    facts = resident {},
    expect = { eligible = "unknown", missing = { "autism_spectrum" } } },
}
