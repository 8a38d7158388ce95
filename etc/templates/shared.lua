--[pl] Warunki, z których korzysta kilka usług: w usłudze pisze się shared.adult
--[en] Conditions that several services use: a service writes shared.adult
--[uk] Умови, якими користується кілька послуг: у послузі пишуть shared.adult
return conditions {
  adult = check { id = "adult", at_least("age", 18), basis = "example",
                  text = { pl = "Osoba pełnoletnia", en = "An adult", uk = "Повнолітня особа" } },
}
