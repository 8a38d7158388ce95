-- Conditions that several services use. `old_age` is a parameter of each service that uses them.
local page = "cuskoszalin.eu/uslugi-spoleczne-prawe, usługa 1"

local function dependent(basis)
  return check { id = "dependent", is "dependent", basis = basis,
                 text = { pl = "Osoba niesamodzielna", en = "A dependent person", uk = "Несамостійна особа" } }
end

-- Who may have help from the package POMOC+: a dependent person, or one with a severe disability, or
-- one of great age living alone or with another person of that age.
local function in_need(basis)
  return any {
    dependent(basis),
    check { id = "severe-disability", equals("disability", "severe"), basis = basis,
            text = { pl = "Osoba ze znacznym stopniem niepełnosprawności",
                     en = "A person with a severe degree of disability",
                     uk = "Особа зі значним ступенем інвалідності" } },
    check { id = "old-alone", basis = basis,
            all { at_least("age", param "old_age"), one_of("household", { "alone", "with-over-75" }) },
            text = { pl = "Osoba, która ukończyła {old_age|rok|lata|lat} i mieszka sama albo z drugą osobą w tym wieku",
                     en = "A person aged {old_age} or over who lives alone or with another person of that age",
                     uk = "Особа, якій виповнилося {old_age|рік|роки|років} і яка живе сама або з іншою особою такого віку" } },
  }
end

return conditions {
  resident = check { id = "resident", equals("commune", "3261011"), basis = "Plan działań CUS Koszalin, pkt 1",
                     text = { pl = "Mieszkaniec Koszalina", en = "A resident of Koszalin", uk = "Житель Кошаліна" } },

  -- As the web page states it for the equipment loan, and as it is carried over to the other services.
  in_need           = in_need(page),
  in_need_example   = in_need "example",
  dependent_example = dependent "example",
}
