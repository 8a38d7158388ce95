/* Server-sent events: what is left of a pool, told as it changes to whoever listens. */
#include "office/inside.h"

#include <stdlib.h>

enum { LISTENERS_MAX = 512, LISTENERS_OF_ONE = 64, BEAT_MS = 15000 };

struct office_listener {
    office_listener_t *next;
    const desk_t *desk;
    http_exchange_t *exchange;
    char peer[HTTP_PEER];
    size_t peer_len;
};

/* One address may not take all the room there is. */
static size_t count_of(const office_t *office, span_t peer)
{
    size_t count = 0;
    for (const office_listener_t *at = office->listeners; at != NULL; at = at->next) {
        count += span_equal((span_t){at->peer, at->peer_len}, peer);
    }
    return count;
}

static void part(office_t *office, office_listener_t *listener)
{
    http_feed_end(listener->exchange);
    free(listener);
    office->listening--;
}

static void part_at(office_t *office, office_listener_t **place)
{
    office_listener_t *listener = *place;
    *place = listener->next;
    part(office, listener);
}

/* Those who have gone leave their places at once. */
static void sweep(office_t *office)
{
    for (office_listener_t **place = &office->listeners; *place != NULL;) {
        if (http_feed_is_open((*place)->exchange)) {
            place = &(*place)->next;
        } else {
            part_at(office, place);
        }
    }
}

/* Where all is taken, whoever has the most gives one place to somebody with fewer: so many
 * addresses together cannot shut out the others. Counted by a hash, then exactly. */
static bool make_room(office_t *office, span_t peer)
{
    enum { BUCKETS = 4096 };
    uint16_t counts[BUCKETS] = {0};
    office_listener_t **most = NULL;
    uint16_t top = 0;
    for (office_listener_t **place = &office->listeners; *place != NULL; place = &(*place)->next) {
        uint64_t hash = span_hash((span_t){(*place)->peer, (*place)->peer_len});
        uint16_t count = ++counts[hash % BUCKETS];
        if (count > top) {
            top = count;
            most = place;
        }
    }
    if (most == NULL || count_of(office, (span_t){(*most)->peer, (*most)->peer_len}) <=
                            count_of(office, peer) + 1) {
        return false;
    }
    part_at(office, most);
    return true;
}

/* Tells everybody of a desk (NULL: of all), and parts with those who have gone. */
static void tell(office_t *office, const desk_t *desk, span_t text)
{
    for (office_listener_t **place = &office->listeners; *place != NULL;) {
        office_listener_t *listener = *place;
        bool is_told = desk == NULL || listener->desk == desk;
        if (is_told && !http_feed_send(listener->exchange, text)) {
            part_at(office, place);
        } else {
            place = &listener->next;
        }
    }
}

void office_tell_pools(office_t *office, const desk_t *desk, const store_pool_t *pools,
                       size_t count)
{
    if (office->listeners == NULL || count == 0) {
        return;
    }
    buf_t text = {0};
    for (size_t i = 0; i < count; i++) {
        json_writer_t writer = {&text, false};
        buf_literal(&text, "event: availability\ndata: ");
        json_object(&writer);
        json_name(&writer, "service");
        json_text(&writer, pools[i].service);
        json_name(&writer, "from");
        json_date(&writer, pools[i].from);
        json_name(&writer, "to");
        json_date(&writer, pools[i].to);
        json_name(&writer, "taken");
        json_thousandths(&writer, pools[i].taken);
        json_object_end(&writer);
        buf_literal(&text, "\n\n");
    }
    if (!text.failed) {
        tell(office, desk, buf_span(&text));
    }
    buf_free(&text);
}

/* So that a proxy keeps the connection, and those who have gone are noticed. */
static void on_beat(void *context)
{
    tell(context, NULL, SPAN(":\n\n"));
}

static office_next_t on_events(office_call_t *call)
{
    office_t *office = call->office;
    if (office->beat == NULL) {
        office->beat = loop_timer_open(office->loop, BEAT_MS, BEAT_MS, on_beat, office);
    }
    char network[ACCESS_NETWORK];
    span_t peer = access_network(office_peer(call), network);
    sweep(office);
    if (count_of(office, peer) >= LISTENERS_OF_ONE) {
        return office_refuse_for(call, OFFICE_PROBLEM_TOO_MANY, BEAT_MS);
    }
    if (office->beat == NULL || (office->listening == LISTENERS_MAX && !make_room(office, peer))) {
        return office_refuse_for(call, OFFICE_PROBLEM_BUSY, BEAT_MS);
    }
    office_listener_t *listener = malloc(sizeof *listener);
    if (listener == NULL || !http_hold(call->exchange) ||
        !http_feed_begin(call->exchange, "text/event-stream; charset=utf-8")) {
        free(listener);
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    *listener = (office_listener_t){.next = office->listeners,
                                    .desk = call->desk,
                                    .exchange = call->exchange,
                                    .peer_len = peer.len};
    memcpy(listener->peer, peer.at, peer.len);
    office->listeners = listener;
    office->listening++;
    return OFFICE_FEEDS;
}

void office_quit(office_t *office)
{
    office->is_closing = true;
    desk_set_quit(office->desks);
    while (office->listeners != NULL) {
        office_listener_t *listener = office->listeners;
        office->listeners = listener->next;
        part(office, listener);
    }
    if (office->beat != NULL) {
        loop_timer_close(office->beat);
        office->beat = NULL;
    }
}

static const office_door_t doors[] = {
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/availability/events",
     .handler = on_events,
     .flags = OFFICE_PUBLIC,
     .kind = IPUS_KIND_COUNT,
     .summary = "What is left, as it changes: server-sent events."},
};

office_doors_t office_doors_of_events(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
