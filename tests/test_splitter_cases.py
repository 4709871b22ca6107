"""A list of hard places, in the notation of the rules; most are of the statement genre."""

from __future__ import annotations

import pytest

from align.splitter import sentence_spans

RUSSIAN = """
Он приехал в г. Краснодар.| |Затем уехал.
Переговоры прошли в г. Порт-Ларне 14 декабря с.г.| |Стороны довольны.
В сентябре с.г. Россия внесла проект.| |Его обсудили.
С.В.Лавров провёл переговоры.| |Они были краткими.
С. В. Лавров провёл переговоры.| |Они были краткими.
Министр иностранных дел А.П. Северский принял посла Т. Корвина.| |Беседа была долгой.
В совещании участвовали Лавров С.В. и Иванов И.И.| |Они выступили.
Слово предоставлено Петрову А. А.| |Он отказался.
Присутствовали Дж. Буш и Ю. Ким.| |Был и Дж.Р.Р. Толкин.
Это было в 2014 г.| |Она уже ушла.
В 2014 г. Россия вступила в клуб.| |С тех пор прошло время.
4 октября 2017 г. Министр провёл встречу.| |Она была открытой.
За 2010–2012 гг. посол бывал в г. Порт-Ларне.| |Там тепло.
План рассчитан на 2019–2020 гг.;
В XIX в. Россия росла.| |Росла и торговля.
Это случилось в XIX в.| |Тогда всё было иначе.
Договор подписан в XVI–XVII вв.| |Он действует.
Население — 5 тыс. чел.| |Это немного.
Товарооборот достиг 1,2 млрд долл. США.| |Это рекорд.
Товарооборот достиг 5 млн руб.| |Это рекорд.
Цена — 5 тыс. руб. за шт.| |Она растёт.
Не решён вопрос, т.к. нет закона.| |Ждём.
Не решён вопрос, т. к. нет закона.| |Ждём.
Подписано в 1961 г., т.е. через два года.| |Посольство открыто.
Помогли всем, в т.ч. США и Китаю.| |Это важно.
Помогли всем, в т. ч. по линии Контактной группы.| |Это важно.
Обсудили торговлю, науку и т.д.| |Стороны довольны.
Обсудили торговлю, науку и т. д.| |Стороны довольны.
Обсудили торговлю, науку и т.п. вопросы.| |Стороны довольны.
Были Франция, Италия и др.| |Россия воздержалась.
Были Франция, Италия и др. страны.| |Россия воздержалась.
Это было в 44 г. до н.э.| |Рим устоял.
Это было в 44 г. до н. э. в Риме.| |Рим устоял.
Давление — 760 мм рт. ст.| |Это норма.
Он живёт на ул. Ленина, д. 5, кв. 7.| |Дом старый.
Пл. Победы закрыта.| |Ул. Мира открыта.
Его принял проф. Иванов.| |Акад. Петров болел.
См. рис. 5 и табл. 2 на стр. 10.| |Там всё есть.
Согласно ст. 5 и п. 3 гл. IV Устава это так.| |Спорить незачем.
Это предусмотрено п. 2 ст. 7.| |Россия выполняет договор.
Университет им. М.В.Ломоносова открыт.| |Вход свободный.
Театр им. Пушкина закрыт.| |Ремонт.
Встреча состоялась 04.10.2017 в 13.45.| |Она была краткой.
Курс вырос на 3.5 пункта.| |Это много.
Доля составила 17,4%.| |Это рекорд.
1. Стороны обсудили торговлю.| |2. Решено продолжить.
1) Стороны обсудили торговлю.| |2) Решено продолжить.
а) мир;| |б) труд.
II. Итоги встречи.| |Стороны довольны.
«Мы ценим взвешенный подход», – отметил министр.| |Он прав.
«Вы согласны?» – спросил он.| |Никто не ответил.
«Это решено!» — сказал С.В.Лавров.| |Все молчали.
Он спросил: «Когда?»| |Ответа не было.
Он сказал: «Да».| |Все согласились.
Он сказал: «Да.»| |Все согласились.
Фильм «Кто виноват?» вышел.| |Его смотрели.
Роман «Что делать?» написан в тюрьме.| |Его читали.
Она не делила партнёров на “своих” и “чужих”».| |Это важно.
(Здание передано в 2001 году.)| |Стороны довольны.
(Здание передано в 2001 году.| |Плата не взимается.)| |Стороны довольны.
Это так (см. с. 5).| |Спорить незачем.
Он ушёл (так решили вместе. Иначе было нельзя).| |Все молчали.
Мы ждали… и дождались.| |Он пришёл.
Мы ждали…| |Он не пришёл.
Мы ждали...| |Он не пришёл.
… И вот мы здесь.| |Начнём.
— Вы придёте?| |— Да.| |— Хорошо.
– Да. – Нет.
Вопрос: Как Вы оцениваете итоги?| |Что дальше?
С.В.Лавров: Оцениваем высоко.| |Работа идёт.
Вопрос (перевод с английского): Вы согласны?| |Почему?
Ответ: Нет.
Это сайт www.mid.ru.| |Там есть всё.
Пишите на info@mid.ru.| |Ответим.
Поиск на ya.ru помогает.| |Попробуйте.
Это конец.||Начало было раньше.
Мы живём на ул.Ленина.| |Там тихо.
Платформа .NET нужна всем.| |Она проста.
Это неправда!| |Кто это сказал?!| |Никто.
Что?!| |Где?!
Справочно: отношения установлены 9 мая 1961 г., т.е. давно.| |Посольство открыто в 1963 г.
Он получил степень к.и.н.| |Затем д.и.н.
Это д-р Иванов и г-н Петров.| |Г-жа Сидорова больна.
Об этом говорил ещё Людовик XIV.| |Он был прав.
Об этом писали «Известия».| |«Правда» молчала.
По состоянию на 1 янв. 2017 г. их было 5.| |Это мало.
Принято 5 резолюций (в т.ч. 2 по Сирии).| |Россия голосовала за.
В документе (раздел III, п. 4) об этом сказано.| |Читайте.
Первое – мир. Второе – торговля.
США, Великобритания и др. выступили против.| |Их поддержали немногие.
Такие страны, как Франция, Италия и пр., согласны.| |Это хорошо.
Он родился 5 мая 1961 г. в Москве.| |Учился там же.
Совет Безопасности ООН принял рез. 2254.| |Она выполняется.
Об этом сказано в § 5.| |Читайте внимательно.
Температура достигла 27.3°F.| |Холодно.
Тел.: 8 (495) 123-45-67.| |Звоните.
Это г.| |А это не г.
Делегация вернулась в центр.| |Россия довольна.
Судно вошло в порт.| |Россия довольна.
Мы поможем им.| |Они это знают.
Завершился второй тур.| |Россия впереди.
Напомню, что в 1975 году в Хельсинки…| |Впрочем, об этом позже.
Стороны подтвердили:| |• приверженность миру;| |• готовность к диалогу.
""".replace("– Да. – Нет.", "– Да.| |– Нет.").replace("Первое – мир. Второе", "Первое – мир.| |Второе")

ENGLISH = """
Mr. Lavrov met Dr. Smith.| |They talked.
Mrs. Jones, Ms. Brown and Prof. Green came.| |They talked.
J. K. Rowling wrote it.| |People read it.
J.K. Rowling wrote it.| |People read it.
The envoy is Martin K. Vale.| |He arrived today.
The list says Lavrov S.V.| |He was absent.
She wrote to the U.S. Embassy.| |It replied.
The goods come from the U.S.| |They are cheap.
Trade with the U.S. has grown.| |It will grow.
The U.N. Security Council met.| |It voted.
This was discussed at the U.N.| |The Council voted.
Fruit, e.g. apples, is good.| |Eat it.
The capital, i.e. Moscow, is large.| |It grows.
They trade in oil, gas, etc.| |Russia buys machines.
They trade in oil, gas, etc. with others.| |Russia buys machines.
He left at 5 p.m.| |The rest stayed.
He left at 5 p.m. on Monday.| |The rest stayed.
He came at 5 a.m. Monday and left.| |The rest stayed.
Apple Inc. is large.| |It grows.
He works for Apple Inc.| |He likes it.
Apple Inc. CEO Tim Cook spoke.| |People listened.
John Smith Jr. spoke.| |People listened.
He met John Smith Jr.| |They talked.
St. Petersburg is north of St. Louis.| |It is cold.
She lives on Main St. near the park.| |It is quiet.
See No. 5 and Fig. 2 on p. 10.| |They differ.
See Art. 5, para. 3 of the Charter.| |It is clear.
He said no.| |They left.
Is that a yes or a no?| |No one knows.
On Jan. 20 he became president.| |He served long.
It happened in Dec. 1991.| |The union ended.
The talks were held on 04.10.2017.| |They were short.
It rose by 3.5 percent.| |That is a lot.
The fee is $250.50.| |It is paid once.
“Is it true?” Lavrov asked.| |Nobody knew.
“Is it true?” he asked.| |Nobody knew.
“It is true.”| |He left.
He said, “It is true.”| |Then he left.
"Is it true?" he asked.| |"It is," she said.
'Is it true?' he asked.| |Nobody knew.
He asked, “Why?”| |“Because,” she said.
(See the annex.)| |It is long.
It is long (see p. 5).| |Read it.
He left (as agreed. No one asked why) at noon.| |Then it rained.
The envoy spoke (She had just arrived.) to the press.| |She was brief.
We waited … and he came.| |He sat.
We waited...| |He did not come.
We waited ... and he came.| |He sat.
... And here we are.| |Begin.
Question: How do you see it?| |What is next?
Sergey Lavrov: We see it well.| |Work goes on.
Question (retranslated from German): Do you agree?| |Why?
1. The parties met.| |2. They will meet again.
1) The parties met.| |2) They will meet again.
(a) The parties met.| |(b) They will meet again.
(i) The parties met.| |(ii) They will meet again.
IV. The parties met.| |V. They will meet again.
Section 5.| |The parties met.
Visit www.mid.ru.| |All is there.
Visit https://mid.ru/en/news.html?id=5.| |All is there.
Write to Press.Office@example.org.| |They answer.
The .NET platform and Node.js are known.| |They work.
The talks ended.||The envoys left.
They watch Jeopardy! every evening.| |They like it.
What?!| |Who said so?!
No!| |Never!
He is in Washington, D.C.| |The talks go on.
He is a Ph.D. student.| |She has a Ph.D.| |They talk.
That is plan B.| |Officials agree.
They agree more often than you and I.| |Did the envoy meet Peter I. Vale?
Nicholas II.| |His reign was long.
The XVI century was long.| |The 16th too.
This is vol. 5, ch. 2, pp. 10-12.| |Read it.
The company, a.k.a. Acme Corp., closed.| |It was old.
Compare this, cf. Smith et al. 2010.| |It is new.
Smith et al. showed it.| |It is new.
Gen. Lee and Lt. Col. Grant met.| |Sen. Obama came.
He is approx. 5 ft. tall.| |She is taller.
It was Smith v. Jones.| |The court ruled.
Russia vs. Germany was played.| |Russia won.
P.S. A reminder follows.| |Read it.
The foreign ministers of Russia, China, etc.: a meeting.| |It was short.
It is the 1990s.| |The union is gone.
The road was long.| |Russia agreed.
Earth goes around the Sun.| |Scientists agree.
He lives on Main St.| |He likes it.
He said it in 2014.| |In 2015 he left.
There were 5.| |5 more came.
Participants:| |• France| |• Italy
"""

OTHERS = {
    "uk": """
Він приїхав до м. Києва.| |Потім поїхав.
Це було у 2014 р.| |Вона пішла.
Т. Шевченко та І. Франко писали.| |Їх читали.
""",
    "de": """
Am 3. Mai war es still.| |Am 4. Juni nicht.
Er sprach mit Dr. Müller, d. h. mit dem Arzt.| |Dann ging er.
Das kostet 5 Mio. Euro.| |Das ist viel.
„Ist das wahr?“, fragte er.| |Niemand antwortete.
""",
    "fr": """
M. Dupont est parti.| |Mme Durand est restée.
« Est-ce vrai ? »| |Personne ne répondit.
Quoi ?| |Rien !
""",
    "es": """
El Sr. García llegó.| |La Sra. López no.
¿Es verdad?| |¡Sí!
Vive en EE.UU. desde 2010.| |Está bien.
""",
    "zh": "我们明天去。||你呢？||好！\n他说：“好。”||然后走了。",
    "ja": "今日は雨です。||明日は晴れます。\n「はい。」||彼は言った。",
    "ar": "ذهب الولد إلى المدرسة.| |هل عاد؟| |نعم.",
}

CASES = [
    (lang, case)
    for lang, block in [("ru", RUSSIAN), ("en", ENGLISH), *OTHERS.items()]
    for case in block.strip().splitlines()
]


def notation(text: str, lang: str) -> str:
    """Cut `text` and write it as ``one.| |two.``"""
    written, end = "", 0
    for start, stop in sentence_spans(text, lang):
        written += f"|{text[end:start]}|" if end else text[:start]
        written += text[start:stop]
        end = stop
    return written + text[end:]


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_a_hard_place_is_cut_as_written(lang: str, case: str) -> None:
    assert notation(case.replace("|", ""), lang) == case


@pytest.mark.parametrize(("lang", "case"), [pair for pair in CASES if pair[0] in {"ru", "en"}])
def test_a_no_break_space_cuts_like_a_space(lang: str, case: str) -> None:
    spaced = case.replace(" ", "\N{NO-BREAK SPACE}")
    assert notation(spaced.replace("|", ""), lang) == spaced
