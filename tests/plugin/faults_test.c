/* One change to a good programme, one fault, on the right line: what an author mistypes is found
 * and said where it stands. */
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define PROGRAMME "example/programme.lua"
#define FACTS "example/facts.lua"
#define SHARED "example/shared.lua"
#define CLEANING "example/services/cleaning.lua"
#define CLEANING_SPEC "example/services/cleaning.spec.lua"
#define CARE "example/services/care.lua"
#define CARE_SPEC "example/services/care.spec.lua"
#define DELIVERY "example/services/delivery.lua"
#define LATER "example/services/delivery.2025-07-01.lua"

/* One row of a programme's resolutions. */
#define HEAD(from, number)                                                                         \
    "{ " from "number = \"" number                                                                 \
    "\", date = \"2023-12-01\", by = { pl = \"Rada\" }, basis = by }, "

typedef struct {
    const char *file, *find, *replacement;
    const char *code;
    int offset;       /* of the fault's line from that of the change */
    const char *near; /* the name that is suggested, or NULL */
} seed_t;

static const seed_t seeds[] = {
    /* Lua */
    {PROGRAMME, "period = {", "period = ", "syntax", 0, NULL},
    {CLEANING, "package = \"basic\",", "package = \"basic\"", "syntax", 0, NULL},
    {CLEANING, "package = \"basic\"", "package = \"basic", "syntax", 0, NULL},
    {CLEANING, "package = \"basic\"", "package = „basic”", "stray-sign", 0, NULL},
    {CARE, "return service {", "return ervice {", "unknown-name", 0, "service"},
    {CARE, "return service {", "return facts {", "return-word", 0, NULL},
    {CARE, "return f.household <= 2", "while true do end", "test-stopped", -999, NULL},
    {CARE, "local function small(f)", "for i = 1, 1e9 do end local function small(f)",
     "script-time", 0, NULL},
    {CARE, "local function small(f)", "local n = 1 + {} local function small(f)", "script-error", 0,
     NULL},
    {CARE, "return f.household <= 2", "seen = (seen or 0) + 1 return seen < 9", "test-stopped",
     -999, NULL},
    {FACTS, "return facts {", "return 5", "syntax", -999, NULL},
    {FACTS, "sensitivity = \"special\" }", "known_to = \"clerk\" }", "bad-choice", 0, NULL},
    {CLEANING, "package = \"basic\",", "package = \"basic\",\n  package = \"basic\",", "key-twice",
     1, NULL},
    {CLEANING, "price = {", "[\"price\"] = 1, price = {", "key-twice", 0, NULL},
    {PROGRAMME, "period = {", "period = { from = \"2024-01-01\",", "key-twice", 0, NULL},
    {CLEANING, "number = 1", "number = 2", "same-number", 0, NULL},
    /* dated resolutions: rows need their days, in order */
    {PROGRAMME,
     "resolution = { number = \"I/1/2024\", date = \"2023-12-01\", by = { pl = \"Rada\" }, basis = "
     "by },",
     "resolution = { " HEAD("", "I") HEAD("from = \"2024-06-01\", ", "II") "},", "missing-key", 0,
     NULL},
    {PROGRAMME,
     "resolution = { number = \"I/1/2024\", date = \"2023-12-01\", by = { pl = \"Rada\" }, basis = "
     "by },",
     "resolution = { " HEAD("from = \"2024-06-01\", ", "I")
         HEAD("from = \"2024-01-01\", ", "II") "},",
     "rows-order", 0, NULL},
    {PROGRAMME,
     "resolution = { number = \"I/1/2024\", date = \"2023-12-01\", by = { pl = \"Rada\" }, basis = "
     "by },",
     "resolution = { " HEAD("from = \"2024-06-01\", ", "I")
         HEAD("from = \"2024-06-01\", ", "II") "},",
     "rows-same-day", 0, NULL},
    {CLEANING, "name = { pl = \"Sprzątanie\"", "name = { pl = \"Sprzątanie", "syntax", 0, NULL},
    /* texts that mention parameters */
    {CLEANING, "summary = { pl = \"", "summary = { pl = \"{old_ag} ", "mention-unknown", 0,
     "old_age"},
    {CLEANING, "notes = { { text = { pl = \"uwaga", "notes = { { text = { pl = \"{shore} ",
     "mention-unknown", 0, "share"},
    {CLEANING, "pl = \"wniosek", "pl = \"{} wniosek", "mention-unknown", 0, NULL},
    {CLEANING, "pl = \"wniosek", "pl = \"{old_age wniosek", "mention-open", 0, NULL},
    {CLEANING, "pl = \"nic", "pl = \"{limits}", "mention-kind", 0, NULL},
    {CLEANING, "pl = \"nic", "pl = \"{price|rok|lata|lat}", "mention-number", 0, NULL},
    {CLEANING, "pl = \"Wielu", "pl = \"{old_age|rok|lata}", "mention-forms", 0, NULL},
    {CLEANING, "pl = \"Wielu\" }", "pl = \"Wielu\",\n en = \"{old_age|year}\" }", "mention-forms",
     1, NULL},
    {CLEANING, "pl = \"Sprzątanie\"", "pl = \"{old_age}\"", "mention-here", 0, NULL},
    {PROGRAMME, "pl = \"Połowa\"", "pl = \"{great_ag}\"", "mention-unknown", 0, "great_age"},
    {SHARED, "pl = \"Mieszkaniec\"", "pl = \"{old_age\"", "mention-open", 0, NULL},
    /* act and programme */
    {"act.lua", "areas = {", "area = {", "unknown-key", 0, "areas"},
    {"act.lua", "id = \"area-one\"", "id = \"Area one\"", "bad-id", 0, NULL},
    {"act.lua", "\"area-two\"", "\"area-one\"", "duplicate-id", 0, NULL},
    {PROGRAMME, "id = \"example\"", "id = \"other\"", "id-folder", 0, NULL},
    {PROGRAMME, "terc = \"0123456\"", "terc = \"12345\"", "bad-terc", 0, NULL},
    {PROGRAMME, "terc = \"0123456\"", "terc = 123456", "wrong-type", 0, NULL},
    {PROGRAMME, "centre = {", "center = {", "unknown-key", 0, "centre"},
    {PROGRAMME, "  centre = { pl = \"Centrum\" },\n", "", "missing-key", -999, NULL},
    {PROGRAMME, "centre = { pl =", "centre = { en =", "text-without-pl", 0, NULL},
    {PROGRAMME, "centre = { pl = \"Centrum\"", "centre = { pl = \"\"", "bad-text", 0, NULL},
    {PROGRAMME, "centre = { pl = \"Centrum\"", "centre = { pl = \"a\\u{202e}b\"", "bad-text", 0,
     NULL},
    {PROGRAMME, "date = \"2023-12-01\"", "date = \"2023-02-30\"", "bad-date", 0, NULL},
    {PROGRAMME, "date = \"2023-12-01\"", "date = 20231201", "wrong-type", 0, NULL},
    {PROGRAMME, "to = \"2026-12-31\"", "to = \"2023-12-31\"", "dates-order", 0, NULL},
    {PROGRAMME, "id = \"extended\"", "id = \"basic\"", "duplicate-id", 0, NULL},
    {PROGRAMME, "\"sztuka\", \"sztuki\", \"sztuk\"", "\"sztuka\", \"sztuk\"", "forms-count", 0,
     NULL},
    {PROGRAMME, "groups = { { id = \"seniors\", name = { pl = \"seniorzy\" }, basis = by } }",
     "groups = {}", "list-empty", 0, NULL},
    {PROGRAMME, "to = \"grosz\"", "to = \"grosze\"", "bad-choice", 0, "grosz"},
    {PROGRAMME, "when = \"settlement\"", "when = \"end\"", "bad-choice", 0, NULL},
    {PROGRAMME, "{ when = \"settlement\", basis = \"example\" }", "\"settlement\"", "wrong-type", 0,
     NULL},
    {PROGRAMME, "per = \"line\", basis = \"example\"", "per = \"line\"", "missing-key", 0, NULL},
    {PROGRAMME, "percent = param \"share\"", "percent = param \"shar\"", "unknown-parameter", 0,
     "share"},
    {PROGRAMME, "percent = param \"share\"", "percent = param \"opening\"", "parameter-type", 0,
     NULL},
    {PROGRAMME, "value = 20,", "value = 120,", "parameter-type", -999, NULL},
    {PROGRAMME, "value = 20,", "value = pln \"20.00\",", "rows-types", 1, NULL},
    {PROGRAMME, "value = 20,", "value = 20.12345,", "wrong-type", 0, NULL},
    {PROGRAMME, "percent = 100", "percent = 101", "bad-range", 0, NULL},
    {PROGRAMME, "when = is \"poor\"", "when = is \"por\"", "unknown-fact", 0, "poor"},
    {PROGRAMME, "id = \"half\"", "id = \"great-age\"", "duplicate-id", 0, NULL},
    {PROGRAMME, "to = \"2026-06-30\"", "to = \"2024-01-30\"", "dates-order", 0, NULL},
    {PROGRAMME, "basis = by } },\n  procedure", "basis = bi } },\n  procedure", "unknown-name", 0,
     NULL},
    {PROGRAMME, "fee = share { percent", "fee = shar { percent", "unknown-name", 0, "share"},
    {PROGRAMME, "fee = share { percent = param \"share\", basis = by }", "fee = 20", "not-fee", 0,
     NULL},
    /* terms, budget, indicators */
    {PROGRAMME, "plan_within_days = {", "plan_within_day = {", "unknown-key", 0,
     "plan_within_days"},
    {PROGRAMME, "value = 30, basis = by", "value = 0, basis = by", "bad-range", 0, NULL},
    {PROGRAMME, "value = 30, basis = by", "value = 2.5, basis = by", "wrong-type", 0, NULL},
    {PROGRAMME, "value = 30, basis = by", "value = 30", "missing-key", 0, NULL},
    {PROGRAMME, "value = 30, basis = by", "value = 30, per = \"year\", basis = by", "limit-key", 0,
     NULL},
    {PROGRAMME, "from = \"2025-01-01\", value = 21", "from = \"2024-01-01\", value = 21",
     "rows-same-day", 0, NULL},
    {PROGRAMME, "no_show_counts = { { from = \"2024-01-01\", value = true",
     "no_show_counts = { { from = \"2024-01-01\", value = 1", "wrong-type", 0, NULL},
    {PROGRAMME, "percent = param \"share\"", "percent = param \"plan_within_days\"",
     "unknown-parameter", 0, NULL},
    {PROGRAMME, "value = pln \"1000.00\"", "value = 1000", "wrong-type", 0, NULL},
    {PROGRAMME, "to = \"2024-12-31\", value", "to = \"2023-12-31\", value", "dates-order", 0, NULL},
    {PROGRAMME, "services = { \"cleaning\", \"delivery\" }", "services = { \"cleanin\" }",
     "unknown-term", 0, "cleaning"},
    {PROGRAMME, "services = { \"cleaning\", \"delivery\" }", "services = { \"care\", \"care\" }",
     "twice", 0, NULL},
    {PROGRAMME, "services = { \"cleaning\", \"delivery\" }", "services = \"care\"", "wrong-type", 0,
     NULL},
    {PROGRAMME, "id = \"some\"", "id = \"first\"", "duplicate-id", 0, NULL},
    {PROGRAMME, "counts = \"new-persons\"", "counts = \"new-person\"", "bad-choice", 0,
     "new-persons"},
    {PROGRAMME, "every = \"quarter\"", "every = \"week\"", "bad-choice", 0, NULL},
    {PROGRAMME, "fact = \"household\"", "fact = \"househol\"", "unknown-fact", 0, "household"},
    {PROGRAMME, "holds = \"services\"", "holds = \"service\"", "bad-choice", 0, "services"},
    {PROGRAMME, "id = \"services_wanted\"", "id = \"problems\"", "duplicate-id", 0, NULL},
    {PROGRAMME, "id = \"problems\", name", "name", "missing-key", 0, NULL},
    {PROGRAMME, "id = \"tender\"", "id = \"open-call\"", "duplicate-id", -999, NULL},
    /* facts */
    {FACTS, "id = \"pesel\", type = \"pesel\"", "id = \"pesel\", type = \"pesl\"", "bad-choice", 0,
     "pesel"},
    {FACTS, "id = \"dependent\"", "id = \"age\"", "duplicate-id", 0, NULL},
    {FACTS, "id = \"dependent\"", "id = \"de pendent\"", "bad-id", 0, NULL},
    {FACTS, "max = 130", "max = 130.5", "value-type", 0, NULL},
    {FACTS, "max = 130", "max = pln \"130\"", "value-type", 0, NULL},
    {FACTS, "min = 1, max = 20,", "min = 21, max = 20,", "min-over-max", 0, NULL},
    {FACTS, "min = 1, max = 20,", "values = { { id = \"a\", name = { pl = \"a\" } } },",
     "fact-type-only", 0, NULL},
    {FACTS, "min = 1, max = 20,", "step = 2,", "fact-type-only", 0, NULL},
    {FACTS, "years_since \"birth_date\"", "years_since \"birth_dat\"", "unknown-fact", 0,
     "birth_date"},
    {FACTS, "years_since \"birth_date\"", "years_since \"pesel\"", "derive-from-type", 0, NULL},
    {FACTS, "years_since \"birth_date\"", "pesel_birth_date \"pesel\"", "derive-type", 0, NULL},
    {FACTS, "id = \"man\"", "id = \"men\"", "derive-sex", 1, NULL},
    {FACTS, "derive = equals(\"household\", 1)", "derive = is \"poor\"", "derive-cycle", 0, NULL},
    {FACTS, "derive = equals(\"household\", 1)", "derive = function(f) return true end",
     "function-in-derive", 0, NULL},
    {FACTS, "sensitivity = \"special\"", "sensitivity = \"secret\"", "bad-choice", 0, NULL},
    {FACTS, "source = {", "sorce = {", "unknown-key", 0, "source"},
    {FACTS, "    question = { pl = \"Ile osób?\" } },", "    question = \"Ile osób?\" },",
     "wrong-type", 0, NULL},
    /* shared */
    {SHARED, "equals(\"commune\", \"here\")", "equals(\"commune\", \"her\")", "unknown-value", 0,
     "here"},
    {SHARED, "is \"dependent\"", "at_least(\"dependent\", 1)", "condition-type", 0, NULL},
    {SHARED, "is \"dependent\"", "is(\"dependent\", true)", "arguments", 0, NULL},
    {SHARED, "old = at_least", "Old = at_least", "bad-id", 0, NULL},
    {SHARED, "in_need = any {", "in_need = any { is = 1,", "key-in-list", 0, NULL},
    /* services */
    {CLEANING, "id = \"cleaning\"", "id = \"cleanin\"", "id-file", 0, NULL},
    {CLEANING, "revision = 2", "revision = 0", "bad-range", 0, NULL},
    {CLEANING, "revision = 2", "revision = \"2\"", "wrong-type", 0, NULL},
    {CLEANING, "package = \"basic\"", "package = \"basik\"", "unknown-term", 0, "basic"},
    {CLEANING, "\"area-two\"", "\"area-three\"", "unknown-term", 0, NULL},
    {CLEANING, "\"area-two\"", "\"area-one\"", "twice", 0, NULL},
    {CLEANING, "place = \"home\"", "place = \"hom\"", "unknown-term", 0, "home"},
    {CLEANING, "unit = \"piece\"", "unit = \"pieces\"", "unknown-term", 0, "piece"},
    {CLEANING, "quantity = \"pieces\"", "quantity = \"household\"", "not-order-fact", 0, NULL},
    {CARE, "quantity = { \"hours\", \"people\" }", "quantity = { \"hours\" }", "arguments", 0,
     NULL},
    {CARE, "quantity = { \"hours\", \"people\" }", "quantity = { \"people\", \"hours\" }",
     "not-countable", 0, NULL},
    {CARE, "quantity = { \"hours\", \"people\" }", "quantity = { \"people\", \"people\" }", "twice",
     0, NULL},
    {CARE, "change = \"more\"", "change = \"mor\"", "bad-choice", 0, "more"},
    {CARE, "charge = \"party\"", "charge = \"person\"", "bad-choice", 0, NULL},
    {CARE, "modes = { \"tender\"", "modes = { \"tenders\"", "unknown-term", 0, "tender"},
    {CARE, "challenges = { \"ageing\" }", "challenges = {}", "list-empty", 0, NULL},
    {CARE, "goal = { pl =", "goal = { en =", "key-twice", 0, NULL},
    {CARE, "modes = \"a\", charge", "charge", "missing-key", -1, NULL},
    {CARE, "change = \"more\",", "", "missing-key", 2, NULL},
    {CARE, "{ items = 2,", "{ items = 0,", "bad-range", 0, NULL},
    {CARE, "{ items = 2,", "{ items = 2, per = \"year\",", "limit-key", 0, NULL},
    {CARE, "points = 10,", "points = 0,", "bad-range", 0, NULL},
    {CARE, "when = is \"alone\"", "when = is \"alon\"", "unknown-fact", 0, "alone"},
    {CARE, "{ id = \"few\", points", "{ id = \"alone\", points", "duplicate-id", 0, NULL},
    {CARE, "criteria = {", "criterion = {", "unknown-key", 0, "criteria"},
    {CARE, "order = \"application-date\",", "", "missing-key", -1, NULL},
    {CARE_SPEC, "points = 15", "points = 10", "test-failed", 0, NULL},
    {CLEANING, "place = \"a\", providers = \"a\"", "place = \"a\"", "missing-key", -1, NULL},
    {CLEANING, "from = \"2025-01-01\", value = pln", "from = \"2024-01-01\", value = pln",
     "rows-same-day", 0, NULL},
    {CLEANING, "from = \"2025-01-01\", value = pln", "from = \"2023-01-01\", value = pln",
     "rows-order", 0, NULL},
    {CLEANING, "from = \"2025-01-01\", value = pln", "from = \"2024-12-01\", value = pln",
     "rows-overlap", 0, NULL},
    {CLEANING, "to = \"2024-12-31\"", "to = \"2023-12-31\"", "dates-order", 0, NULL},
    {CLEANING, "value = pln \"30.00\"", "value = 30", "wrong-type", 0, NULL},
    {CLEANING, "value = pln \"30.00\"", "value = pln \"30,00\"", "bad-amount", 0, NULL},
    {CLEANING, "value = pln \"30.00\", basis = example", "value = pln \"30.00\"", "missing-key", 0,
     NULL},
    {CLEANING, "value = 944, per = \"year\"", "value = 944", "missing-key", 0, NULL},
    {CLEANING, "value = 944, per = \"year\"", "value = -1, per = \"year\"", "bad-range", 0, NULL},
    {CLEANING, "value = 944, per = \"year\"", "value = 9.5, per = \"year\"", "wrong-type", 0, NULL},
    {CLEANING, "value = 944, per = \"year\"", "value = 944, per = \"years\"", "bad-choice", 0,
     "year"},
    {CLEANING, "value = 944, per = \"year\"", "value = 944, per = \"year\", of = \"person\"",
     "bad-choice", 0, "persons"},
    {CLEANING, "value = pln \"30.00\"", "value = pln \"30.00\", of = \"persons\"", "limit-key", 0,
     NULL},
    {CLEANING, "gap = \"14 days\"", "gap = \"14 dni\"", "bad-span", 0, NULL},
    {CLEANING, "gap = \"14 days\"", "gap = \"14 days\", seats = 2", "limit-kind", 0, NULL},
    {CLEANING, "gap = \"14 days\"", "gap = \"14 days\", extensions = 2", "limit-key", 0, NULL},
    {CLEANING, "least = 5", "least = 9", "bad-range", 0, NULL},
    {CLEANING, "units = 6, per = \"visit\"", "units = 6", "missing-key", 0, NULL},
    {CLEANING, "whose = \"person\"", "whose = \"persons\"", "bad-choice", 0, "person"},
    {CLEANING, "days = \"mon-fri\"", "days = \"mon-fry\"", "bad-days", 0, NULL},
    {CLEANING, "from = \"08:00\"", "from = \"8:00\"", "bad-time", 0, NULL},
    {CLEANING, "from = \"08:00\"", "from = \"17:00\"", "times-order", 0, NULL},
    {CLEANING, "shared.resident,", "shared.residnt,", "unknown-name", 0, "resident"},
    {CLEANING, "shared.resident,", "is \"dependent\",", "outside-check", 0, NULL},
    {CLEANING, "shared.resident,", "\"dependent\",", "not-condition", 0, NULL},
    {CLEANING, "shared.resident,", "shared.resident, shared.resident,", "duplicate-id", -1, NULL},
    {CLEANING, "id = \"many\"", "id = \"dependent\"", "duplicate-id", 0, NULL},
    {CLEANING, "at_least(\"household\", 5)", "at_least(\"household\", 50)", "value-bounds", 0,
     NULL},
    {CLEANING, "at_least(\"household\", 5)", "at_least(\"household\", \"5\")", "value-type", 0,
     NULL},
    {CLEANING, "at_least(\"household\", 5)", "at_leest(\"household\", 5)", "unknown-name", 0,
     "at_least"},
    {CLEANING, "at_least(\"household\", 5)", "at_least(\"household\", param \"opening\")",
     "parameter-type", 0, NULL},
    {CLEANING, "at_least(\"household\", 5), text", "text", "check-condition", 0, NULL},
    {CLEANING, "at_least(\"household\", 5), text",
     "when = function() return true end, at_least(\"household\", 5), text", "check-condition", 0,
     NULL},
    {CLEANING, "param \"opening\"", "\"1920-13-01\"", "value-type", 0, NULL},
    {CLEANING, "none { check", "none { chek", "unknown-name", 0, "check"},
    {CLEANING, "complete-application-date", "complete-aplication-date", "bad-choice", 0,
     "complete-application-date"},
    {CLEANING, "asks = { \"pieces\" }", "asks = { \"pieces\", \"pieces\" }", "twice", 0, NULL},
    {CLEANING, "asks = { \"pieces\" }", "ask = { \"pieces\" }", "unknown-key", 0, "asks"},
    {CARE, "between(\"age\", 18, 120)", "between(\"age\", 120, 18)", "between-order", 0, NULL},
    {CARE, "one_of(\"commune\", { \"here\", \"other\" })",
     "one_of(\"commune\", { \"here\", \"here\" })", "twice", 0, NULL},
    {CARE, "one_of(\"commune\", { \"here\", \"other\" })",
     "one_of(\"commune\", { \"here\", \"othe\" })", "unknown-value", 0, "other"},
    {CARE, "by = \"income\"", "by = \"birth_date\"", "condition-type", 0, NULL},
    {CARE, "by = \"income\"", "by = \"household\"", "value-type", 0, NULL},
    {CARE, "rows = param \"steps\"", "rows = param \"price\"", "parameter-type", 0, NULL},
    {CARE, "up_to = pln \"2000.00\", amount", "up_to = pln \"900.00\", amount", "steps-order", 0,
     NULL},
    {CARE, "{ percent = 50 }", "{ up_to = pln \"9000.00\", percent = 50 }", "steps-last", 0, NULL},
    {CARE, "{ percent = 50 }", "{ percent = 50, amount = pln \"1.00\" }", "step-kind", 0, NULL},
    {CARE,
     "    price = { { from = \"2024-01-01\", value = pln \"40.00\", basis = \"example\" } },\n", "",
     "no-price", -999, NULL},
    {CARE, "when = function(f) return small(f)", "when = function(f) return f.hoursehold",
     "test-stopped", -999, NULL},
    {DELIVERY, "    return fee\n", "    return 5\n", "test-absurd-fee", -999, NULL},
    {DELIVERY, "p.price * order.pieces", "p.prise * order.pieces", "test-stopped", -999, NULL},
    {LATER, "  id = \"delivery\",", "  from = \"2025-08-01\", id = \"delivery\",", "from-file", 0,
     NULL},
    /* tests */
    {CLEANING_SPEC, "fee = pln \"20.00\"", "fee = pln \"21.00\"", "test-failed", 0, NULL},
    {CLEANING_SPEC, "because = \"resident\"", "because = \"residents\"", "unknown-term", 0,
     "resident"},
    {CLEANING_SPEC, "because = \"resident\"", "because = \"many\"", "test-failed", 0, NULL},
    {CLEANING_SPEC, "relief = \"half\"", "relief = \"none\"", "test-failed", 0, NULL},
    {CLEANING_SPEC, "missing = { \"commune\" }", "missing = { \"sex\" }", "test-failed", 0, NULL},
    {CLEANING_SPEC, "eligible = \"unknown\"", "eligible = \"maybe\"", "bad-choice", 0, NULL},
    {CLEANING_SPEC, "facts = { commune = \"other\" }", "facts = { comune = \"other\" }",
     "unknown-fact", 0, "commune"},
    {CLEANING_SPEC, "facts = { commune = \"other\" }", "facts = { pieces = 2 }", "not-person-fact",
     0, NULL},
    {CLEANING_SPEC, "facts = { commune = \"other\" }", "facts = { pesel = \"44051401350\" }",
     "test-fact", 0, NULL},
    {CLEANING_SPEC, "facts = { commune = \"other\" }", "facts = { alone = true }", "test-fact", 0,
     NULL},
    {CLEANING_SPEC, "on = \"2025-03-01\"", "on = \"2027-03-01\"", "test-day", 0, NULL},
    {CLEANING_SPEC, "eligible = \"no\", because = \"resident\"", "because = \"resident\"",
     "test-lacking", -999, NULL},
    {CARE_SPEC, "order = { hours = 1.5 }", "order = { hours = 1.25 }", "test-fact", 0, NULL},
    {CARE_SPEC, "order = { hours = 1.5 }", "order = { hours = 9 }", "test-fact", 0, NULL},
};

#define SEEDS (sizeof(seeds) / sizeof(seeds[0]))

static bool found(const plugin_generation_t *generation, const seed_t *seed, int line)
{
    int wanted = seed->offset == -999 ? 0 : line + seed->offset;
    const plugin_fault_t *fault = folder_fault(generation, seed->code, wanted);
    if (fault == NULL) {
        return false;
    }
    span_t text = fault->text.in[LANG_EN];
    char hint[80] = "";
    if (seed->near != NULL) {
        snprintf(hint, sizeof(hint), "was \"%s\" meant?", seed->near);
    }
    return memmem(text.at, text.len, hint, strlen(hint)) != NULL;
}

static void each_slip_is_found(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < SEEDS; i++) {
        folder_t folder = folder_copy(FIXTURES);
        int line = folder_replace(&folder, seeds[i].file, seeds[i].find, seeds[i].replacement);
        plugin_generation_t *generation = plugin_load(folder.path, "example");
        assert_non_null(generation);
        if (line == 0 || plugin_good(generation) || !found(generation, &seeds[i], line)) {
            wrong++;
            fprintf(stderr, "not found: %s:%d %s → %s: %s\n", seeds[i].file, line, seeds[i].find,
                    seeds[i].replacement, seeds[i].code);
            folder_print(generation);
        }
        plugin_release(generation);
        folder_delete(&folder);
    }
    assert_int_equal(wrong, 0);
    printf("%zu slips found on their lines\n", SEEDS);
}

static void the_fixture_is_good(void **state)
{
    (void)state;
    plugin_generation_t *generation = plugin_load(FIXTURES, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    assert_int_equal(plugin_programme(generation)->service_count, 4);
    assert_int_equal(plugin_tests(generation).failed, 0);
    plugin_release(generation);
}

static void several_at_once_are_all_told(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    const struct {
        const char *file, *find, *replacement, *code;
    } many[] = {
        {PROGRAMME, "centre = {", "center = {", "unknown-key"},
        {PROGRAMME, "terc = \"0123456\"", "terc = \"1\"", "bad-terc"},
        {FACTS, "max = 130", "max = true", "value-type"},
        {SHARED, "is \"dependent\"", "is \"dependant\"", "unknown-fact"},
        {CLEANING, "place = \"home\"", "place = \"hom\"", "unknown-term"},
        {CLEANING, "days = \"mon-fri\"", "days = \"mo\"", "bad-days"},
        {CARE, "percent = 10 }", "percent = 110 }", "bad-range"},
        {CARE_SPEC, "facts = { income", "facts = { incom", "unknown-fact"},
    };
    int lines[8];
    for (size_t i = 0; i < 8; i++) {
        lines[i] = folder_replace(&folder, many[i].file, many[i].find, many[i].replacement);
        assert_int_not_equal(lines[i], 0);
    }
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    size_t count;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    for (size_t i = 0; i < 8; i++) {
        assert_non_null(folder_fault(generation, many[i].code, lines[i]));
    }
    for (size_t i = 1; i < count; i++) {
        int order = span_compare(faults[i - 1].file, faults[i].file);
        assert_true(order < 0 || (order == 0 && faults[i - 1].line <= faults[i].line));
    }
    assert_null(plugin_programme(generation));
    plugin_release(generation);
    folder_delete(&folder);
}

static void a_row_pasted_with_its_key_is_one_fault(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    int line = folder_replace(&folder, CLEANING, "    old_age = {",
                              "    price = { { from = \"2026-01-01\", value = pln \"31.00\", "
                              "basis = example } },\n    old_age = {");
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    size_t count;
    plugin_faults(generation, &count);
    const plugin_fault_t *fault = folder_fault(generation, "key-twice", line);
    assert_non_null(fault);
    assert_int_equal(count, 1);
    assert_non_null(
        memmem(fault->text.in[LANG_PL].at, fault->text.in[LANG_PL].len, "wierszu 13", 10));
    plugin_release(generation);
    folder_delete(&folder);
}

static void a_fault_of_shared_conditions_is_told_once(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    folder_replace(&folder, SHARED, "equals(\"commune\", \"here\")",
                   "equals(\"comune\", \"here\")");
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    size_t count;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        told += strcmp(faults[i].code, "unknown-fact") == 0;
    }
    if (told != 1) {
        folder_print(generation);
    }
    assert_int_equal(told, 1);
    plugin_release(generation);
    folder_delete(&folder);
}

static void one_faulty_service_is_left_out(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    folder_replace(&folder, LATER, "revision = 2", "revision = \"\"");
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    assert_false(plugin_good(generation));
    assert_non_null(programme);
    /* With its faulty version the older one goes too: it would answer for days not its own. */
    assert_int_equal(programme->service_count, 2);
    assert_true(span_equal(programme->services[0].id, SPAN("cleaning")));
    assert_true(span_equal(programme->services[1].id, SPAN("care")));
    plugin_release(generation);
    folder_delete(&folder);
}

static void a_flood_of_faults_is_bounded(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    buf_t text = {0};
    buf_literal(&text, "return facts {\n");
    for (int i = 0; i < 250; i++) {
        buf_print(&text, "{ id = \"f%d\", tipe = 1 },\n", i);
    }
    buf_literal(&text, "}\n");
    folder_write(&folder, FACTS, text.at, text.len);
    buf_free(&text);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    size_t count;
    plugin_faults(generation, &count);
    assert_int_equal(count, 201);
    assert_non_null(folder_fault(generation, "too-many-faults", 0));
    plugin_release(generation);
    folder_delete(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fixture_is_good),
        cmocka_unit_test(each_slip_is_found),
        cmocka_unit_test(several_at_once_are_all_told),
        cmocka_unit_test(a_row_pasted_with_its_key_is_one_fault),
        cmocka_unit_test(a_fault_of_shared_conditions_is_told_once),
        cmocka_unit_test(one_faulty_service_is_left_out),
        cmocka_unit_test(a_flood_of_faults_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
