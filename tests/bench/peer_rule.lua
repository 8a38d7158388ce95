-- The rule of window cleaning as a LuaJIT programmer would write it by hand for nginx: three-valued, with
-- reasons, fee and what to ask next. The benchmark checks that its answers are Okienko's. The texts
-- come, as tables made once at the start, from the file that PEER_TEXTS names in nginx's configuration.
local cjson = require "cjson.safe"

local NO, YES, UNKNOWN = 1, 2, 3
local WORDS = { "no", "yes", "unknown" }
local null, floor, format = cjson.null, math.floor, string.format

local texts, facts_of, checks, reliefs, questions

local M = {}

function M.load(path)
  local file = assert(io.open(path, "rb"))
  texts = assert(cjson.decode(file:read "*a"))
  file:close()
  facts_of, reliefs, questions = texts.facts, texts.reliefs, texts.questions
  -- What a check and a question look like in each of their states, made once.
  checks = {}
  for i, check in ipairs(texts.checks) do
    checks[i] = {}
    for answer = NO, UNKNOWN do
      checks[i][answer] = {}
      for _, decisive in ipairs { true, false } do
        checks[i][answer][decisive] = { id = check.id, text = check.text, basis = check.basis, example = check.example,
                                        facts = check.facts, answer = WORDS[answer], decisive = decisive }
      end
    end
  end
  for id, question in pairs(questions) do
    questions[id] = {}
    for _, wanted in ipairs { "outcome", "fee" } do
      local copy = { ["for"] = wanted }
      for name, value in pairs(question) do copy[name] = value end
      questions[id][wanted] = copy
    end
  end
  for _, fact in pairs(facts_of) do
    local set = {}
    for _, value in ipairs(fact.values or {}) do set[value] = true end
    fact.set = set
  end
end

local MONTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- "2024-03-01" as 20240301; nil when there is no such day.
local function date_of(text)
  if type(text) ~= "string" or #text ~= 10 then return nil end
  local y, m, d = text:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)$"
  if not y then return nil end
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  local most = MONTHS[m]
  if m == 2 and (y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)) then most = 29 end
  if not most or d < 1 or d > most or y < 1900 or y > 2299 then return nil end
  return y * 10000 + m * 100 + d
end

local WEIGHTS = { 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1 }
local CENTURIES = { [0] = 1900, 2000, 2100, 2200, 1800 }

local function pesel_birth(text)
  if type(text) ~= "string" or not text:find "^%d%d%d%d%d%d%d%d%d%d%d$" then return nil end
  local sum = 0
  for i = 1, 11 do sum = sum + (text:byte(i) - 48) * WEIGHTS[i] end
  if sum % 10 ~= 0 then return nil end
  local month = tonumber(text:sub(3, 4))
  return date_of(format("%04d-%02d-%s", CENTURIES[floor(month / 20)] + tonumber(text:sub(1, 2)), month % 20, text:sub(5, 6)))
end

local function valid(fact, value)
  local kind = fact.type
  if kind == "boolean" then return type(value) == "boolean" end
  if kind == "choice" then return fact.set[value] == true end
  if kind == "integer" then
    return type(value) == "number" and value == floor(value) and value >= fact.min and value <= fact.max
  end
  if kind == "date" then return date_of(value) ~= nil end
  return pesel_birth(value) ~= nil
end

-- Removes what is null; the name of the first wrong fact, or nil.
local function check_group(group, of_order)
  if group == nil or group == null then return {} end
  if type(group) ~= "table" then return nil, "object" end
  local clean = {}
  for name, value in pairs(group) do
    local fact = facts_of[name]
    if not fact or (fact.about == "order") ~= of_order then return nil, name end
    if value ~= null then
      if not valid(fact, value) then return nil, name end
      clean[name] = value
    end
  end
  return clean
end

local MEMBERS = { facts = true, order = true, on = true }

local function read(body)
  local asked = cjson.decode(body)
  if type(asked) ~= "table" then return nil, "json" end
  for name in pairs(asked) do
    if not MEMBERS[name] then return nil, name end
  end
  local facts, wrong = check_group(asked.facts, false)
  if not facts then return nil, wrong end
  local order
  order, wrong = check_group(asked.order, true)
  if not order then return nil, wrong end
  local on = date_of(asked.on)
  if not on then return nil, "on" end
  local birth = date_of(facts.birth_date)
  if facts.pesel then
    local told = pesel_birth(facts.pesel)
    if birth and birth ~= told then return nil, "birth_date" end
    birth = told
  end
  if birth and birth > on then return nil, "birth_date" end
  return facts, order, on, asked.on, birth
end

local function truth(value)
  if value == nil then return UNKNOWN end
  return value and YES or NO
end

local function equals(value, wanted)
  if value == nil then return UNKNOWN end
  return value == wanted and YES or NO
end

local function all(a, b)
  if a == NO or b == NO then return NO end
  return (a == YES and b == YES) and YES or UNKNOWN
end

local function any(a, b)
  if a == YES or b == YES then return YES end
  return (a == NO and b == NO) and NO or UNKNOWN
end

local function negate(a)
  if a == UNKNOWN then return a end
  return a == YES and NO or YES
end

-- At most 1000 zł here: without a gap between thousands.
local function money(grosze)
  return { grosze = grosze, text = format("%d,%02d\194\160zł", floor(grosze / 100), grosze % 100) }
end

local function window_form(count)
  if count == 1 then return "okno" end
  local last, two = count % 10, count % 100
  if last >= 2 and last <= 4 and (two < 12 or two > 14) then return "okna" end
  return "okien"
end

-- The answers of the eleven reliefs, in the order of the plan.
local STATUSES = { "combatant", "veterans-corps", "repression-victim", "forced-labour", "opposition-activist",
                   "political-repression" }
local RELIEF_FACTS = { "care_services", "family_assistant", "birth_date", "merit_status", "merit_status", "merit_status",
                       "merit_status", "merit_status", "merit_status", "foster_care", "foster_care" }

local function relief_answers(facts, age)
  local status, care = facts.merit_status, facts.foster_care
  local answers = { truth(facts.care_services), truth(facts.family_assistant),
                    age == nil and UNKNOWN or (age >= 90 and YES or NO) }
  for i = 1, 6 do answers[3 + i] = equals(status, STATUSES[i]) end
  answers[10], answers[11] = equals(care, "in-care"), equals(care, "leaver")
  return answers
end

local function fee_of(facts, order, age, missing, outcome)
  local windows = order.windows or 1
  local value = windows * 2500
  local before = floor(value * 20 / 100 + 0.5)
  local answers = relief_answers(facts, age)
  local relief, open = nil, false
  for i = 1, 11 do
    if answers[i] == YES then relief = relief or reliefs[i] end
    open = open or answers[i] == UNKNOWN
  end
  local least, most = (relief or open) and 0 or before, relief and 0 or before
  if outcome ~= NO and not relief then
    if least ~= most then
      for i = 1, 11 do
        local fact = RELIEF_FACTS[i]
        if answers[i] == UNKNOWN and not missing[fact] then
          missing[fact] = true
          missing[#missing + 1] = questions[fact].fee
        end
      end
    end
    if not order.windows then missing[#missing + 1] = questions.windows.fee end
  end
  local known = least == most
  local low = money(least)
  return {
    state = known and "known" or "depends", amount = known and low or null, least = low,
    most = known and low or money(most), before_relief = known and money(before) or null,
    quantity = windows, quantity_assumed = order.windows == nil,
    quantity_text = windows .. "\194\160" .. window_form(windows), price = money(2500), value = money(value),
    share_percent = 20, relief = relief or null, basis = texts.fee_basis, example = true,
  }
end

local function ask(missing, fact)
  if not missing[fact] then
    missing[fact] = true
    missing[#missing + 1] = questions[fact].outcome
  end
end

-- What opens the outcome: first what decides it by itself, then the alternatives in the order of the text.
local function ask_outcome(missing, c, facts, age)
  local resident, dependent, severe, old_alone, unsafe = c[1], c[2], c[3], c[4], c[5]
  local need = any(any(dependent, severe), old_alone)
  local open = (dependent == UNKNOWN and 1 or 0) + (severe == UNKNOWN and 1 or 0) + (old_alone == UNKNOWN and 1 or 0)
  if resident == UNKNOWN then ask(missing, "commune") end
  if unsafe == UNKNOWN and open > 1 and need == UNKNOWN then ask(missing, "windows_unsafe") end
  if need == UNKNOWN then
    if dependent == UNKNOWN then ask(missing, "dependent") end
    if severe == UNKNOWN then ask(missing, "disability") end
    if old_alone == UNKNOWN then
      if age == nil then ask(missing, "birth_date") end
      if facts.household == nil then ask(missing, "household") end
    end
  end
  if unsafe == UNKNOWN then ask(missing, "windows_unsafe") end
end

-- Which checks the outcome rests on.
local function decisive_of(c, outcome, need)
  local resident, unsafe = c[1], c[5]
  local function of_need(answer)
    if outcome == UNKNOWN then return need == UNKNOWN and answer == UNKNOWN end
    if outcome == NO and need ~= NO then return false end
    return need == NO or answer == YES
  end
  local function of_all(answer)
    if outcome == UNKNOWN then return answer == UNKNOWN end
    return outcome == YES or answer == NO
  end
  return of_all(resident), of_need(c[2]), of_need(c[3]), of_need(c[4]), of_all(negate(unsafe))
end

local function outcome_text(c, outcome, decisive)
  if outcome == YES then return "Tak, ta usługa przysługuje." end
  if outcome == UNKNOWN then return "Jeszcze nie wiadomo: trzeba odpowiedzieć na pytania." end
  local unmet = {}
  for i = 1, 4 do
    if decisive[i] and c[i] == NO then unmet[#unmet + 1] = texts.checks[i].text end
  end
  local text = "Nie, ta usługa nie przysługuje."
  if #unmet > 0 then text = text .. " Niespełnione: " .. table.concat(unmet, "; ") .. "." end
  if decisive[5] and c[5] == YES then text = text .. " Przeszkoda: " .. texts.checks[5].text .. "." end
  return text
end

function M.decide(facts, order, on, on_text, birth)
  local age = birth and floor((on - birth) / 10000)
  local household = facts.household
  local c = {
    equals(facts.commune, "3261011"), truth(facts.dependent), equals(facts.disability, "severe"),
    all(age == nil and UNKNOWN or (age >= 75 and YES or NO),
        household == nil and UNKNOWN or ((household == "alone" or household == "with-over-75") and YES or NO)),
    truth(order.windows_unsafe),
  }
  local need = any(any(c[2], c[3]), c[4])
  local outcome = all(all(c[1], need), negate(c[5]))
  local decisive = { decisive_of(c, outcome, need) }
  local missing = {}
  if outcome == UNKNOWN then ask_outcome(missing, c, facts, age) end
  local fee = fee_of(facts, order, age, missing, outcome)
  local list = {}
  for i = 1, #missing do list[i] = missing[i] end
  local head = texts.head
  return {
    programme = head.programme, on = on_text, in_force = true, service = head.service, name = head.name,
    number = head.number, version = head.version, revision = head.revision,
    outcome = WORDS[outcome], outcome_text = outcome_text(c, outcome, decisive),
    checks = { checks[1][c[1]][decisive[1]], checks[2][c[2]][decisive[2]], checks[3][c[3]][decisive[3]],
               checks[4][c[4]][decisive[4]], checks[5][c[5]][decisive[5]] },
    missing = list, fee = fee, limits = texts.limits, documents = texts.documents, example = true,
  }
end

function M.serve()
  ngx.req.read_body()
  local facts, order, on, on_text, birth = read(ngx.req.get_body_data() or "")
  ngx.header["Content-Type"] = "application/json"
  if not facts then
    ngx.status = 422
    return ngx.print('{"type":"bad-facts","field":"', order, '"}')
  end
  local answer = M.decide(facts, order, on, on_text, birth)
  local text = cjson.encode(answer)
  -- An empty table is an object to this cjson.
  if #answer.missing == 0 then text = text:gsub('"missing":{}', '"missing":[]', 1) end
  ngx.header["Content-Length"] = #text
  ngx.print(text)
end

return M
