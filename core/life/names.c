/* People who do not exist. */
#include "life/inside.h"

#include <stdio.h>

static const char *const women[] = {"Anna",       "Maria",     "Krystyna",  "Barbara", "Teresa",
                                    "Halina",     "Irena",     "Jadwiga",   "Danuta",  "Zofia",
                                    "Helena",     "Ewa",       "Elżbieta",  "Bożena",  "Grażyna",
                                    "Małgorzata", "Katarzyna", "Agnieszka", "Joanna",  "Magdalena",
                                    "Monika",     "Julia",     "Hanna",     "Zuzanna"};
static const char *const men[] = {"Jan",    "Stanisław", "Andrzej",   "Józef",   "Tadeusz",
                                  "Jerzy",  "Zbigniew",  "Henryk",    "Ryszard", "Kazimierz",
                                  "Marian", "Piotr",     "Krzysztof", "Tomasz",  "Paweł",
                                  "Michał", "Marek",     "Adam",      "Antoni",  "Jakub"};
/* A woman's form and a man's. */
static const char *const families[][2] = {{"Przykładowska", "Przykładowski"},
                                          {"Pokazowa", "Pokazowy"},
                                          {"Wymyślona", "Wymyślony"},
                                          {"Zmyślona", "Zmyślony"},
                                          {"Nieistniejąca", "Nieistniejący"},
                                          {"Próbna", "Próbny"},
                                          {"Wzorcowa", "Wzorcowy"},
                                          {"Szablonowska", "Szablonowski"},
                                          {"Umowna", "Umowny"},
                                          {"Makietowska", "Makietowski"},
                                          {"Niebywała", "Niebywały"},
                                          {"Zastępcza", "Zastępczy"},
                                          {"Testowa", "Testowy"},
                                          {"Ćwiczebna", "Ćwiczebny"},
                                          {"Fikcyjna", "Fikcyjny"},
                                          {"Bajkowska", "Bajkowski"}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

void life_somebody_named(life_t *life, bool woman, somebody_t *body)
{
    body->woman = woman;
    body->given =
        span_of(woman ? women[life_draw(life, COUNT(women))] : men[life_draw(life, COUNT(men))]);
    body->family = span_of(families[life_draw(life, COUNT(families))][woman ? 0 : 1]);
}

/* By the rules of base/pesel.h: the century is in the month, the sex in the tenth digit. */
static void number_made(life_t *life, somebody_t *body)
{
    static const int weights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int year = 0, month = 0, day = 0, sum = 0;
    date_split(body->birth, &year, &month, &day);
    month += year >= 2000 ? 20 : 0;
    unsigned serial = (unsigned)life_draw(life, 500) * 20 + (unsigned)life_draw(life, 5) * 2;
    snprintf(body->pesel, sizeof body->pesel, "%02u%02u%02u%04u", (unsigned)year % 100,
             (unsigned)month % 100, (unsigned)day % 100, (serial + (body->woman ? 0 : 1)) % 10000);
    for (int i = 0; i < 10; i++) {
        sum += (body->pesel[i] - '0') * weights[i];
    }
    body->pesel[10] = (char)('0' + (10 - sum % 10) % 10);
    body->pesel[11] = '\0';
}

/* So many years old, in hundredths of all who come. */
static const struct {
    int share, from, to;
} years[] = {{14, 1, 17}, {22, 18, 59}, {64, 60, 96}};

void life_somebody_made(life_t *life, somebody_t *body)
{
    int share = (int)life_draw(life, 100);
    size_t group = 0;
    while (group + 1 < COUNT(years) && share >= years[group].share) {
        share -= years[group++].share;
    }
    int64_t days = life_draw_between(life, years[group].from * 365, years[group].to * 365);
    body->birth = date_add(life->today, (int32_t)-days);
    life_somebody_named(life, life_chance(life, 66), body);
    number_made(life, body);
}
