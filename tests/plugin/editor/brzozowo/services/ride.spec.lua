local adult = { resident = true, birth_date = "1980-05-05", children = 0 }

return tests {
  { "each ride costs the same", facts = adult, order = { rides = 3 },
    expect = { eligible = "yes", fee = pln "22.50", relief = "none" } },
  { "and more from 2027", on = "2027-01-01", facts = adult, order = { rides = 3 },
    expect = { eligible = "yes", fee = pln "24.00" } },
  { "half for a large family", facts = { resident = true, birth_date = "1980-05-05", children = 3 },
    order = { rides = 3 }, expect = { eligible = "yes", fee = pln "11.25", relief = "large-family" } },
  { "a neighbour from elsewhere", facts = { resident = false }, expect = { eligible = "no", because = "resident" } },
}
