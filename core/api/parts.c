/* The pieces that answers are put together from: dates, money, terms, bases, dated values. */
#include "api/inside.h"

void api_part_span(json_writer_t *writer, const char *name, span_t text)
{
    json_name(writer, name);
    if (text.len > 0) {
        json_text(writer, text);
    } else {
        json_null(writer);
    }
}

void api_part_text(json_writer_t *writer, const char *name, const texts_t *texts, lang_t lang)
{
    api_part_span(writer, name, texts_in(texts, lang));
}

void api_part_basis(json_writer_t *writer, const registry_basis_t *basis)
{
    api_part_span(writer, "basis", basis->text);
    json_name(writer, "example");
    json_bool(writer, basis->example);
}

void api_part_term(json_writer_t *writer, const registry_term_t *term, lang_t lang)
{
    if (term == NULL) {
        json_null(writer);
        return;
    }
    json_object(writer);
    json_name(writer, "id");
    json_text(writer, term->id);
    api_part_text(writer, "name", &term->name, lang);
    if (term->number != 0) {
        json_name(writer, "number");
        json_int(writer, term->number);
    }
    json_object_end(writer);
}

void api_part_terms(json_writer_t *writer, const registry_term_t *const *terms, size_t count,
                    lang_t lang)
{
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        api_part_term(writer, terms[i], lang);
    }
    json_array_end(writer);
}

void api_part_notes(json_writer_t *writer, const registry_note_t *notes, size_t count, date_t on,
                    lang_t lang)
{
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_object(writer);
        api_part_text(writer, "text", registry_text_on(&notes[i].text, on), lang);
        api_part_basis(writer, &notes[i].basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}

void api_part_criterion(json_writer_t *writer, const registry_criterion_t *criterion, date_t on,
                        lang_t lang)
{
    json_name(writer, "id");
    json_text(writer, criterion->id);
    json_name(writer, "points");
    json_int(writer, criterion->points);
    api_part_text(writer, "text", registry_text_on(&criterion->text, on), lang);
    api_part_basis(writer, &criterion->basis);
}

void api_part_documents(json_writer_t *writer, const api_call_t *call,
                        const registry_service_t *service)
{
    const api_service_view_t *view = api_view_service(call->view, service);
    if (view->documents_mention) {
        api_part_notes(writer, service->documents, service->document_count, call->on, call->lang);
    } else {
        json_raw(writer, view->in[call->lang].documents);
    }
}

static void per(json_writer_t *writer, registry_per_t period)
{
    if (period != PER_NONE) {
        json_name(writer, "per");
        json_text(writer, span_of(registry_per_name(period)));
    }
}

/* Only a pool of people says what it counts. */
static void pool_of(json_writer_t *writer, registry_pool_of_t of)
{
    if (of != POOL_OF_UNITS) {
        json_name(writer, "of");
        json_text(writer, span_of(registry_pool_of_name(of)));
    }
}

static void named_int(json_writer_t *writer, const char *name, int64_t number)
{
    json_name(writer, name);
    json_int(writer, number);
}

void api_part_link(json_writer_t *writer, span_t programme, const char *list, span_t id)
{
    json_raw(writer, SPAN("\"/v1/"));
    buf_add(writer->buf, programme);
    buf_byte(writer->buf, '/');
    buf_add(writer->buf, span_of(list));
    buf_byte(writer->buf, '/');
    buf_add(writer->buf, id);
    buf_byte(writer->buf, '"');
}

registry_range_t api_part_page(json_writer_t *writer, const api_query_t *query, size_t total)
{
    size_t first = (query->page - 1) * query->per_page;
    first = first < total ? first : total;
    named_int(writer, "total", (int64_t)total);
    named_int(writer, "page", (int64_t)query->page);
    named_int(writer, "per_page", (int64_t)query->per_page);
    named_int(writer, "pages", (int64_t)((total + query->per_page - 1) / query->per_page));
    return (registry_range_t){first,
                              total - first < query->per_page ? total : first + query->per_page};
}

static void steps(json_writer_t *writer, const registry_value_t *value, lang_t lang)
{
    json_array(writer);
    for (size_t i = 0; i < value->count; i++) {
        const registry_step_t *step = &value->steps[i];
        json_object(writer);
        json_name(writer, "up_to");
        if (step->up_to == INT64_MAX) {
            json_null(writer);
        } else {
            json_int(writer, step->up_to);
        }
        json_name(writer, step->of_amount ? "amount" : "percent");
        if (step->of_amount) {
            json_money(writer, step->value, lang);
        } else {
            json_thousandths(writer, step->value * 10);
        }
        json_object_end(writer);
    }
    json_array_end(writer);
}

void api_part_value(json_writer_t *writer, const registry_value_t *value,
                    const registry_unit_t *unit, lang_t lang)
{
    switch (value->type) {
    case VALUE_BOOLEAN:
        json_bool(writer, value->number != 0);
        break;
    case VALUE_INTEGER:
        json_int(writer, value->number);
        break;
    case VALUE_DECIMAL:
        json_thousandths(writer, value->number);
        break;
    case VALUE_MONEY:
        json_money(writer, value->number, lang);
        break;
    case VALUE_DATE:
        json_date(writer, (date_t){(int32_t)value->number});
        break;
    case VALUE_TEXT:
        json_text(writer, value->text);
        break;
    case VALUE_LIMITS:
        api_part_limits_of(writer, value, unit, lang);
        break;
    case VALUE_STEPS:
        steps(writer, value, lang);
        break;
    }
}

/* From, to and where it comes from; the members that every dated value ends with. */
static void row_end(json_writer_t *writer, const registry_row_t *row)
{
    json_name(writer, "from");
    json_date(writer, row->from);
    json_name(writer, "to");
    json_date(writer, row->to);
    api_part_basis(writer, &row->basis);
    json_name(writer, "checked");
    json_date(writer, row->checked);
}

void api_part_limit_row(json_writer_t *writer, const registry_row_t *row,
                        const registry_unit_t *unit, lang_t lang)
{
    json_object(writer);
    json_name(writer, "rules");
    api_part_limits_of(writer, &row->value, unit, lang);
    row_end(writer, row);
    json_object_end(writer);
}

void api_part_parameters(json_writer_t *writer, registry_parameters_t parameters,
                         const registry_unit_t *unit, lang_t lang)
{
    json_array(writer);
    for (size_t i = 0; i < parameters.count; i++) {
        const registry_parameter_t *parameter = &parameters.at[i];
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, parameter->id);
        json_name(writer, "rows");
        json_array(writer);
        for (size_t j = 0; j < parameter->count; j++) {
            json_object(writer);
            json_name(writer, "value");
            api_part_value(writer, &parameter->rows[j].value, unit, lang);
            per(writer, parameter->rows[j].per);
            pool_of(writer, parameter->rows[j].of);
            row_end(writer, &parameter->rows[j]);
            json_object_end(writer);
        }
        json_array_end(writer);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static const registry_row_t *row_on(const api_call_t *call, const registry_parameter_t *parameter)
{
    tell_t asked = api_asked(call);
    return tell_row(&asked, parameter);
}

/* The members of an object, without its braces. */
static span_t inner(span_t object)
{
    return (span_t){object.at + 1, object.len - 2};
}

void api_part_price(json_writer_t *writer, const api_call_t *call,
                    const registry_service_t *service)
{
    const registry_row_t *row = row_on(call, service->price);
    if (row == NULL) {
        json_null(writer);
        return;
    }
    const span_t *prices = api_view_service(call->view, service)->in[call->lang].prices;
    json_object(writer);
    json_raw(writer, inner(prices[row - service->price->rows]));
    row_end(writer, row);
    json_object_end(writer);
}

void api_part_limits(json_writer_t *writer, const api_call_t *call,
                     const registry_service_t *service)
{
    const registry_row_t *row = row_on(call, service->limits);
    if (row == NULL) {
        json_null(writer);
        return;
    }
    const span_t *limits = api_view_service(call->view, service)->in[call->lang].limits;
    json_raw(writer, limits[row - service->limits->rows]);
}

void api_part_order_ahead(json_writer_t *writer, const api_call_t *call,
                          const registry_service_t *service)
{
    const registry_row_t *row = row_on(call, service->order_ahead);
    if (row == NULL) {
        json_null(writer);
        return;
    }
    json_object(writer);
    named_int(writer, "days", row->value.number);
    row_end(writer, row);
    json_object_end(writer);
}

void api_part_pool(json_writer_t *writer, const tell_left_t *left)
{
    const registry_left_t *pool = &left->pool;
    if (!pool->has_pool) {
        json_null(writer);
        return;
    }
    json_object(writer);
    named_int(writer, "pool", pool->pool);
    if (pool->known) {
        named_int(writer, "taken", pool->taken);
        named_int(writer, "left", pool->left);
    } else {
        json_name(writer, "taken");
        json_null(writer);
        json_name(writer, "left");
        json_null(writer);
    }
    per(writer, pool->per);
    pool_of(writer, pool->of);
    json_name(writer, "from");
    json_date(writer, pool->from);
    json_name(writer, "to");
    json_date(writer, pool->to);
    api_part_basis(writer, &pool->basis);
    json_object_end(writer);
}

static void clock_text(json_writer_t *writer, const char *name, int minutes)
{
    char text[] = {'"', (char)('0' + minutes / 600),     (char)('0' + minutes / 60 % 10),
                   ':', (char)('0' + minutes % 60 / 10), (char)('0' + minutes % 10),
                   '"'};
    json_name(writer, name);
    json_raw(writer, (span_t){text, sizeof text});
}

void api_part_hours(json_writer_t *writer, const registry_service_t *service)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    json_array(writer);
    for (size_t i = 0; i < service->hours_count; i++) {
        const registry_hours_t *hours = &service->hours[i];
        json_object(writer);
        json_name(writer, "days");
        json_array(writer);
        for (size_t day = 0; day < 7; day++) {
            if (hours->weekdays >> day & 1) {
                json_text(writer, span_of(days[day]));
            }
        }
        json_array_end(writer);
        clock_text(writer, "from", hours->from);
        clock_text(writer, "to", hours->to);
        api_part_basis(writer, &hours->basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}
