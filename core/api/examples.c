/* Counts the values that rest on no document. */
#include "api/inside.h"
#include "registry/head.h"

static size_t one(const registry_basis_t *basis)
{
    return basis->example ? 1 : 0;
}

static size_t of_parameters(registry_parameters_t parameters)
{
    size_t count = 0;
    for (size_t i = 0; i < parameters.count; i++) {
        for (size_t j = 0; j < parameters.at[i].count; j++) {
            count += one(&parameters.at[i].rows[j].basis);
        }
    }
    return count;
}

static size_t of_notes(const registry_note_t *notes, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += one(&notes[i].basis);
    }
    return sum;
}

static size_t of_terms(registry_terms_t terms)
{
    size_t count = 0;
    for (size_t i = 0; i < terms.count; i++) {
        count += one(&terms.at[i].basis);
    }
    return count;
}

size_t api_examples_of_service(const registry_service_t *service)
{
    size_t count = of_parameters(service->parameters);
    for (size_t i = 0; i < BASIS_COUNT; i++) {
        count += one(&service->basis[i]);
    }
    for (size_t i = 0; i < service->hours_count; i++) {
        count += one(&service->hours[i].basis);
    }
    for (size_t i = 0; i < service->check_count; i++) {
        count += one(&service->checks[i].basis);
    }
    for (size_t i = 0; i < service->criterion_count; i++) {
        count += one(&service->criteria[i].basis);
    }
    count += of_notes(service->documents, service->document_count);
    count += of_notes(service->exclusions, service->exclusion_count);
    return count + of_notes(service->notes, service->note_count);
}

size_t api_examples_of_programme(const registry_programme_t *programme)
{
    size_t count = of_parameters(programme->parameters) + of_parameters(programme->terms);
    count += of_terms(programme->packages) + of_terms(programme->groups);
    count += of_terms(programme->places) + of_terms(programme->providers);
    count += of_terms(programme->challenges) + of_terms(programme->modes);
    count += of_notes(programme->procedure, programme->procedure_count);
    count += one(&programme->contact_basis);
    count += one(&programme->rounding_basis) + one(&programme->price_at_basis);
    for (size_t i = 0; i < programme->head_count; i++) {
        count += one(&programme->heads[i].basis);
    }
    for (size_t i = 0; i < programme->relief_count; i++) {
        count += one(&programme->reliefs[i].basis);
    }
    for (size_t i = 0; i < programme->closed_count; i++) {
        count += one(&programme->closed[i].basis);
    }
    for (size_t i = 0; i < programme->budget_count; i++) {
        count += one(&programme->budget[i].basis);
    }
    for (size_t i = 0; i < programme->indicator_count; i++) {
        count += one(&programme->indicators[i].basis);
    }
    for (size_t i = 0; i < programme->diagnosis_count; i++) {
        count += one(&programme->diagnosis[i].basis);
    }
    return count + (programme->fee != NULL ? one(&programme->fee->basis) : 0);
}
