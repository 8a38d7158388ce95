/* http's own errors as application/problem+json (RFC 9457) in the languages people read. */
#include "http/server.h"

typedef struct {
    unsigned status;
    texts_t title;
    texts_t detail;
} problem_t;

#define IN3(pl, en, uk)                                                                            \
    {                                                                                              \
        {                                                                                          \
            SPAN_INIT(pl), SPAN_INIT(en), SPAN_INIT(uk)                                            \
        }                                                                                          \
    }
#define SPAN_INIT(literal)                                                                         \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static const problem_t problems[] = {
    {400, IN3("Nieprawidłowe żądanie", "Bad request", "Неправильний запит"),
     IN3("Serwer nie może odczytać tego żądania.", "The server cannot read this request.",
         "Сервер не може прочитати цей запит.")},
    {401, IN3("Wymagane logowanie", "Signing in required", "Потрібен вхід"),
     IN3("Zaloguj się, aby przejść dalej.", "Sign in to go on.", "Увійдіть, щоб продовжити.")},
    {403, IN3("Brak uprawnień", "Forbidden", "Немає доступу"),
     IN3("To konto nie ma do tego uprawnień.", "This account may not do that.",
         "Цей обліковий запис не має на це дозволу.")},
    {404, IN3("Nie znaleziono", "Not found", "Не знайдено"),
     IN3("Pod tym adresem niczego nie ma.", "There is nothing at this address.",
         "За цією адресою нічого немає.")},
    {405, IN3("Niedozwolona metoda", "Method not allowed", "Недозволений метод"),
     IN3("Ten adres istnieje, ale nie obsługuje tej metody.",
         "This address exists but does not take this method.",
         "Ця адреса існує, але не підтримує цього методу.")},
    {408, IN3("Upłynął czas żądania", "Request timeout", "Час запиту минув"),
     IN3("Żądanie nie nadeszło w całości na czas.", "The whole request did not arrive in time.",
         "Запит не надійшов повністю вчасно.")},
    {412, IN3("Dane zmieniły się w międzyczasie", "Changed meanwhile", "Дані тим часом змінилися"),
     IN3("Pobierz aktualną wersję i spróbuj ponownie.", "Fetch the present version and try again.",
         "Завантажте поточну версію і спробуйте ще раз.")},
    {413, IN3("Zbyt duża treść", "Content too large", "Завеликий вміст"),
     IN3("Treść żądania jest większa, niż serwer przyjmuje.",
         "The content is larger than the server takes.",
         "Вміст запиту більший, ніж приймає сервер.")},
    {414, IN3("Zbyt długi adres", "Address too long", "Задовга адреса"),
     IN3("Adres żądania jest dłuższy, niż serwer przyjmuje.",
         "The address is longer than the server takes.",
         "Адреса запиту довша, ніж приймає сервер.")},
    {415, IN3("Nieobsługiwany typ treści", "Unsupported media type", "Непідтримуваний тип вмісту"),
     IN3("Serwer nie przyjmuje treści tego typu.", "The server does not take content of this type.",
         "Сервер не приймає вміст цього типу.")},
    {417, IN3("Nieobsługiwane oczekiwanie", "Expectation failed", "Очікування не виконано"),
     IN3("Serwer obsługuje w nagłówku Expect tylko 100-continue.",
         "The server takes only 100-continue in the Expect header.",
         "Сервер підтримує в заголовку Expect лише 100-continue.")},
    {428, IN3("Wymagany warunek", "Precondition required", "Потрібна умова"),
     IN3("Zmiana wymaga nagłówka If-Match.", "A change needs an If-Match header.",
         "Зміна потребує заголовка If-Match.")},
    {429, IN3("Zbyt wiele żądań", "Too many requests", "Забагато запитів"),
     IN3("Spróbuj ponownie za chwilę.", "Try again in a moment.", "Спробуйте трохи згодом.")},
    {431, IN3("Zbyt duże nagłówki", "Header fields too large", "Завеликі заголовки"),
     IN3("Nagłówki żądania są większe, niż serwer przyjmuje.",
         "The header fields are larger than the server takes.",
         "Заголовки запиту більші, ніж приймає сервер.")},
    {501, IN3("Nieznana metoda", "Unknown method", "Невідомий метод"),
     IN3("Serwer nie zna tej metody.", "The server does not know this method.",
         "Сервер не знає цього методу.")},
    {503, IN3("Serwis chwilowo niedostępny", "Service unavailable", "Сервіс тимчасово недоступний"),
     IN3("Spróbuj ponownie za chwilę.", "Try again in a moment.", "Спробуйте трохи згодом.")},
    {505,
     IN3("Nieobsługiwana wersja HTTP", "HTTP version not supported", "Непідтримувана версія HTTP"),
     IN3("Serwer obsługuje HTTP/1.1 i HTTP/1.0.", "The server speaks HTTP/1.1 and HTTP/1.0.",
         "Сервер підтримує HTTP/1.1 та HTTP/1.0.")},
    {507, IN3("Brak miejsca na dane", "Insufficient storage", "Бракує місця для даних"),
     IN3("Serwer nie może teraz niczego zapisać.", "The server cannot save anything now.",
         "Сервер зараз не може нічого зберегти.")},
    /* Last: also for a status that is not in this table. */
    {500, IN3("Błąd serwera", "Server error", "Помилка сервера"),
     IN3("Coś poszło nie tak po naszej stronie.", "Something went wrong on our side.",
         "Щось пішло не так на нашому боці.")},
};

static const problem_t *problem_of(unsigned status)
{
    size_t last = sizeof problems / sizeof problems[0] - 1;
    for (size_t i = 0; i < last; i++) {
        if (problems[i].status == status) {
            return &problems[i];
        }
    }
    return &problems[last];
}

void http_problem_because(http_exchange_t *exchange, unsigned status, const char *fields,
                          const char *reason)
{
    const problem_t *problem = problem_of(status);
    lang_t lang = exchange->request.lang;
    span_t title = texts_in(&problem->title, lang), detail = texts_in(&problem->detail, lang);
    buf_t body = {0}, lines = {0};
    /* All of these are our own words, without a character that JSON escapes. */
    buf_print(&body,
              "{\"type\":\"about:blank\",\"title\":\"%.*s\",\"status\":%u,\"detail\":\"%.*s\"",
              SPAN_ARGS(title), status, SPAN_ARGS(detail));
    if (reason != NULL) {
        buf_print(&body, ",\"reason\":\"%s\"", reason);
    }
    buf_literal(&body, "}");
    buf_print(&lines, "Content-Language: %s\r\nVary: Accept-Language\r\n%s", lang_code(lang),
              fields == NULL ? "" : fields);
    http_reply_t reply = {.status = status,
                          .content_type = "application/problem+json",
                          .fields = buf_zero_terminated(&lines),
                          .body = buf_span(&body)};
    if (body.failed || lines.failed) {
        reply.status = 503;
        reply.fields = NULL;
        reply.body =
            SPAN("{\"type\":\"about:blank\",\"title\":\"Service unavailable\",\"status\":503}");
    }
    http_reply(exchange, &reply);
    buf_free(&body);
    buf_free(&lines);
}

void http_problem(http_exchange_t *exchange, unsigned status, const char *fields)
{
    http_problem_because(exchange, status, fields, NULL);
}
