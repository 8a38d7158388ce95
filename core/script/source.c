/* A plugin's text before Lua sees it: that it is text, and its tokens. */
#include "script/inside.h"

#include "base/text.h"

#include <stdlib.h>

static int line_of(span_t source, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++) {
        line += source.at[i] == '\n';
    }
    return line;
}

/* The first byte that is no text, or the length. */
static size_t first_control(span_t source)
{
    size_t i = 0;
    while (i < source.len) {
        uint8_t c = (uint8_t)source.at[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
            break;
        }
        i++;
    }
    return i;
}

static int first_broken_line(span_t source)
{
    span_t rest = source, line = SPAN_NONE;
    int number = 0;
    while (span_cut(&rest, '\n', &line)) {
        number++;
        if (!text_is_utf8(line)) {
            return number;
        }
    }
    return number;
}

bool script_source_check(span_t source, const char *file, script_fault_t *fault)
{
    if (source.len > SCRIPT_CHUNK_MAX) {
        script_fault_set(fault, SCRIPT_BINARY, file, 0, "longer than 64 KiB");
        return false;
    }
    if (span_starts(source, SPAN("\x1bLua"))) {
        script_fault_set(fault, SCRIPT_BINARY, file, 1, "compiled Lua, not a text");
        return false;
    }
    if (span_starts(source, SPAN("\xef\xbb\xbf"))) {
        script_fault_set(fault, SCRIPT_BINARY, file, 1,
                         "begins with a byte order mark: save it as UTF-8 without one");
        return false;
    }
    size_t control = first_control(source);
    if (control < source.len) {
        script_fault_set(fault, SCRIPT_BINARY, file, line_of(source, control),
                         "a control character (%d)", (int)(uint8_t)source.at[control]);
        return false;
    }
    if (!text_is_utf8(source)) {
        script_fault_set(fault, SCRIPT_BINARY, file, first_broken_line(source), "not UTF-8");
        return false;
    }
    return true;
}

typedef struct {
    span_t source;
    size_t at;
    int line;
    tokens_t *tokens;
    size_t open[256]; /* brackets not closed yet */
    size_t open_count;
    bool failed;
} lexer_t;

static char peek(const lexer_t *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->source.len ? lexer->source.at[at] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Steps over one byte, counting lines as Lua does: "\r\n" and "\n\r" are one end of line. */
static void step(lexer_t *lexer)
{
    char c = peek(lexer, 0), next = peek(lexer, 1);
    if (c == '\n' || c == '\r') {
        lexer->line++;
        if ((next == '\n' || next == '\r') && next != c) {
            lexer->at++;
        }
    }
    lexer->at++;
}

/* The level of a long bracket "[==[" at the cursor, or -1. */
static int long_level(const lexer_t *lexer)
{
    size_t ahead = 1;
    if (peek(lexer, 0) != '[') {
        return -1;
    }
    while (peek(lexer, ahead) == '=') {
        ahead++;
    }
    return peek(lexer, ahead) == '[' ? (int)ahead - 1 : -1;
}

static bool closes_long(const lexer_t *lexer, int level)
{
    if (peek(lexer, 0) != ']' || peek(lexer, (size_t)level + 1) != ']') {
        return false;
    }
    for (int i = 1; i <= level; i++) {
        if (peek(lexer, (size_t)i) != '=') {
            return false;
        }
    }
    return true;
}

static void skip_long(lexer_t *lexer, int level)
{
    lexer->at += (size_t)level + 2;
    while (lexer->at < lexer->source.len && !closes_long(lexer, level)) {
        step(lexer);
    }
    lexer->at += (size_t)level + 2;
}

static void skip_short(lexer_t *lexer)
{
    char quote = peek(lexer, 0);
    lexer->at++;
    /* One that is not closed ends with its line, as Lua has it: the lines below are read as meant.
     */
    while (lexer->at < lexer->source.len && peek(lexer, 0) != quote && peek(lexer, 0) != '\n' &&
           peek(lexer, 0) != '\r') {
        if (peek(lexer, 0) == '\\') {
            lexer->at++;
            if (peek(lexer, 0) == 'z') {
                lexer->at++;
                while (peek(lexer, 0) != '\0' && strchr(" \t\r\n", peek(lexer, 0)) != NULL) {
                    step(lexer);
                }
                continue;
            }
        }
        step(lexer);
    }
    lexer->at += peek(lexer, 0) == quote;
}

static void skip_comment(lexer_t *lexer)
{
    lexer->at += 2;
    int level = long_level(lexer);
    if (level >= 0) {
        skip_long(lexer, level);
        return;
    }
    while (lexer->at < lexer->source.len && peek(lexer, 0) != '\n' && peek(lexer, 0) != '\r') {
        lexer->at++;
    }
}

static void skip_number(lexer_t *lexer)
{
    bool hexadecimal = peek(lexer, 0) == '0' && (peek(lexer, 1) == 'x' || peek(lexer, 1) == 'X');
    for (;;) {
        char c = peek(lexer, 0);
        bool exponent = hexadecimal ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
        if (exponent && (peek(lexer, 1) == '+' || peek(lexer, 1) == '-')) {
            lexer->at += 2;
        } else if (is_digit(c) || is_letter(c) || c == '.') {
            lexer->at++;
        } else {
            return;
        }
    }
}

static void skip_symbol(lexer_t *lexer)
{
    static const char *const pairs[] = {"==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    size_t len = 1;
    if (peek(lexer, 0) == '.' && peek(lexer, 1) == '.') {
        len = peek(lexer, 2) == '.' ? 3 : 2;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (peek(lexer, 0) == pairs[i][0] && peek(lexer, 1) == pairs[i][1]) {
            len = 2;
        }
    }
    lexer->at += len;
}

static token_kind_t skip_token(lexer_t *lexer)
{
    char c = peek(lexer, 0);
    if (is_letter(c)) {
        while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0))) {
            lexer->at++;
        }
        return TOKEN_NAME;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1)))) {
        skip_number(lexer);
        return TOKEN_NUMBER;
    }
    if (c == '"' || c == '\'') {
        skip_short(lexer);
        return TOKEN_STRING;
    }
    int level = long_level(lexer);
    if (level >= 0) {
        skip_long(lexer, level);
        return TOKEN_STRING;
    }
    skip_symbol(lexer);
    return TOKEN_SYMBOL;
}

static void pair_brackets(lexer_t *lexer, size_t index)
{
    token_t *token = &lexer->tokens->at[index];
    char c = token->text.len == 1 ? token->text.at[0] : '\0';
    if (c == '(' || c == '[' || c == '{') {
        if (lexer->open_count < sizeof lexer->open / sizeof lexer->open[0]) {
            lexer->open[lexer->open_count++] = index;
        } else {
            lexer->open_count = 0; /* deeper than Lua's own limit: it will not compile */
        }
    } else if ((c == ')' || c == ']' || c == '}') && lexer->open_count > 0) {
        size_t opened = lexer->open[--lexer->open_count];
        token->match = opened;
        lexer->tokens->at[opened].match = index;
    }
}

static void add_token(lexer_t *lexer, token_kind_t kind, span_t text, int line)
{
    tokens_t *tokens = lexer->tokens;
    if (!script_grow(&tokens->at, &tokens->cap, tokens->count, sizeof *tokens->at)) {
        lexer->failed = true;
        return;
    }
    tokens->at[tokens->count++] = (token_t){.kind = kind, .line = line, .text = text};
    if (kind == TOKEN_SYMBOL) {
        pair_brackets(lexer, tokens->count - 1);
    }
}

bool script_tokens_read(tokens_t *tokens, span_t source)
{
    lexer_t lexer = {.source = source, .line = 1, .tokens = tokens};
    while (lexer.at < source.len && !lexer.failed) {
        char c = peek(&lexer, 0);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            step(&lexer);
        } else if (c == '-' && peek(&lexer, 1) == '-') {
            skip_comment(&lexer);
        } else {
            size_t start = lexer.at;
            int line = lexer.line;
            token_kind_t kind = skip_token(&lexer);
            size_t end = lexer.at < source.len ? lexer.at : source.len;
            add_token(&lexer, kind, (span_t){source.at + start, end - start}, line);
        }
    }
    add_token(&lexer, TOKEN_END, SPAN_NONE, lexer.line);
    return !lexer.failed;
}

/* What a plugin may not write, whatever Lua makes of it. */
static const char *refused(const token_t *token)
{
    static const char *const bits[] = {"|", "~", "&", "<<", ">>"};
    if (script_token_is(token, "_ENV")) {
        return "the name _ENV cannot be used";
    }
    if (script_token_is(token, "<") && script_token_is(token + 1, "close")) {
        return "<close> cannot be used";
    }
    for (size_t i = 0; token->kind == TOKEN_SYMBOL && i < sizeof bits / sizeof bits[0]; i++) {
        if (script_token_is(token, bits[i])) {
            /* Debian's Lua 5.4.4 gets them wrong in functions with many constants. */
            return "the operators on bits (| ~ & << >>) cannot be used; 'not equal' is ~=";
        }
    }
    return NULL;
}

bool script_tokens_check(const tokens_t *tokens, const char *file, script_fault_t *fault)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const char *why = tokens->at[i].kind == TOKEN_END ? NULL : refused(&tokens->at[i]);
        if (why != NULL) {
            script_fault_set(fault, SCRIPT_SYNTAX, file, tokens->at[i].line, "%s", why);
            return false;
        }
    }
    return true;
}
