"""More saved pages: heads and tails as a browser of any language leaves them, and text that looks like them.

Marked as in `structure_pages`. The names and events are made up.
"""

from __future__ import annotations

SAVED: dict[str, tuple[str, str]] = {
    "en-de-cookie-banner": (
        "en",
        """\
f|Wir verwenden Cookies, um Ihnen ein optimales Erlebnis zu bieten.
f|Alle akzeptieren
f|Nur notwendige Cookies
f|Zum Hauptinhalt springen
m|3 March 202009:15
t|Comment by the Information and Press Department on the incident at Port Selva
m|512-03-03-2020
t|We have noted the statement made yesterday by the port authority of Selva.
t|It does not correspond to the facts.
f|Seite drucken
f|Teilen
f|Nach oben
""",
    ),
    "ru-de-search-form": (
        "ru",
        """\
f|Barrierefreiheit
f|Suche öffnen
m|21 июня 2018 года 18:40
t|Ответ официального представителя Министерства на вопрос агентства «Лахта-пресс»
m|1190-21-06-2018
t|Вопрос: Когда начнутся переговоры?
t|Ответ: Скоро.
t|Вопрос: Где?
t|Ответ: В Эльсборге.
f|Falsche Datumsangaben
f|Erweiterte Einstellungen
f|Suchzeitraum auswählen
""",
    ),
    "en-fr-newsletter": (
        "en",
        """\
f|Aller au contenu principal
m|7 November 201911:05
t|Foreign Minister Viktor Aronov’s opening remarks at talks with his counterpart from Valdoria
m|2291-07-11-2019
t|Mr Minister,
t|I am glad to see you here again. Our trade has doubled in two years.
t|There is much to discuss today.
f|Abonnez-vous à notre lettre d’information
f|Saisissez votre adresse électronique
f|Suivez-nous sur les réseaux sociaux
f|Mentions légales
""",
    ),
    "ru-fr-dates": (
        "ru",
        """\
m|09:20
t|О консультациях заместителя Министра А.П.Громова
m|77-14-01-2021
t|14 января состоялись консультации по вопросам судоходства на озере Велье.
t|Стороны условились продолжить обмен мнениями.
f|Dates incorrectes
f|Paramètres avancés
f|Afficher plus de résultats
""",
    ),
    "en-es-share": (
        "en",
        """\
f|Saltar al contenido
f|Imprimir
f|Compartir en redes sociales
m|26 August 202117:50
t|Joint statement on the protection of migratory birds
m|1703-26-08-2021
t|The Parties express their satisfaction with the results of the season.
t|They will continue to count the flocks together.
f|Fechas incorrectas
f|Configuración avanzada
f|Suscríbase al boletín
""",
    ),
    "ru-es-related": (
        "ru",
        """\
m|5 мая 201712:00
t|Интервью посла Лахтарии в Норвене И.С.Белова газете «Вечерний Эльсборг»
m|845-05-05-2017
t|Вопрос: Вы довольны?
t|И.С.Белов: Да.
t|Вопрос: А ваши коллеги?
t|И.С.Белов: Спросите у них.
f|Noticias relacionadas
f|Volver al inicio de la página
f|Ver todas las noticias
""",
    ),
    "en-zh-tail": (
        "en",
        """\
f|跳到主要内容
m|12 September 201815:30
t|Statement by the Permanent Representative of Lakhtaria at the meeting of the Lake Council
m|1633-12-09-2018
t|Mr Chairman,
t|We thank the Secretariat for the report. Two remarks are in order.
t|First, the figures for August are missing.
t|Thank you.
f|日期不正确
f|高级设置
f|分享到微信
f|打印本页
""",
    ),
    "ru-zh-tail": (
        "ru",
        """\
f|网站导航
m|30 ноября 202010:10
t|Выступление В.И.Аронова на открытии выставки
m|2077-30-11-2020
t|Дорогие друзья,
t|Эта выставка рассказывает о людях, которые строили наш город.
t|Спасибо всем, кто помогал.
f|上一篇
f|下一篇
f|返回顶部
""",
    ),
    "en-ar-tail": (
        "en",
        """\
f|انتقل إلى المحتوى الرئيسي
m|18 February 202212:25
t|On the meeting of the Minister with the delegation of Karelstan
m|301-18-02-2022
t|The delegation arrived in Velgorsk this morning.
t|The talks lasted three hours.
f|تواريخ غير صحيحة
f|إعدادات متقدمة
f|مشاركة الصفحة
""",
    ),
    "ar-en-tail": (
        "ar",
        """\
f|Skip to main content
m|18 February 2022
t|لقاء الوزير مع وفد كارلستان
m|301-18-02-2022
t|وصل الوفد إلى العاصمة صباح اليوم وأجرى محادثات مع الوزير استمرت ثلاث ساعات.
t|واتفق الجانبان على مواصلة التشاور في المسائل ذات الاهتمام المشترك.
f|Print this page
f|Share
f|Incorrect dates
""",
    ),
    "en-pl-tail": (
        "en",
        """\
f|Przejdź do treści
m|9 April 201914:00
t|Answers of Foreign Minister Viktor Aronov at a news conference
m|690-09-04-2019
t|Question: Are you going to sign it?
t|Viktor Aronov: No.
t|Question: Why not?
t|Viktor Aronov: Read it
f|Nieprawidłowy zakres dat
f|Ustawienia zaawansowane
f|Zapisz się do newslettera
""",
    ),
    "ru-pl-cookies": (
        "ru",
        """\
f|Ta strona używa plików cookie.
f|Zgadzam się
m|13 декабря 201620:05
t|О гуманитарной помощи жителям Нижней Норвены
m|2340-13-12-2016
t|Сегодня из порта Лахта вышло судно с продовольствием и лекарствами.
t|Оно прибудет через четыре дня.
f|Powrót na górę strony
f|Udostępnij na Facebooku
""",
    ),
    "en-tr-tail": (
        "en",
        """\
f|Ana içeriğe geç
m|1 July 202016:45
t|Press release on the anniversary of the Treaty of Elsborg
m|1002-01-07-2020
t|Fifty years ago today the Treaty of Elsborg was signed.
t|It has kept the peace on the lake ever since.
f|Geçersiz tarih aralığı
f|Gelişmiş ayarlar
f|Sayfayı yazdır
f|Bültenimize abone olun
""",
    ),
    "ru-tr-tail": (
        "ru",
        """\
m|22 октября 201908:30
t|О поездке Министра в Карелстан
m|2155-22-10-2019
t|24 октября Министр посетит Карелстан с рабочим визитом.
t|Запланированы переговоры и посещение школы.
f|Hatalı tarihler
f|Sosyal medyada paylaş
f|Diğer haberler
""",
    ),
    "en-cs-tail": (
        "en",
        """\
f|Přeskočit na obsah
m|28 May 201813:13
t|Comment on the elections in Valdoria
m|999-28-05-2018
t|The elections took place without incidents.
t|We congratulate the people of Valdoria.
f|Neplatné datum
f|Pokročilé nastavení
f|Sdílet na sociálních sítích
f|Zpět nahoru
""",
    ),
    "ru-cs-tail": (
        "ru",
        """\
m|11:11
t|Заявление Министерства
m|12-11-11-2011
t|Министерство выражает соболезнования семьям погибших.
t|Помощь уже в пути.
f|Vytisknout stránku
f|Odebírat novinky
f|Související články
""",
    ),
    "en-ko-tail": (
        "en",
        """\
f|본문 바로가기
m|6 June 201710:00
t|Greeting to the participants of the Lake Forum
m|1111-06-06-2017
t|Dear friends, welcome to Velgorsk.
t|I wish you fruitful work.
f|날짜가 올바르지 않습니다
f|고급 설정
f|페이지 인쇄
""",
    ),
    "ru-ko-tail": (
        "ru",
        """\
f|메뉴 열기
m|6 июня 201710:00
t|Приветствие участникам Озёрного форума
m|1111-06-06-2017
t|Дорогие друзья, добро пожаловать в Велигорск.
t|Желаю плодотворной работы.
f|목록으로
f|공유하기
""",
    ),
    "en-ja-tail": (
        "en",
        """\
f|本文へスキップ
m|19 January 202311:30
t|On the launch of the ferry line between Lakhta and Elsborg
m|55-19-01-2023
t|The first ferry left at dawn.
t|The crossing takes four hours.
f|日付が正しくありません
f|詳細設定
f|このページを印刷する
f|トップへ戻る
""",
    ),
    "ja-en-tail": (
        "ja",
        """\
f|Skip to content
m|2023年1月19日 11:30
t|フェリー航路の開設について
m|55-19-01-2023
t|最初のフェリーは夜明けに出港しました。
t|航海には四時間かかります。
f|Advanced settings
f|Back to top
""",
    ),
    "en-it-tail": (
        "en",
        """\
f|Vai al contenuto principale
m|15 May 201921:30
t|Briefing by the Spokesperson, Lakhta, May 15, 2019
m|981-15-05-2019
t|Table of contents
t|1. Situation on the border
t|2. On the new school year
t|The situation on the border remains calm.
t|The school year begins on Monday.
f|Date non corrette
f|Impostazioni avanzate
f|Condividi su Facebook
""",
    ),
    "en-pt-tail": (
        "en",
        """\
f|Ir para o conteúdo
m|2 October 201507:45
t|Minister’s article for the magazine Lake and Shore
m|1900-02-10-2015
t|A lake has no borders.
t|It has only shores.
f|Datas incorretas
f|Configurações avançadas
f|Compartilhar esta página
""",
    ),
    "ru-uk-tail": (
        "ru",
        """\
f|Перейти до основного вмісту
m|17 марта 201419:00
t|О закрытии моста через реку Велья
m|600-17-03-2014
t|Мост закрыт на ремонт до конца месяца.
t|Движение организовано по объездной дороге.
f|Невірно вказані дати
f|Розширені налаштування
f|Поділитися сторінкою
""",
    ),
    "en-nl-tail": (
        "en",
        """\
f|Ga naar de inhoud
m|8 March 201812:12
t|Women of the lake: a speech at the opening of the museum
m|444-08-03-2018
t|This museum tells forgotten stories.
t|Let us listen to them.
f|Onjuiste datums
f|Geavanceerde instellingen
f|Deel deze pagina
""",
    ),
    "ru-hu-tail": (
        "ru",
        """\
m|4 сентября 201315:55
t|Комментарий о результатах футбольного матча
m|1500-04-09-2013
t|Победила дружба.
t|Счёт был три – три.
f|Hibás dátumok
f|Speciális beállítások
f|Oldal nyomtatása
""",
    ),
    "en-sv-tail": (
        "en",
        """\
f|Hoppa till innehållet
m|23 December 201609:09
t|Season’s greetings from the Ministry
m|2400-23-12-2016
t|We wish everyone a peaceful winter.
t|The Ministry is closed until January 9.
f|Felaktiga datum
f|Avancerade inställningar
f|Skriv ut sidan
""",
    ),
    "en-text-like-furniture": (
        "en",
        """\
m|10 October 201910:10
t|Foreign Minister’s interview with the journal Search and Share
m|2010-10-10-2019
t|Question: What do you do first?
t|Answer: Search.
t|Question: And then?
t|Answer: Share
t|Question: Then?
t|Answer: Print
t|No.
t|Contacts with neighbours
t|Our contacts with neighbours go back three centuries.
t|News from the north
t|There is none.
t|Media
t|The media were not invited.
t|Documents
t|Two documents were signed.
f|Read more
""",
    ),
    "ru-text-like-furniture": (
        "ru",
        """\
m|10 октября 201910:10
t|Стенограмма брифинга официального представителя М.А.Зиминой
m|2010-10-10-2019
t|Вопрос: Вы подтверждаете?
t|М.А.Зимина: Да.
t|Вопрос: Полностью?
t|М.А.Зимина: Нет.
t|О контактах с соседями
t|Контакты с соседями насчитывают три века.
t|Новости с севера
t|Их нет.
t|Архив
t|Архив министерства открыт для исследователей по средам.
t|Видео
t|Мы показали видео журналистам.
t|Да.
f|Версия для печати
""",
    ),
    "ru-quotations-in-other-languages": (
        "ru",
        """\
t|Три эпиграфа
t|Вот три эпиграфа, с которых начинается книга.
t|Der See hat keine Ufer, nur Träume.
t|La mer est plus bleue que le ciel.
t|O lake, thou art a mirror of the soul!
t|Все три принадлежат одному поэту.
t|Он писал на трёх языках и не знал четвёртого.
t|Е.А.Ветрова
""",
    ),
    "en-lone-foreign-line-at-the-end": (
        "en",
        """\
t|The poet’s grave
t|We found the grave behind the church, covered with moss.
t|On the stone there was a single line in French.
t|La morale est dans la nature des choses.
""",
    ),
    "ru-roman-numerals": (
        "ru",
        """\
t|I
t|Зима началась внезапно, и озеро замёрзло за одну ночь.
t|II
t|Весной лёд тронулся, и рыбаки вернулись.
t|XIV
t|Больше об этом никто не говорил.
t|XV
""",
    ),
    "en-captions": (
        "en",
        """\
t|The year in pictures
t|Twelve photographs remind us of the year that has passed.
t|Prime Minister Mikuláš Horváth at the opening of the bridge
t|Inhabitants of the village of Dolná Strážka leaving their homes
t|Count Béla Zichy, hailing from the mountains, heads the society
t|Foreign Minister Jürgen Weiß in his office
""",
    ),
    "de-en-tail": (
        "de",
        """\
f|Skip to main content
m|4. Oktober 2017 13:45
t|Erklärung des Ministers zur Lage am See
t|Die Lage am See hat sich in den letzten Wochen deutlich gebessert.
t|Wir danken allen Helfern.
f|Print this page
f|Subscribe to our newsletter
f|Related links
""",
    ),
    "fr-en-menu": (
        "fr",
        """\
f|Home > Press service > News
f|Skip to navigation
m|4 octobre 2017 13:45
t|Déclaration du ministre sur la situation du lac
t|La situation du lac s’est nettement améliorée ces dernières semaines.
t|Nous remercions tous les bénévoles.
f|Share on social networks
f|Incorrect dates
""",
    ),
    "zh-en-tail": (
        "zh",
        """\
f|Skip to main content
m|2017年10月4日 13:45
t|部长就湖区局势发表谈话
t|最近几周,湖区的局势明显好转。
t|我们感谢所有志愿者。
f|Print version
f|Advanced settings
""",
    ),
}
