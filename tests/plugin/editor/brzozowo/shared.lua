return conditions {
  resident = check { id = "resident", is "resident", basis = "uchwała nr VII/41/2025, par. 1",
                     text = { pl = "Mieszkaniec Brzozowa" } },
  adult = check { id = "adult", at_least("age", 18), basis = "example", text = { pl = "Osoba pełnoletnia" } },
}
