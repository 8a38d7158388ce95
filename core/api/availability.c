/* What is left of a service on a day, when it is open, and the first day it can be had. */
#include "api/inside.h"

static void put_open(json_writer_t *writer, const tell_t *asked, const tell_left_t *left,
                     bool in_force)
{
    json_name(writer, "open");
    json_bool(writer, left->open);
    json_name(writer, "closed");
    if (left->open || !in_force) {
        json_null(writer);
        return;
    }
    buf_t text = {0};
    tell_closed(&text, asked, left);
    json_object(writer);
    json_name(writer, "text");
    json_text(writer, buf_span(&text));
    if (left->closed != NULL) {
        json_name(writer, "from");
        json_date(writer, left->closed->from);
        json_name(writer, "to");
        json_date(writer, left->closed->to);
        api_part_basis(writer, &left->closed->basis);
    }
    json_object_end(writer);
    writer->buf->failed = writer->buf->failed || text.failed;
    buf_free(&text);
}

static void put_availability(json_writer_t *writer, const api_call_t *call,
                             const registry_service_t *service, bool in_force)
{
    tell_t asked = api_asked(call);
    tell_left_t left = tell_left(&asked, service, in_force);
    json_name(writer, "service");
    json_text(writer, service->id);
    api_part_text(writer, "name", &service->name, call->lang);
    json_name(writer, "number");
    json_int(writer, service->number);
    api_part_service_day(writer, call, service, in_force);
    json_name(writer, "available");
    json_bool(writer, left.available);
    put_open(writer, &asked, &left, in_force);
    json_name(writer, "hours");
    api_part_hours(writer, service);
    json_name(writer, "earliest");
    json_date(writer, left.earliest);
    json_name(writer, "waiting");
    if (left.waiting == TELL_NOT_KNOWN) {
        json_null(writer);
    } else {
        json_int(writer, left.waiting);
    }
    json_name(writer, "pool");
    api_part_pool(writer, &left);
    json_name(writer, "limits");
    api_part_limits(writer, call, service);
    json_name(writer, "price");
    api_part_price(writer, call, service);
    json_name(writer, "order_ahead");
    api_part_order_ahead(writer, call, service);
    json_name(writer, "version");
    json_text(writer, service->version);
}

void api_on_availability(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, API_TAKES_ON) ||
        !api_take_service(&call)) {
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    put_availability(&writer, &call, call.service, call.service_in_force);
    json_object_end(&writer);
    api_send(&call);
}

void api_on_availabilities(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, API_TAKES_ON)) {
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    api_part_day(&writer, &call);
    json_name(&writer, "services");
    json_array(&writer);
    size_t place = 0;
    bool in_force = false;
    const registry_service_t *service = NULL;
    while ((service = api_next_service(&call, &place, &in_force)) != NULL) {
        json_object(&writer);
        put_availability(&writer, &call, service, in_force);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    api_send(&call);
}
