#include "base/date.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from civil by Howard Hinnant's method: the year begins in March, so that the leap day is its
 * last. */
bool date_make(int year, int month, int day, date_t *date)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month)) {
        return false;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *date = (date_t){era * 146097 + day_of_era - 719468};
    return true;
}

void date_split(date_t date, int *year, int *month, int *day)
{
    int shifted = date.days + 719468;
    int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static bool digits(span_t text, size_t from, size_t count, int *number)
{
    uint64_t value = 0;
    if (!span_number((span_t){text.at + from, count}, 9999, &value)) {
        return false;
    }
    *number = (int)value;
    return true;
}

bool date_parse(span_t text, date_t *date)
{
    int year = 0, month = 0, day = 0;
    return text.len == DATE_TEXT_LEN && text.at[4] == '-' && text.at[7] == '-' &&
           digits(text, 0, 4, &year) && digits(text, 5, 2, &month) && digits(text, 8, 2, &day) &&
           year >= 1800 && year <= 2299 && date_make(year, month, day, date);
}

static void put_digits(char *at, int number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void date_text(date_t date, char text[static DATE_TEXT_LEN + 1])
{
    int year = 0, month = 0, day = 0;
    date_split(date, &year, &month, &day);
    put_digits(text, year, 4);
    text[4] = '-';
    put_digits(text + 5, month, 2);
    text[7] = '-';
    put_digits(text + 8, day, 2);
    text[DATE_TEXT_LEN] = '\0';
}

date_t date_add_months(date_t date, int months)
{
    int year = 0, month = 0, day = 0;
    date_split(date, &year, &month, &day);
    int since = year * 12 + month - 1 + months;
    date_t later = DATE_NEVER;
    while (!date_make(since / 12, since % 12 + 1, day, &later) && day > 28) {
        day--;
    }
    return later;
}

int date_weekday(date_t date)
{
    /* 1970-01-01 was a Thursday. */
    int weekday = (date.days + 3) % 7;
    return weekday < 0 ? weekday + 7 : weekday;
}

int date_full_years(date_t birth, date_t on)
{
    int birth_year = 0, birth_month = 0, birth_day = 0, year = 0, month = 0, day = 0;
    date_split(birth, &birth_year, &birth_month, &birth_day);
    date_split(on, &year, &month, &day);
    if (birth_month == 2 && birth_day == 29 && !is_leap(year)) {
        birth_day = 28;
    }
    bool reached = month > birth_month || (month == birth_month && day >= birth_day);
    return year - birth_year - (reached ? 0 : 1);
}
