--[pl] Program usług społecznych: kto go prowadzi, na jakiej podstawie, przez jaki czas i za ile.
--[pl] Każda wartość ma „basis”: dokument i jego punkt, z którego pochodzi. „example” znaczy: tylko
--[pl] przykład, do zastąpienia. Po zmianie: okienko check @programme@
--[en] A programme of social services: who runs it, on what basis, for how long and for how much.
--[en] Every value has a "basis": the document and its point that it comes from. "example" means: only
--[en] an example, to be replaced. After a change: okienko check @programme@
--[uk] Програма соціальних послуг: хто її веде, на якій підставі, як довго і за скільки.
--[uk] Кожне значення має «basis»: документ і його пункт, з якого воно походить. «example» означає:
--[uk] лише приклад, який треба замінити. Після зміни: okienko check @programme@
return programme {
  id = "@programme@",
  name = { pl = "Program Usług Społecznych", en = "Programme of Social Services",
           uk = "Програма соціальних послуг" },
  --[pl] Nazwa gminy i jej siedmiocyfrowy kod TERC.
  --[en] The commune's name and its seven-digit TERC code.
  --[uk] Назва ґміни та її семизначний код TERC.
  municipality = { name = "@programme@", terc = "0000000" },
  centre = { pl = "Centrum Usług Społecznych", en = "Social Services Centre",
             uk = "Центр соціальних послуг" },
  resolution = { number = "I/1/@year@", date = "@from@",
                 by = { pl = "Rada Gminy", en = "The commune's council", uk = "Рада ґміни" },
                 basis = "example" },
  period = { from = "@from@", to = "@to@" },

  --[pl] Słowa, z których korzystają usługi. Dopisz własne.
  --[en] The words that services use. Add your own.
  --[uk] Слова, якими користуються послуги. Допишіть свої.
  packages = { { id = "basic", name = { pl = "podstawowy", en = "Basic", uk = "базовий" },
                 basis = "example" } },
  groups = { { id = "residents", name = { pl = "mieszkańcy", en = "residents", uk = "мешканці" },
               basis = "example" } },
  places = { { id = "home", name = { pl = "w domu", en = "at home", uk = "вдома" },
               basis = "example" } },
  providers = { { id = "centre", name = { pl = "Centrum", en = "the Centre", uk = "Центр" },
                  basis = "example" } },
  units = { { id = "hour", name = { pl = "godzina", en = "hour", uk = "година" },
              forms = { pl = { "godzina", "godziny", "godzin" }, en = { "hour", "hours" },
                        uk = { "година", "години", "годин" } } } },

  --[pl] Wartości, które zmieniają się z datą: każdy wiersz obowiązuje od swojego dnia do następnego.
  --[en] Values that change with the date: each row holds from its day until the next one.
  --[uk] Значення, що змінюються з датою: кожен рядок діє від свого дня до наступного.
  parameters = {
    share = { { from = "@from@", value = 20, basis = "example" } },
  },

  --[pl] Opłata, gdy usługa nie ma własnej: część ceny. Ulgi wpisuje się w „reliefs”.
  --[en] The fee where a service has none of its own: a share of the price. Reliefs go into "reliefs".
  --[uk] Плата, коли послуга не має власної: частка ціни. Пільги вписують у «reliefs».
  fee = share { percent = param "share", basis = "example" },
  rounding = { to = "grosz", per = "line", basis = "example" },
  price_at = { when = "settlement", basis = "example" },
}
