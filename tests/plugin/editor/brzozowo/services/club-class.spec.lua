return tests {
  { "the whole price", facts = { resident = true, children = 2 }, expect = { eligible = "yes", fee = pln "12.00" } },
  { "half for a large family", facts = { resident = true, children = 4 },
    expect = { eligible = "yes", fee = pln "6.00", relief = "large-family" } },
  { "not for those from elsewhere", facts = { resident = false }, expect = { eligible = "no" } },
}
