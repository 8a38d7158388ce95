-- Tests of mediation. 20 % of 200.00 zł a session is 40.00 zł.
local on = "2024-03-01"
local order = { parties_agree = true, violence = false, contact_forbidden = false }

-- A resident of Koszalin whom nothing frees from the fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1984-05-10",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "parties who agree are eligible and pay 20 % of a session", on = on,
    facts = resident {}, order = order,
    expect = { eligible = "yes", because = "parties-agree", fee = pln "40.00", relief = "none" } },
  { "without the consent of all there is no mediation", on = on,
    facts = resident {}, order = { parties_agree = false, violence = false, contact_forbidden = false },
    expect = { eligible = "no", because = "parties-agree" } },
  { "violence or a Blue Card excludes mediation", on = on,
    facts = resident {}, order = { parties_agree = true, violence = true, contact_forbidden = false },
    expect = { eligible = "no", because = "violence" } },
  { "a court ban on contact excludes mediation", on = on,
    facts = resident {}, order = { parties_agree = true, violence = false, contact_forbidden = true },
    expect = { eligible = "no", because = "contact-forbidden" } },
  { "a resident of another commune is not eligible", on = on,
    facts = resident { commune = "other" }, order = order,
    expect = { eligible = "no", because = "resident" } },
  { "who has a family assistant of the Centre pays nothing", on = on,
    facts = resident { family_assistant = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "family-assistant" } },
  { "90 on the birthday itself is exempt", on = on,
    facts = resident { birth_date = "1934-03-01" }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "age-90" } },
  { "89 on the day before the birthday pays", on = on,
    facts = resident { birth_date = "1934-03-02" }, order = order,
    expect = { eligible = "yes", fee = pln "40.00", relief = "none" } },
  { "it is asked whether there is violence", on = on,
    facts = resident {}, order = { parties_agree = true, contact_forbidden = false },
    expect = { eligible = "unknown", missing = { "violence" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
