/* What a desk does by itself: the day's work. */
#include "desk/inside.h"

#include "base/log.h"

static bool run_daily(store_work_t *work, ipus_record_t *record)
{
    desk_t *desk = (desk_t *)((char *)work - offsetof(desk_t, daily_work));
    ipus_answer_t answer;
    desk->daily_done = false;
    return ipus_daily(&desk->daily, record, &desk->daily_done, &answer);
}

static void write_daily(desk_t *desk);

static void on_daily(store_work_t *work, store_result_t result)
{
    desk_t *desk = (desk_t *)((char *)work - offsetof(desk_t, daily_work));
    if (result == STORE_DONE && !desk->daily_done && desk->store != NULL) {
        store_write(desk->store, &desk->daily_work);
        return;
    }
    if (result != STORE_DONE) {
        log_line(LOG_WARNING, "%.*s: the daily work broke off, it is tried again later",
                 SPAN_ARGS(desk->id));
    }
    plugin_release(desk->daily_generation);
    desk->daily_generation = NULL;
    desk->daily_under_way = false;
    if (desk->daily_again && desk->store != NULL) {
        write_daily(desk);
    }
}

static void write_daily(desk_t *desk)
{
    const plugin_slot_t *slot = plugin_host_slot(desk->set->host, desk->id);
    desk->daily_again = false;
    if (slot == NULL || slot->serving == NULL) {
        return;
    }
    desk_set_t *set = desk->set;
    desk->daily_generation = plugin_retain(slot->serving);
    const registry_programme_t *programme = plugin_programme(slot->serving);
    desk->daily = (ipus_command_t){.actor = {.host = true},
                                   .today = desk_today(set, programme),
                                   .now = set->clock->wall(set->clock),
                                   .programme = programme};
    desk->daily_under_way = true;
    desk->daily_work = (store_work_t){.run = run_daily, .done = on_daily};
    store_write(desk->store, &desk->daily_work);
}

void desk_daily(desk_t *desk)
{
    desk->daily_again = true;
    if (!desk->daily_under_way && desk->store != NULL) {
        write_daily(desk);
    }
}
