-- The vocabulary a plugin finds as globals; the whole environment is in docs/plugin-guide.md.
std = "lua54"
max_line_length = 140
local vocabulary = {
  "programme", "facts", "service", "tests", "act", "conditions",
  "all", "any", "none", "check", "is", "equals", "one_of", "at_least", "at_most",
  "between", "before", "after", "param", "shared",
  "pln", "percent", "share", "flat", "steps", "free", "relief",
  "years_since", "pesel_birth_date", "pesel_sex",
}
files["plugins/**/*.lua"] = { read_globals = vocabulary }
files["tests/**/*.lua"] = { read_globals = vocabulary }
files["tests/bench/peer_rule.lua"] = { std = "ngx_lua", read_globals = {}, globals = { "ngx" } }
exclude_files = { "tests/plugin/hostile/**" }
files["tests/bench/peer_rule.lua"] = { std = "luajit", globals = { "ngx" } }
