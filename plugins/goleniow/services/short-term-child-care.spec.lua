-- Tests of child care, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a lone parent of a child of nine, and it is free", on = on,
    facts = resident { lone_parent = true }, order = { child_age = 9, child_document = "none", help_hours = 4 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "at ten a certificate is needed", on = on,
    facts = resident { lone_parent = true },
    order = { child_age = 10, child_document = "none", help_hours = 4 },
    expect = { eligible = "no", because = "small-child" } },
  { "with one it goes on to eighteen", on = on,
    facts = resident { family_crisis = true },
    order = { child_age = 17, child_document = "disability", help_hours = 4 },
    expect = { eligible = "yes", because = "disabled-child" } },
  { "and ends there", on = on,
    facts = resident { family_crisis = true },
    order = { child_age = 18, child_document = "education", help_hours = 4 },
    expect = { eligible = "no", because = "disabled-child" } },
  { "a couple not in crisis is not eligible", on = on,
    facts = resident { family_crisis = false, lone_parent = false },
    order = { child_age = 5, child_document = "none" },
    expect = { eligible = "no", because = "family-crisis" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
