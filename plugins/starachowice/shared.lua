-- Conditions that several services use: who lives here, and the three groups of the catalogue.
local plan = "Plan Wdrażania CUS w Starachowicach"
local list = plan .. ", katalog usług"

local resident = check {
  id = "resident", equals("commune", "2611011"), basis = plan .. ", zasada powszechności",
  text = { pl = "Mieszkaniec Starachowic", en = "A resident of Starachowice", uk = "Житель Стараховіц" },
}

local senior = check {
  id = "senior", at_least("age", param "senior_age"), basis = "example",
  text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
           en = "A person aged {senior_age} or over",
           uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" },
}

local disabled = check {
  id = "disabled", one_of("disability", { "light", "moderate", "severe" }), basis = list,
  text = { pl = "Osoba z orzeczeniem o niepełnosprawności",
           en = "A person with a disability certificate",
           uk = "Особа з довідкою про інвалідність" },
}

local crisis = check {
  id = "family-crisis", is "family_crisis", basis = list,
  text = { pl = "Kryzys w rodzinie", en = "A crisis in the family", uk = "Криза в сім’ї" },
}

local leaving = check {
  id = "leaving-care", is "leaving_care", basis = list,
  text = { pl = "Opuszczanie pieczy zastępczej", en = "Leaving foster care", uk = "Вихід із замісної опіки" },
}

return conditions {
  resident            = resident,
  senior_or_disabled  = any { senior, disabled },
  in_crisis           = any { crisis, leaving },
  senior_or_in_crisis = any { senior, crisis, leaving },
  any_group           = any { senior, disabled, crisis, leaving },
}
