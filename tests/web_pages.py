"""Pages as sites build them, written for this project, and the lines that are their main text.

Each page is a template; ``{text}`` is where the site puts the text. A line that begins with ``?`` may or may not
be read (a caption, an author): neither is a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what is its main text.

    Attributes:
        html: the page.
        lines: its main text, a line for each paragraph, those that may be missing with ``?`` before them.
        encoding: what the page is stored in.
    """

    html: str
    lines: tuple[str, ...]
    encoding: str = "utf-8"


RU: Final = (
    "17 сентября министры иностранных дел обсудили положение на озере и договорились возобновить рейсы паромов.",
    "Стороны отметили, что за прошедший год было выполнено 34 пункта плана, хотя сроки не раз переносились.",
    "Мы исходим из того, что соглашение 1967 г. остаётся в силе. Пересматривать его никто не предлагает.",
    "Следующая встреча пройдёт в марте.",
)
EN: Final = (
    "On 17 September the foreign ministers discussed the situation on the lake and agreed to resume the ferries.",
    "The sides noted that 34 points of the plan had been carried out over the year, although dates were often moved.",
    "We proceed from the fact that the 1967 agreement remains in force. Nobody proposes to revise it.",
    "The next meeting will take place in March.",
)
TALK: Final = (
    "Вопрос: Будет ли встреча?",
    "С.В.Орлов: Да.",
    "Вопрос: Когда?",
    "С.В.Орлов: Весной, если позволит лёд. Паромы уже ходят, и это главное, чего мы добивались весь этот год.",
    "Вопрос: А наблюдатели?",
    "С.В.Орлов: Останутся.",
)


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>\n" for line in lines)


BITRIX: Final = Page(
    """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>О встрече министров - Новости - Министерство</title></head><body>
<div id="panel"></div><div class="top-line"><a href="/">Главная</a> <a href="/map/">Карта сайта</a> <a href="/en/">English</a></div>
<div class="header"><div class="logo"><a href="/">Министерство иностранных дел Лахтарии</a></div>
<div class="search-form"><form action="/search/"><input name="q"><input type="submit" value="Поиск"></form></div></div>
<table class="layout"><tr><td class="left"><ul class="left-menu"><li><a href="/a/">О Министерстве</a></li>
<li><a href="/b/">Внешняя политика</a></li><li><a href="/c/">Пресс-служба</a></li><li><a href="/d/">Консульские вопросы</a></li></ul>
<div class="banner"><a href="/x/"><img alt="Паспорт за один день" src="x.gif"></a></div></td>
<td class="center"><div class="breadcrumb"><a href="/">Главная</a> &raquo; <a href="/news/">Новости</a> &raquo; О встрече</div>
<h1>О встрече министров иностранных дел</h1>
<div class="news-detail"><span class="news-date-time">17 сентября 2019 18:05</span><div class="num">1427-17-09-2019</div>
"""
    + "<br>\n<br>\n".join(RU)
    + """<div class="ya-share2" data-services="vkontakte,telegram">Поделиться</div>
<p class="print"><a href="?print=y">Версия для печати</a></p></div>
<div class="news-list"><h3>Другие новости</h3>
<p class="news-item"><a href="/1/">О визите делегации Сандории в Велигорск</a> Делегация прибудет в столицу в пятницу, 20 сентября.</p>
<p class="news-item"><a href="/2/">О заседании Смешанной комиссии по культуре</a> Заседание пройдёт в Эльсборге и продлится два дня.</p>
<p class="news-item"><a href="/3/">Об ответе на запрос агентства «Озеро»</a> Ответ опубликован на сайте Министерства.</p></div>
</td><td class="right"><div class="calendar">Сентябрь 2019 Пн Вт Ср Чт Пт</div></td></tr></table>
<div class="footer">&copy; Министерство иностранных дел, 2005&ndash;2019. При использовании материалов ссылка на сайт обязательна.
<a href="/feedback/">Обратная связь</a></div></body></html>""",
    ("О встрече министров иностранных дел", "17 сентября 2019 18:05", "1427-17-09-2019", *RU),
    "windows-1251",
)

LIFERAY: Final = Page(
    """<!DOCTYPE html><html class="ltr"><head><meta charset="utf-8"/><title>On the ministers' meeting - Ministry</title>
<script>var x = "<p>Not a paragraph, though it has a full stop.</p>";</script><style>p {}</style></head>
<body class="signed-out public-page has-sidebar"><nav class="quick-access-nav"><a href="#main">Skip to Content</a></nav>
<div id="wrapper"><header id="banner" role="banner"><div class="logo">Ministry of Foreign Affairs of Lakhtaria</div>
<ul role="menubar"><li role="presentation"><a href="/a">About us</a></li><li><a href="/b">Press service</a></li></ul></header>
<section id="content"><div class="portlet-layout"><div class="portlet-column sidebar-first"><div class="portlet-boundary">
<h2>Topics</h2><ul><li><a href="/t1">Lake security</a></li><li><a href="/t2">Culture</a></li><li><a href="/t3">Trade</a></li></ul></div></div>
<div class="portlet-column main-column"><div class="portlet-body"><div class="toolbar"><a href="#">Print</a> <a href="#">Send</a></div>
<div class="article-date">17 September 2019 18:05</div><h2 class="page-title">On the foreign ministers' meeting</h2>
<div class="article-number">1427-17-09-2019</div><div class="unofficial">Unofficial translation from Russian</div>
<div class="text article-content">"""
    + paragraphs(EN)
    + """</div><div class="additional"><div class="social-share">Share this on <a href="#">Facebook</a> <a href="#">Twitter</a></div>
<div class="related-materials"><h4>Related materials</h4><ul><li><a href="/r1">On the ferries between Veligorsk and Port Larn</a></li>
<li><a href="/r2">On the anniversary of the agreement of 1967</a></li></ul></div></div></div></div></div></section>
<footer id="footer" role="contentinfo"><p>Advanced settings. Incorrect dates of publication. Use of materials is welcome, with a
reference to the site; the Ministry is not responsible for the content of other sites.</p></footer></div></body></html>""",
    (
        "17 September 2019 18:05", "On the foreign ministers' meeting", "1427-17-09-2019",
        "?Unofficial translation from Russian", *EN,
    ),
)  # fmt: skip

TABLES: Final = Page(
    """<HTML><HEAD><TITLE>Meeting of the ministers</TITLE></HEAD><BODY BGCOLOR="#FFFFFF">
<TABLE WIDTH="100%"><TR><TD COLSPAN=3><FONT SIZE=5>Lake News</FONT></TD></TR>
<TR><TD WIDTH=150 VALIGN=top><A HREF="a.htm">Home</A><BR><A HREF="b.htm">Archive</A><BR><A HREF="c.htm">Contact</A><BR></TD>
<TD VALIGN=top><CENTER><B><FONT SIZE=4>Meeting of the ministers</FONT></B></CENTER>
<P>"""
    + "\n<P>".join(EN)
    + """
<P><I>Lake News Agency</I></TD>
<TD WIDTH=150 VALIGN=top><A HREF="1.htm">Storm over the lake</A><BR><A HREF="2.htm">New captain named</A><BR></TD></TR>
<TR><TD COLSPAN=3><FONT SIZE=1>Copyright 1999 Lake News. All rights reserved.</FONT></TD></TR></TABLE></BODY></HTML>""",
    ("Meeting of the ministers", *EN, "?Lake News Agency", "?Copyright 1999 Lake News. All rights reserved."),
    "windows-1252",
)

NEWS: Final = Page(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ministers agree on ferries | Lake Times</title></head><body>
<div id="onetrust-consent-sdk"><div class="ot-sdk-row"><p>We use cookies and similar technologies to run this site, to measure who reads
it, and to show you advertisements. You can change your choice at any time in the settings, and read our policy.</p>
<button>Accept all</button><button>Only what is needed</button></div></div>
<header class="site-header"><a class="logo" href="/">Lake Times</a><nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li>
<li><a href="/c">Culture</a></li></ul></nav><div class="weather">Veligorsk, 12 °C</div></header>
<main id="main" class="layout layout--with-sidebar"><article class="article story"><header class="article__header">
<p class="kicker">World</p><h1>Ministers agree on ferries</h1><p class="standfirst">After a year of silence, ships will cross the lake again.</p>
<div class="byline">By Anna Berg</div><time datetime="2019-09-17">17 September 2019</time></header>
<div class="share-bar"><a href="#">Share</a><a href="#">Tweet</a><a href="#">Mail</a></div>
<figure><img src="x.jpg" alt="a ferry"><figcaption>A ferry leaves Port Larn.</figcaption></figure>
<div class="article__body">"""
    + paragraphs(EN[:2])
    + """<aside class="related-inline"><h3>Read more</h3><p>The captain who would not leave his ship, and what became of him.</p></aside>
<h2>What comes next</h2><div class="ad-slot">Advertisement</div>"""
    + paragraphs(EN[2:])
    + """<blockquote><p>“We are going, but we do not lock the door.”</p></blockquote><ul><li>The ferries start in April.</li>
<li>The observers stay.</li></ul></div><div class="tags"><a href="/t">Lake</a> <a href="/f">Ferries</a></div>
<section class="newsletter-signup"><h3>Our newsletter</h3><p>Get the best of the Lake Times in your mailbox every Friday morning, for free.</p></section>
</article><section class="comments" id="comments"><h2>3 comments</h2><div class="comment"><p>Larn42</p><p>About time, I say! My grandmother
has been waiting for that ferry since spring, and so have her goats.</p></div></section></main>
<section class="more-stories"><h2>More stories</h2><div class="card"><h3><a href="/1">Storm damages the old lighthouse</a></h3><p>Nobody was
hurt when the tower lost its roof on Monday night.</p></div><div class="card"><h3><a href="/2">A museum for the lake charts</a></h3><p>The charts
of three centuries move into the former customs house.</p></div><div class="card"><h3><a href="/3">Goats on the ferry: the rules</a></h3>
<p>What you may take on board, and what has to stay ashore.</p></div></section>
<footer><p>© Lake Times 2019. Registered in Veligorsk, number 1234. Reproduction only with written permission.</p></footer></body></html>""",
    (
        "?World", "Ministers agree on ferries", "After a year of silence, ships will cross the lake again.", "?By Anna Berg",
        "17 September 2019", "?A ferry leaves Port Larn.", *EN[:2], "What comes next", *EN[2:],
        "“We are going, but we do not lock the door.”", "The ferries start in April.", "The observers stay.",
    ),
)  # fmt: skip

WORDPRESS: Final = Page(
    """<!DOCTYPE html><html lang="ru-RU"><head><meta charset="UTF-8"><title>О встрече министров &#8211; Озёрный вестник</title></head>
<body class="post-template-default single single-post no-sidebar-left"><div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Перейти к содержимому</a><header id="masthead" class="site-header">
<p class="site-title"><a href="/">Озёрный вестник</a></p><p class="site-description">Новости обоих берегов, каждый день и без лишних слов.</p>
<div class="menu-main-container"><ul id="menu-main" class="menu"><li><a href="/o">О нас</a></li><li><a href="/k">Контакты</a></li></ul></div></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-7" class="post-7 post type-post hentry category-news tag-lake"><header class="entry-header">
<h1 class="entry-title">О встрече министров</h1><div class="entry-meta"><span class="posted-on">17.09.2019</span></div></header>
<div class="entry-content">"""
    + paragraphs(RU)
    + """<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Поделиться ссылкой:</h3><ul><li><a href="#">Нажмите, чтобы поделиться</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Похожее</h3></div></div>
<footer class="entry-footer"><span class="cat-links">Рубрика: <a href="/n">Новости</a></span></footer></article>
<nav class="navigation post-navigation"><a href="/prev">Предыдущая запись: Лодки на приколе</a></nav>
<div id="comments" class="comments-area"><h2>Добавить комментарий</h2><p class="comment-notes">Ваш адрес email не будет опубликован.
Обязательные поля помечены. Комментарии проверяются перед публикацией.</p></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Свежие записи</h2><ul><li><a href="/1">Лодки на приколе</a></li>
<li><a href="/2">Уровень воды поднялся на полметра</a></li></ul></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Сайт работает на WordPress. Все права защищены, перепечатка запрещена.</div></footer>
</div></body></html>""",
    ("О встрече министров", "17.09.2019", *RU),
)

SOUP: Final = Page(
    """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ministers agree on ferries</title></head><body><div id="root"><div class="css-1x2y3z">
<div class="css-a1"><a href="/">Home</a><a href="/w">World</a><a href="/v">Video</a></div></div><div class="css-9k8j"><div class="css-b2">
<div class="css-h1" role="heading" aria-level="1">Ministers agree on ferries</div><div class="css-d4">17 September 2019</div>"""
    + "".join(f'<div class="css-p"><div class="css-q"><span>{line}</span></div></div>' for line in EN)
    + """</div><div class="css-r7"><div class="css-r8"><a href="/1"><div>Storm damages the old lighthouse on the western shore, nobody hurt.</div></a></div>
<div class="css-r8"><a href="/2"><div>A museum for the lake charts opens in the customs house, at last.</div></a></div></div></div>
<div class="css-f0"><a href="/i">Imprint</a> <a href="/p">Privacy</a></div></div></body></html>""",
    ("Ministers agree on ferries", "17 September 2019", *EN),
)

TRANSCRIPT: Final = Page(
    """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ответы на вопросы СМИ</title></head><body><div class="wrap">
<div class="nav-top"><ul><li><a href="/">Главная</a></li><li><a href="/s">Выступления</a></li></ul></div><div class="col-main">
<div class="date">4 марта 2020 12:40</div><h1>Ответы министра на вопросы СМИ</h1>"""
    + paragraphs(TALK)
    + """<p>* * *</p><p>388-04-03-2020</p></div><div class="col-side"><div class="box"><b>Смотрите также</b><ul><li><a href="/1">О рейсах паромов</a></li>
<li><a href="/2">О музее карт</a></li></ul></div></div><div class="bottom">Дополнительные инструменты поиска</div></div></body></html>""",
    ("4 марта 2020 12:40", "Ответы министра на вопросы СМИ", *TALK, "* * *", "388-04-03-2020",
     "?Дополнительные инструменты поиска"),
)  # fmt: skip

SHORT: Final = Page(
    """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Condolences</title></head><body>
<div class="cookie-notice">This site uses cookies so that it works and so that we know how many people read it. If you go on, you agree to
that; you can refuse in the settings of your browser. Our policy tells which cookies there are, how long they are kept, and who sees them.</div>
<div class="page"><h1>Condolences</h1><p class="date">19 May 2020</p><p>The Minister sent condolences to the crew's families.</p></div>
<div class="site-footer"><p>Ministry of Foreign Affairs of Lakhtaria, Quay of Fishermen 1, Veligorsk. The press office answers questions of
journalists on working days from nine to six; consular questions are answered by the consulates only.</p></div></body></html>""",
    ("Condolences", "19 May 2020", "The Minister sent condolences to the crew's families."),
)

REFERENCE: Final = Page(
    """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Lake Ilma – Encyclopaedia</title></head><body><div id="mw-page-base"></div>
<div id="content" class="mw-body" role="main"><h1 id="firstHeading">Lake Ilma</h1><div id="siteSub" class="noprint">From the free encyclopaedia</div>
<div id="mw-content-text"><div id="toc" class="toc" role="navigation"><h2>Contents</h2><ul><li><a href="#h">1 History</a></li></ul></div>
<p>Lake Ilma is a lake between Lakhtaria and Norvenia, 212 km long and up to 340 m deep.<sup class="reference"><a href="#n1">[1]</a></sup></p>
<h2><span id="h">History</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2><p>The first chart was drawn in 1643, by a
captain whose name is not known; it shows ninety-one islands.</p><p>Ferries have crossed it since 1871.</p>
<div class="reflist"><ol class="references"><li id="n1">Atlas of the Lakes, 1988, p. 14.</li></ol></div></div></div>
<div id="mw-navigation"><h2>Navigation menu</h2><ul><li><a href="/r">Random page</a></li></ul></div>
<div id="footer" role="contentinfo">This page was last edited on 17 September 2019. Text is available under a free licence.</div></body></html>""",
    (
        "Lake Ilma", "?From the free encyclopaedia",
        "Lake Ilma is a lake between Lakhtaria and Norvenia, 212 km long and up to 340 m deep.",
        "History", "?History[edit]",
        "The first chart was drawn in 1643, by a captain whose name is not known; it shows ninety-one islands.",
        "Ferries have crossed it since 1871.", "?Atlas of the Lakes, 1988, p. 14.",
    ),
)  # fmt: skip

PAGES: Final = {
    "bitrix": BITRIX, "liferay": LIFERAY, "tables": TABLES, "news": NEWS, "wordpress": WORDPRESS, "soup": SOUP,
    "transcript": TRANSCRIPT, "short": SHORT, "reference": REFERENCE,
}  # fmt: skip
