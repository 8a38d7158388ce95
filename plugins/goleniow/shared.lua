-- The condition that every service has.
return conditions {
  resident = check {
    id = "resident", equals("commune", "3204023"),
    basis = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023, Program Usług Społecznych",
    text = { pl = "Mieszkaniec gminy Goleniów", en = "A resident of the commune of Goleniów", uk = "Житель гміни Голенюв" },
  },
}
