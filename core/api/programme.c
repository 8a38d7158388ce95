/* GET /v1/{programme}. */
#include "api/inside.h"
#include "registry/head.h"

static void period(json_writer_t *writer, const registry_programme_t *programme)
{
    json_name(writer, "period");
    json_object(writer);
    json_name(writer, "from");
    json_date(writer, programme->from);
    json_name(writer, "to");
    json_date(writer, programme->to);
    json_object_end(writer);
}

static void links(json_writer_t *writer, span_t id)
{
    static const struct {
        const char *name, *end;
    } ends[] = {{"self", ""},
                {"services", "/services"},
                {"external_services", "/external-services"},
                {"activities", "/activities"},
                {"partners", "/partners"},
                {"bundles", "/bundles"},
                {"search", "/search"},
                {"availability", "/availability"},
                {"questionnaire", "/questionnaire"},
                {"quote", "/quote"},
                {"plugins", "/plugins"}};
    json_name(writer, "links");
    json_object(writer);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        json_name(writer, ends[i].name);
        /* Ids are [a-z0-9-]: nothing to escape. */
        json_raw(writer, SPAN("\"/v1/"));
        buf_add(writer->buf, id);
        buf_add(writer->buf, span_of(ends[i].end));
        buf_byte(writer->buf, '"');
    }
    json_object_end(writer);
}

void api_part_identity(json_writer_t *writer, const api_call_t *call)
{
    const registry_programme_t *programme = call->programme;
    json_name(writer, "id");
    json_text(writer, programme->id);
    api_part_text(writer, "name", registry_name_on(programme, call->on), call->lang);
    json_name(writer, "municipality");
    json_text(writer, programme->municipality);
    json_name(writer, "terc");
    json_text(writer, programme->terc);
    period(writer, programme);
    api_part_day(writer, call);
    json_name(writer, "version");
    json_text(writer, programme->version);
    links(writer, programme->id);
}

static void contact(json_writer_t *writer, const registry_programme_t *programme)
{
    json_name(writer, "contact");
    json_object(writer);
    api_part_span(writer, "address", programme->address);
    api_part_span(writer, "phone", programme->phone);
    api_part_span(writer, "email", programme->email);
    api_part_span(writer, "web", programme->web);
    api_part_basis(writer, &programme->contact_basis);
    json_object_end(writer);
}

static void resolution(json_writer_t *writer, const registry_head_t *head, lang_t lang)
{
    json_name(writer, "resolution");
    if (head == NULL) {
        json_null(writer);
        return;
    }
    json_object(writer);
    api_part_span(writer, "number", head->number);
    json_name(writer, "date");
    json_date(writer, head->resolved);
    api_part_text(writer, "by", &head->by, lang);
    api_part_basis(writer, &head->basis);
    json_object_end(writer);
}

static void term(json_writer_t *writer, const registry_term_t *of, lang_t lang)
{
    json_object(writer);
    json_name(writer, "id");
    json_text(writer, of->id);
    api_part_text(writer, "name", &of->name, lang);
    api_part_text(writer, "summary", &of->summary, lang);
    if (of->number != 0) {
        json_name(writer, "number");
        json_int(writer, of->number);
    }
    api_part_basis(writer, &of->basis);
    json_object_end(writer);
}

static void terms(json_writer_t *writer, const char *name, registry_terms_t of, lang_t lang)
{
    json_name(writer, name);
    json_array(writer);
    for (size_t i = 0; i < of.count; i++) {
        term(writer, &of.at[i], lang);
    }
    json_array_end(writer);
}

static bool area_used(const registry_programme_t *programme, const registry_term_t *area)
{
    for (size_t i = 0; i < programme->service_count; i++) {
        for (size_t j = 0; j < programme->services[i].area_count; j++) {
            if (programme->services[i].areas[j] == area) {
                return true;
            }
        }
    }
    return false;
}

static void areas(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "areas");
    json_array(writer);
    for (size_t i = 0; i < programme->areas.count; i++) {
        if (area_used(programme, &programme->areas.at[i])) {
            term(writer, &programme->areas.at[i], lang);
        }
    }
    json_array_end(writer);
}

static void units(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "units");
    json_array(writer);
    for (size_t i = 0; i < programme->unit_count; i++) {
        const registry_unit_t *unit = &programme->units[i];
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, unit->id);
        api_part_text(writer, "name", &unit->name, lang);
        json_name(writer, "forms");
        json_array(writer);
        for (size_t form = 0; form < 3; form++) {
            /* As registry_unit_form() does: without forms of its own, a language takes Polish. */
            lang_t in = unit->forms[0].in[lang].at != NULL ? lang : LANG_PL;
            span_t text = unit->forms[form].in[in];
            if (text.at != NULL) {
                json_text(writer, text);
            }
        }
        json_array_end(writer);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void reliefs(json_writer_t *writer, const api_call_t *call)
{
    const registry_programme_t *programme = call->programme;
    json_name(writer, "reliefs");
    json_array(writer);
    for (size_t i = 0; i < programme->relief_count; i++) {
        const registry_relief_t *relief = &programme->reliefs[i];
        json_object(writer);
        size_t piece = api_piece(call->view->relief_at, i, &relief->text, call->on);
        json_raw(writer, span_from(call->view->reliefs[call->lang][piece], 1));
        json_name(writer, "percent");
        api_part_percent(writer, &relief->percent, call->on);
        json_name(writer, "facts");
        json_array(writer);
        for (size_t j = 0; j < relief->fact_count; j++) {
            json_text(writer, programme->facts[relief->facts[j]]->id);
        }
        json_array_end(writer);
        json_name(writer, "from");
        json_date(writer, relief->from);
        json_name(writer, "to");
        json_date(writer, relief->to);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void closed(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "closed");
    json_array(writer);
    for (size_t i = 0; i < programme->closed_count; i++) {
        const registry_closed_t *days = &programme->closed[i];
        json_object(writer);
        json_name(writer, "from");
        json_date(writer, days->from);
        json_name(writer, "to");
        json_date(writer, days->to);
        api_part_text(writer, "text", &days->text, lang);
        api_part_basis(writer, &days->basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void budget(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "budget");
    json_array(writer);
    for (size_t i = 0; i < programme->budget_count; i++) {
        const registry_budget_t *line = &programme->budget[i];
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, line->id);
        api_part_text(writer, "name", &line->name, lang);
        json_name(writer, "from");
        json_date(writer, line->from);
        json_name(writer, "to");
        json_date(writer, line->to);
        json_name(writer, "value");
        json_money(writer, line->value, lang);
        if (line->service_count > 0) {
            json_name(writer, "services");
            json_array(writer);
            for (size_t j = 0; j < line->service_count; j++) {
                json_text(writer, line->services[j]);
            }
            json_array_end(writer);
        }
        api_part_basis(writer, &line->basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void indicators(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "indicators");
    json_array(writer);
    for (size_t i = 0; i < programme->indicator_count; i++) {
        const registry_indicator_t *indicator = &programme->indicators[i];
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, indicator->id);
        api_part_text(writer, "name", &indicator->name, lang);
        json_name(writer, "counts");
        json_text(writer, span_of(registry_counts_name(indicator->counts)));
        json_name(writer, "every");
        json_text(writer, span_of(registry_per_name(indicator->every)));
        api_part_basis(writer, &indicator->basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void diagnosis(json_writer_t *writer, const registry_programme_t *programme, lang_t lang)
{
    json_name(writer, "diagnosis");
    json_array(writer);
    for (size_t i = 0; i < programme->diagnosis_count; i++) {
        const registry_entry_t *entry = &programme->diagnosis[i];
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, entry->id);
        api_part_text(writer, "name", &entry->name, lang);
        json_name(writer, "holds");
        json_text(writer, span_of(registry_holds_name(entry->holds)));
        json_name(writer, "sensitivity");
        json_text(writer, span_of(registry_sensitivity_name(entry->sensitivity)));
        api_part_basis(writer, &entry->basis);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void money_rules(json_writer_t *writer, const api_call_t *call)
{
    const registry_programme_t *programme = call->programme;
    json_name(writer, "fee");
    api_part_fee(writer, programme, registry_fee_on(programme, NULL, call->on), call->on,
                 call->lang);
    reliefs(writer, call);
    json_name(writer, "rounding");
    json_object(writer);
    json_name(writer, "to");
    json_text(writer, programme->rounding == MONEY_TO_ZLOTY ? SPAN("zloty") : SPAN("grosz"));
    json_name(writer, "per");
    json_text(writer, programme->round_total ? SPAN("total") : SPAN("line"));
    api_part_basis(writer, &programme->rounding_basis);
    json_object_end(writer);
    json_name(writer, "price_at");
    json_object(writer);
    json_name(writer, "when");
    json_text(writer, programme->price_at_granting ? SPAN("granting") : SPAN("settlement"));
    api_part_basis(writer, &programme->price_at_basis);
    json_object_end(writer);
}

void api_on_programme(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) || !api_take_query(&call, API_TAKES_ON)) {
        return;
    }
    const registry_programme_t *programme = call.programme;
    lang_t lang = call.lang;
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    api_part_identity(&writer, &call);
    api_part_text(&writer, "centre", &programme->centre, lang);
    contact(&writer, programme);
    resolution(&writer, registry_head_on(programme, call.on), lang);
    terms(&writer, "packages", programme->packages, lang);
    terms(&writer, "groups", programme->groups, lang);
    terms(&writer, "places", programme->places, lang);
    terms(&writer, "providers", programme->providers, lang);
    terms(&writer, "challenges", programme->challenges, lang);
    terms(&writer, "modes", programme->modes, lang);
    areas(&writer, programme, lang);
    units(&writer, programme, lang);
    money_rules(&writer, &call);
    json_name(&writer, "parameters");
    api_part_parameters(&writer, programme->parameters, NULL, lang);
    json_name(&writer, "terms");
    api_part_parameters(&writer, programme->terms, NULL, lang);
    budget(&writer, programme, lang);
    indicators(&writer, programme, lang);
    diagnosis(&writer, programme, lang);
    json_name(&writer, "procedure");
    api_part_notes(&writer, programme->procedure, programme->procedure_count, call.on, lang);
    closed(&writer, programme, lang);
    json_name(&writer, "examples");
    json_int(&writer, (int64_t)call.view->examples);
    json_object_end(&writer);
    api_send(&call);
}
