/* The table of doors: the guide says what the code reads, and steps decide where it says so. */
#include "ipus/doors.h"
#include "ipus/steps.h"
#include "registry_build.h"

#include <stdio.h>
#include <stdlib.h>

static char *guide_text(void)
{
    static char text[20000];
    FILE *file = fopen("docs/doors.md", "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[len] = '\0';
    return text;
}

static void the_guide_has_every_door_as_it_is(void **state)
{
    (void)state;
    static const char *const rules[] = {"–", "what was decided stands", "decide anew"};
    static const char *const units[] = {"–", "whole steps", "whole steps, least and most"};
    const char *guide = guide_text();
    for (int i = 0; i < IPUS_DOOR_COUNT; i++) {
        const ipus_door_spec_t *door = ipus_doors_spec((ipus_door_t)i);
        char line[400];
        (void)snprintf(line, sizeof line, "| %s | %s | %s | %s | %s | %s |\n", door->step,
                       door->day, rules[door->rules], units[door->units], door->limits, door->pool);
        if (strstr(guide, line) == NULL) {
            fail_msg("docs/doors.md lacks: %s", line);
        }
    }
}

static void steps_decide_where_the_table_says(void **state)
{
    (void)state;
    static const struct {
        ipus_door_t door;
        ipus_kind_t kind;
        const char *step;
    } steps[] = {
        {IPUS_DOOR_DECISION, IPUS_DECISION, "make"}, {IPUS_DOOR_WAITING, IPUS_WAITING, "make"},
        {IPUS_DOOR_ROW, IPUS_GRANTED, "make"},       {IPUS_DOOR_AGREE, IPUS_PLAN, "agree"},
        {IPUS_DOOR_ACTIVATE, IPUS_PLAN, "activate"}, {IPUS_DOOR_ORDER, IPUS_ORDER, "make"},
        {IPUS_DOOR_ACCEPT, IPUS_ORDER, "accept"},    {IPUS_DOOR_DELIVERY, IPUS_DELIVERY, "make"},
        {IPUS_DOOR_FINISH, IPUS_ORDER, "finish"},    {IPUS_DOOR_CONFIRM, IPUS_ORDER, "confirm"},
        {IPUS_DOOR_SETTLE, IPUS_ORDER, "settle"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const ipus_step_t *step = ipus_step_named(steps[i].kind, span_of(steps[i].step));
        bool decides = ipus_doors_spec(steps[i].door)->rules == IPUS_DOOR_RULES_DECIDES;
        assert_non_null(step);
        assert_int_equal(step->decides, decides);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_guide_has_every_door_as_it_is),
        cmocka_unit_test(steps_decide_where_the_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
