--[pl] Testy usługi: przypadki i oczekiwane odpowiedzi. Potrzebne są: jeden „yes”, jeden „no”
--[pl] i jeden z opłatą; bez nich usługa nie działa.
--[en] The service's tests: cases and the answers expected. One "yes", one "no" and one with a fee
--[en] are needed; without them the service does not go live.
--[uk] Тести послуги: випадки та очікувані відповіді. Потрібні: один «yes», один «no»
--[uk] і один із платою; без них послуга не діє.
return tests {
  { "the condition is met", facts = { @yes@ },
    expect = { eligible = "yes", because = "condition", fee = pln "0.00" } },
  { "the condition is not met", facts = { @no@ },
    expect = { eligible = "no", because = "condition" } },
  { "nothing is known", facts = {}, expect = { eligible = "unknown" } },
}
