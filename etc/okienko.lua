-- Settings of `okienko serve --config etc/okienko.lua`. What the command line says comes before
-- what stands here; what neither says is as written.
return okienko {
  listen  = { "127.0.0.1:8080" },   -- also "[::1]:8080", "unix:/run/okienko/okienko.sock"
  plugins = "plugins",              -- one folder a programme
  data    = "data",                 -- the records, and the key that seals them; made when it is missing
  demo    = false,                  -- true: past a programme's period, answer for a day of an earlier year
  -- public_address = "https://uslugi.example.org",  by which people reach the server, for links that are whole
  hosts   = {},                     -- whose programme the pages of a host show, as
                                    -- { ["uslugi.example.org"] = "programme", ["*.example.org"] = "*" }:
                                    -- the part in the star's place is then the programme's id
  group_commit = true,              -- false: every change is synced to the disk by itself; for measuring only
  beyond_loopback = false,          -- true: plain HTTP beyond this machine, behind a proxy that does TLS
}
