local function case(name, income, hours, fee)
  return { name, facts = { resident = true, income = income, children = 1 }, order = { hours = hours },
           expect = { eligible = "yes", fee = fee } }
end

return tests {
  case("nothing at the first step's end", pln "1010.00", 5, pln "0.00"),
  case("a quarter one grosz above it", pln "1010.01", 2.5, pln "25.00"),
  case("so much an hour in the third step", pln "2000.01", 2, pln "36.00"),
  case("all of it beyond", pln "3000.01", 1, pln "40.00"),
  { "not for those from elsewhere", facts = { resident = false }, expect = { eligible = "no" } },
}
