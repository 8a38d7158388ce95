/* The table of permissions, and of routes. */
#include "office/inside.h"

static const char *const reaches[] = {"never", "any", "own", "on-case"};

static void put_permission(json_writer_t *writer, const access_permission_t *permission)
{
    json_name(writer, permission->name);
    json_object(writer);
    for (int role = 0; role < ACCESS_ROLE_COUNT; role++) {
        json_name(writer, access_role_name((access_role_t)role));
        json_text(writer, span_of(reaches[permission->reach[role]]));
    }
    json_object_end(writer);
}

static const char *method_name(http_method_t method)
{
    static const char *const names[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE"};
    return names[method];
}

static office_next_t on_permissions(office_call_t *call)
{
    json_writer_t writer = {&call->out, false};
    size_t count = 0;
    const access_permission_t *permissions = access_permissions(&count);
    json_object(&writer);
    json_name(&writer, "permissions");
    json_object(&writer);
    for (size_t i = 0; i < count; i++) {
        put_permission(&writer, &permissions[i]);
    }
    json_object_end(&writer);
    json_name(&writer, "routes");
    json_array(&writer);
    for (size_t i = 0; i < call->office->door_count; i++) {
        const office_door_t *door = &call->office->doors[i];
        json_object(&writer);
        json_name(&writer, "method");
        json_text(&writer, span_of(method_name(door->method)));
        json_name(&writer, "path");
        json_text(&writer, span_of(door->pattern));
        json_name(&writer, "permission");
        if (door->permission != NULL) {
            json_text(&writer, span_of(door->permission));
        } else {
            json_null(&writer);
        }
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    return OFFICE_DONE;
}

static const office_door_t doors[] = {
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/permissions",
     .handler = on_permissions,
     .flags = OFFICE_PUBLIC,
     .kind = IPUS_KIND_COUNT,
     .summary = "The table of permissions, and of routes."},
};

office_doors_t office_doors_of_permissions(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
