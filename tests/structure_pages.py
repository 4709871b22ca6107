"""Small saved pages of every sort: in front of each line, whether it is text or what else it is.

``f`` is furniture, ``m`` a time, number or separator line, ``t`` text that must never be lost. The
names and events are made up.
"""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "en-de-unseen": (
        "en",
        """\
f|Vorlesen
f|Zur Sprachauswahl
m|15 May 201921:30
t|Foreign Minister Sergey Orlov’s remarks at a meeting with the Prime Minister of Norven, May 15, 2019
m|977-15-05-2019
t|Mr Prime Minister,
t|Colleagues,
t|We are grateful for this opportunity to meet with you.
t|Regional security
t|We have discussed the situation in the region in detail and agreed on further steps.
t|Thank you.
f|Das eingegebene Datum liegt in der Zukunft
f|Ergebnisse einschränken
f|Weitere Meldungen
""",
    ),
    "ru-en-unseen": (
        "ru",
        """\
f|Accessibility tools
m|4 октября 2017 года 13:45
t|Выступление Министра иностранных дел С.В.Орлова на заседании Совета
m|1865-04-10-2017
t|Уважаемые коллеги,
t|Рад приветствовать вас в этом зале. Сегодня мы обсудим важные вопросы.
t|О положении в регионе
t|Обстановка остаётся сложной, но управляемой.
m|* * *
t|Спасибо за внимание.
f|The dates you entered are not valid
f|Refine your search
f|Subscribe to updates by e-mail
""",
    ),
    "ru-fr": (
        "ru",
        """\
m|13:45
t|Комментарий Департамента информации и печати
m|123-01-02-2020
t|Обратили внимание на публикации в ряде зарубежных СМИ.
t|Подобные материалы не имеют ничего общего с действительностью.
f|Les dates saisies sont erronées
f|Affiner la recherche
f|Tous les communiqués
""",
    ),
    "en-signature": (
        "en",
        """\
m|4 October 2017
t|Joint Statement on Lake Heritage
t|The Ministers reaffirmed their commitment to the protection of lakes.
t|They agreed to meet again next year.
t|Sergey Orlov
t|Minister of Foreign Affairs of Lakhtaria
t|Done at Elsborg, 4 October 2017
""",
    ),
    "ru-signature": (
        "ru",
        """\
m|04.10.2017
t|Совместное заявление министров
t|Министры подтвердили приверженность охране озёр.
t|Они договорились встретиться вновь.
t|Министр иностранных дел Лахтарии
t|С.В.Орлов
t|г. Велигорск, 4 октября 2017 г.
""",
    ),
    "en-headings": (
        "en",
        """\
m|7 February 2019
t|Briefing by Foreign Ministry Spokeswoman Maria Zimina
m|214-07-02-2019
t|Secretary-General's report
t|The Secretary-General has submitted his annual report to the Council.
t|News from Karelstan
t|The parliament has approved the budget for the next year.
t|Print media and freedom of speech
t|We have repeatedly drawn attention to the position of journalists there.
t|Cybersecurity
t|Three companies came under attack last week.
t|Contacts with partners
t|We remain in contact with all the parties concerned.
t|Answers to media questions:
t|Question: Will you attend?
t|Maria Zimina: Yes.
t|No comment.
t|Question: And later?
t|Maria Zimina: We will see
f|Incorrect dates
""",
    ),
    "en-short-turns": (
        "en",
        """\
m|16:20
t|Answers to questions
m|388-04-03-2020
t|Question: Do you agree?
t|Answer: No.
t|Question: Why?
t|Answer: Print is dead
t|Question: Share your thoughts?
t|Answer: Search me
f|Print
f|Share
""",
    ),
    "de-doc": (
        "de",
        """\
f|Skip to content
m|Mittwoch, 4. Oktober 2017, 13:45 Uhr
t|Rede des Außenministers vor dem Bundestag
t|Sehr geehrte Damen und Herren,
t|wir haben heute über die Lage in der Region beraten und uns auf weitere Schritte verständigt.
t|Drei Grundsätze
t|Erstens muss die Gewalt enden.
f|Diese Seite teilen
f|Zum Seitenanfang
""",
    ),
    "ru-social": (
        "ru",
        """\
f|Главная > Новости > Комментарии
f|Русский English Deutsch Français Español
m|15.05.2019 21:30
t|О встрече Министра с послом Вальдории
m|980-15-05-2019
f|Поделиться
f|Facebook
f|ВКонтакте
t|15 мая состоялась встреча Министра с послом Вальдории.
t|Обсуждены актуальные вопросы повестки дня.
f|Просмотров: 1 234
f|Теги: Вальдория, послы
f|© 2019 МИД Лахтарии
f|https://www.example.org/ru/news/123
f|press@example.org
""",
    ),
    "en-run": (
        "en",
        """\
m|13:45
t|Comment by the Information and Press Department
m|123-01-02-2020
t|We have noted the statement made by the Norven Foreign Ministry.
t|It contains a number of inaccuracies.
f|Falsche Datumsangaben
f|Fotoalbum
f|Country profile
f|Erweiterte Einstellungen
""",
    ),
    "en-own-unseen": (
        "en",
        """\
m|13:45
t|Comment by the Information and Press Department
m|123-01-02-2020
t|We have noted the statement made by the Norven Foreign Ministry.
t|It contains a number of inaccuracies.
f|Selected date range is invalid
f|Reset search
f|Page settings
""",
    ),
    "ru-own-unseen": (
        "ru",
        """\
m|13:45
t|Комментарий Департамента информации и печати
m|123-01-02-2020
t|Обратили внимание на публикации в ряде зарубежных СМИ.
t|Они далеки от действительности.
f|Указан некорректный диапазон дат
f|Сбросить параметры поиска
f|Страница для печати
""",
    ),
    "en-list-end": (
        "en",
        """\
m|13:45
t|Agreements signed
m|123-01-02-2020
t|The following documents were signed:
t|Memorandum of understanding on trade
t|Protocol on the exchange of maps
t|Programme of cooperation in education
""",
    ),
    "en-title-question": (
        "en",
        """\
m|12 November 202009:30
t|Who will lower the voltage?
t|Article by Pavel Ordyntsev
m|1931-12-11-2020
t|In 1858, a queen and a president exchanged greetings over a cable.
t|Three principles
t|First, a cable cannot be a target.
m|* * *
t|[1] Author’s calculations.
t|* The Fund was established in 2015.
f|Print version
""",
    ),
    "en-zh": (
        "en",
        """\
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
f|日期不正确
f|高级设置
f|分享到微信
""",
    ),
    "en-ar": (
        "en",
        """\
f|تخطي إلى المحتوى
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
f|التواريخ غير صحيحة
f|خيارات إضافية
""",
    ),
    "en-tr-pl-etc": (
        "en",
        """\
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
f|Nieprawidłowe daty
f|Hatalı tarih aralığı
f|Розширені параметри
f|Onjuiste datums
f|Pokročilé možnosti
""",
    ),
    "ru-uk": (
        "ru",
        """\
m|13:45
t|Комментарий о защите озёр
m|123-01-02-2020
t|Обратили внимание на заявление коллег.
f|Невірно вказані дати
f|Додаткові інструменти пошуку
""",
    ),
    "en-quote-foreign": (
        "en",
        """\
m|13:45
t|Remarks at the opening of the French school
m|123-01-02-2020
t|I would like to recall the words on the façade of this school.
t|Liberté, égalité, fraternité
t|They have lost none of their meaning.
t|Merci beaucoup!
""",
    ),
    "ru-middle-en": (
        "ru",
        """\
m|13:45
t|Ответы на вопросы СМИ
m|123-01-02-2020
t|Приведу цитату из резолюции в оригинале.
t|Reaffirms its commitment to the sovereignty of all States
t|Как видите, всё сказано предельно ясно.
t|Вопрос: Is it true?
t|С.В.Орлов: Да.
t|Вопрос: Что дальше?
t|С.В.Орлов: Посмотрим
f|Incorrect dates
f|Advanced settings
""",
    ),
    "en-top-title-first": (
        "en",
        """\
t|Comment by the Information and Press Department on lakes
m|13:45
m|123-01-02-2020
t|We have noted the statement.
t|It is wrong.
""",
    ),
    "ru-brexit": (
        "ru",
        """\
m|13:45
t|COVID-19
m|123-01-02-2020
t|Обратили внимание на заявление коллег.
t|Оно ошибочно.
""",
    ),
    "en-greeting": (
        "en",
        """\
m|13 May 2020
t|Message of greetings to participants in the forum
t|Dear friends,
t|I am glad to greet you.
t|I wish you success and all the best.
t|Yours sincerely,
t|Sergey Orlov
""",
    ),
    "en-es-sentence": (
        "en",
        """\
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
f|Las fechas introducidas no son correctas.
f|Introduzca un período válido.
""",
    ),
    "en-cookie": (
        "en",
        """\
f|This website uses cookies to ensure you get the best experience.
f|Accept all
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
t|Cookies for the lake festival will be baked by volunteers.
t|It will be fun.
""",
    ),
    "ru-programme": (
        "ru",
        """\
m|04.10.2017
t|Хронология событий вокруг озера
m|1865-04-10-2017
t|Напоминаем, как развивались события.
t|4 октября 2017 года
t|Парламент принял закон.
t|5 октября 2017 года
t|Президент подписал его.
""",
    ),
    "en-photo-tail": (
        "en",
        """\
m|13:45
t|Comment on lakes
m|123-01-02-2020
t|We have noted the statement.
f|Related materials
f|Photos
f|Lake Heritage 2020
f|1 2 3 4 5
""",
    ),
    "en-no-number": (
        "en",
        """\
t|The lake that remembers
t|By Nina Sedova
t|A lake remembers everything that people have forgotten, and it keeps it all very well.
t|Why lakes
t|Because they are deep.
""",
    ),
    "uk-doc": (
        "uk",
        """\
m|4 жовтня 2017 року
t|Заява Міністерства щодо захисту озер
t|Ми звертаємо увагу на становище озер у регіоні.
t|Це важливо.
f|Версия для печати
f|Некорректно указаны даты
""",
    ),
    "fr-doc": (
        "fr",
        """\
f|Skip to main content
m|mercredi 4 octobre 2017 à 13h45
t|Déclaration du ministre des Affaires étrangères
t|Nous avons pris note de cette déclaration.
t|Trois principes
t|Le premier est simple.
f|Partager sur les réseaux sociaux
f|Imprimer
""",
    ),
    "zh-doc": (
        "zh",
        """\
m|2017年10月4日 13:45
t|外交部发言人就湖泊保护问题答记者问
t|问：您对此有何评论？
t|答：我们注意到有关报道。
f|打印
f|分享到
f|Advanced search
""",
    ),
    "ar-doc": (
        "ar",
        """\
t|بيان وزارة الخارجية حول حماية البحيرات
t|تتابع الوزارة باهتمام التطورات الأخيرة في المنطقة وتدعو جميع الأطراف إلى ضبط النفس.
t|وهذا أمر مهم.
f|طباعة
f|Advanced search
""",
    ),
    "unseen-en0": (
        "en",
        """\
f|Zur Hauptnavigation
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Datumsangaben sind nicht korrekt
f|Mehr Optionen
f|Als PDF exportieren
""",
    ),
    "unseen-en1": (
        "en",
        """\
f|Aller à la navigation
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|La période indiquée est incorrecte
f|Paramètres complémentaires
f|Envoyer à un ami
""",
    ),
    "unseen-en2": (
        "en",
        """\
f|Перейти к разделам сайта
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Указаны неверные даты
f|Дополнительные возможности
f|Мы в соцсетях
""",
    ),
    "unseen-ru3": (
        "ru",
        """\
f|Go to main navigation
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Date range error
f|More settings
f|Export to PDF
f|Show on map
""",
    ),
    "unseen-ru4": (
        "ru",
        """\
f|Saltar a la navegación
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|El rango de fechas es incorrecto
f|Más opciones
f|Exportar
""",
    ),
    "unseen-ru5": (
        "ru",
        """\
f|Vai alla navigazione
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Le date inserite non sono corrette
f|Altre opzioni
f|Esporta in PDF
""",
    ),
    "unseen-ru6": (
        "ru",
        """\
f|Navigation überspringen
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Das Enddatum liegt vor dem Startdatum
f|Weitere Optionen
""",
    ),
    "unseen-ru7": (
        "ru",
        """\
f|Siirry navigointiin
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Päivämäärät ovat virheellisiä
f|Lisää asetuksia
""",
    ),
    "unseen-ru8": (
        "ru",
        """\
f|导航
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|日期输入有误
f|更多选项
""",
    ),
    "unseen-ru9": (
        "ru",
        """\
f|Перейти к разделам
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Дата начала позже даты окончания
f|Ещё параметры
f|Экспорт в PDF
""",
    ),
    "unseen-en10": (
        "en",
        """\
f|Jump to sections
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Start date is later than end date
f|More parameters
f|Export to PDF
""",
    ),
    "unseen-en11": (
        "en",
        """\
f|Menü
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Ungültige Eingabe
f|Weitere Suchkriterien
""",
    ),
    "unseen-en12": (
        "en",
        """\
f|Ana gezinmeye geç
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Girilen tarihler hatalı
f|Ek seçenekler
""",
    ),
    "unseen-en13": (
        "en",
        """\
f|Przejdź do nawigacji
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Podano nieprawidłowe daty
f|Więcej opcji
""",
    ),
    "unseen-en14": (
        "en",
        """\
f|Ir para a navegação
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|As datas informadas estão incorretas
f|Mais opções
""",
    ),
    "unseen-en15": (
        "en",
        """\
f|ナビゲーションへ
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|日付の入力が正しくありません
f|その他のオプション
""",
    ),
    "unseen-en16": (
        "en",
        """\
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Falsche Datumsangaben
f|x
f|Advanced settings
f|OK
f|Cancel
""",
    ),
    "unseen-en17": (
        "en",
        """\
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Fotos
f|Vídeos
f|Enlaces
""",
    ),
    "unseen-ru18": (
        "ru",
        """\
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Additional materials
f|Photo
f|Video
""",
    ),
    "unseen-ru19": (
        "ru",
        """\
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Документы
f|Фото
f|Видео
""",
    ),
    "unseen-ru20": (
        "ru",
        """\
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Дополнительные материалы
f|Фотографии с мероприятия
""",
    ),
    "unseen-en21": (
        "en",
        """\
f|MFA
f|Press Service
f|News
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
f|Previous
f|Next
""",
    ),
    "unseen-ru22": (
        "ru",
        """\
f|МИД
f|Пресс-служба
f|Новости
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
f|Предыдущая новость
f|Следующая новость
""",
    ),
    "unseen-ru23": (
        "ru",
        """\
f|Внешняя политика
f|Новости
m|16:20
t|Ответы Министра иностранных дел А.П.Северского на вопросы СМИ
m|388-04-03-2020
t|Вопрос: Вы подписали протокол?
t|А.П.Северский: Да. Он вступает в силу сразу.
t|Благодарю за внимание.
""",
    ),
    "unseen-en24": (
        "en",
        """\
f|Foreign policy
f|News
m|16:20
t|Foreign Minister Anton Seversky’s answers to questions, Moscow, March 4, 2020
m|388-04-03-2020
t|Question: Did you sign the protocol?
t|Anton Seversky: Yes, we did. It takes effect at once.
t|Thank you for your attention.
""",
    ),
    "trap-en25": (
        "en",
        """\
m|16:20
t|Statement
m|388-04-03-2020
t|We welcome the results.
t|Sergey Orlov
t|Foreign Minister of Lakhtaria
""",
    ),
    "trap-en26": (
        "en",
        """\
m|16:20
t|Note
m|388-04-03-2020
t|We welcome the results.
t|Gerhard Schröder
t|Heidemarie Wieczorek-Zeul
""",
    ),
    "trap-en27": (
        "en",
        """\
m|16:20
t|Participants of the talks
m|388-04-03-2020
t|The talks were attended by:
t|Jean-Yves Le Drian
t|Josep Borrell Fontelles
t|Mevlüt Çavuşoğlu
t|Péter Szijjártó
""",
    ),
    "trap-ru28": (
        "ru",
        """\
m|16:20
t|Участники переговоров
m|388-04-03-2020
t|В переговорах участвовали:
t|Дж.Аманов
t|Нурсултан Назарбаев
t|Эмомали Рахмон
""",
    ),
    "trap-en29": (
        "en",
        """\
m|16:20
t|Search for peace
m|388-04-03-2020
t|Peace is near.
t|Options for settlement
t|There are many options.
t|Links between nations
t|They are strong.
""",
    ),
    "trap-ru30": (
        "ru",
        """\
m|16:20
t|Поиск мира
m|388-04-03-2020
t|Мир близок.
t|Новости науки
t|Учёные сделали открытие.
t|Архив Министерства
t|Архив открыт для всех.
t|Контакты
t|Мы продолжаем контакты.
""",
    ),
    "trap-en31": (
        "en",
        """\
m|16:20
t|Press release
m|388-04-03-2020
t|The parties signed:
t|– Protocol on data;
t|– Agreement on search and rescue
""",
    ),
    "trap-en32": (
        "en",
        """\
m|4 October 2017
t|Joint statement
t|The sides will print a book together.
t|For the Government of Lakhtaria
t|For the Government of Norven
""",
    ),
    "trap-ru33": (
        "ru",
        """\
m|16:20
t|О сайте Министерства
m|388-04-03-2020
t|Открыт новый сайт Министерства.
t|Он доступен на пяти языках.
""",
    ),
    "trap-en34": (
        "en",
        """\
m|16:20
t|Select documents of the archive published
m|388-04-03-2020
t|The archive is open.
t|It holds many documents.
""",
    ),
    "trap-en35": (
        "en",
        """\
m|16:20
t|Print version of the treaty presented
t|The treaty is printed.
""",
    ),
    "trap-ru36": (
        "ru",
        """\
m|16:20
t|Versailles: сто лет спустя
m|388-04-03-2020
t|Прошло сто лет.
t|Carthago delenda est
t|Так говорили в Риме.
""",
    ),
    "trap-fr37": (
        "fr",
        """\
m|16:20
t|Communiqué
t|Le ministre a reçu son homologue.
t|Jean-Luc Martin
t|Ministre des Affaires étrangères
""",
    ),
    "trap-de38": (
        "de",
        """\
m|16:20
t|Erklärung
t|Der Minister hat seinen Kollegen empfangen.
t|Berlin, den 4. Oktober 2017
t|Hans Müller
""",
    ),
    "trap-ru39": (
        "ru",
        """\
m|16:20
t|Поздравление
m|388-04-03-2020
t|Поздравляю с праздником!
t|С уважением,
t|С.Орлов
""",
    ),
    "trap-en40": (
        "en",
        """\
m|16:20
t|Message
t|I congratulate you!
t|Yours,
t|S. Orlov
t|Moscow
""",
    ),
    "trap-en41": (
        "en",
        """\
m|16:20
t|Quote of the day
t|He said it in Latin:
t|Si vis pacem, para bellum
t|We agree.
""",
    ),
    "trap-en42": (
        "en",
        """\
m|16:20
t|Report
t|It ended so:
t|Ceterum censeo Carthaginem esse delendam
""",
    ),
    "trap-ru43": (
        "ru",
        """\
m|16:20
t|Доклад
t|Он закончил так:
t|Nunc est bibendum!
""",
    ),
}
