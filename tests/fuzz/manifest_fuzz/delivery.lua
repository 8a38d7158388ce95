return service {
  id = "delivery", revision = 1, number = 3,
  name = { pl = "Dowóz" }, summary = { pl = "Dowóz posiłku." },
  package = "basic", areas = { "area-two" }, groups = { "seniors" },
  place = "home", providers = { "centre" }, unit = "piece", quantity = "pieces",
  basis = { name = "a", summary = "a", package = "a", areas = "a", groups = "a", unit = "a",
            place = "a", providers = "a" },
  parameters = {
    price = { { from = "2024-01-01", value = pln "5.00", basis = "example" } },
    most = { { from = "2024-01-01", value = pln "12.00", basis = "example" } },
  },
  eligibility = check { id = "anybody", equals("commune", param "town"),
                        text = { pl = "Każdy" }, basis = "example" },
  fee = function(order, p)
    local fee = p.price * order.pieces
    if fee > p.most then
      return p.most
    end
    return fee
  end,
  asks = { "pieces" },
}
