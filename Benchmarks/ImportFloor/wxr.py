#!/usr/bin/env -S python3 -B
"""Writes a WordPress export of any size: wxr.py (--posts N | --bytes 2G) [--seed N] FILE

The same arguments give the same bytes. Posts have 5 to 10 kB of blocks, categories, tags, and some
comments; every tenth has its image before it, and every twentieth stands beside a page, a draft or
a revision that an importer leaves alone. Says how many published posts there are.
"""

import argparse
import datetime
import random

from prose import Prose

SITE = "https://revue.example.org"
PIECES = 4000
CHUNK = 1 << 22
START = datetime.datetime(2005, 1, 1, 6)
AUTHORS = [("clara", "Clara Vidal"), ("maxime", "Maxime Orlov")]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

ITEM = b"""\t\t<item>
\t\t<title><![CDATA[%(title)b]]></title>
\t\t<link>%(site)b/%(day)b/%(name)b/</link>
\t\t<pubDate>%(rfc)b +0000</pubDate>
\t\t<dc:creator><![CDATA[%(author)b]]></dc:creator>
\t\t<guid isPermaLink="false">%(site)b/?p=%(number)b</guid>
\t\t<description></description>
\t\t<content:encoded><![CDATA[%(content)b]]></content:encoded>
\t\t<excerpt:encoded><![CDATA[%(excerpt)b]]></excerpt:encoded>
\t\t<wp:post_id>%(number)b</wp:post_id>
\t\t<wp:post_date><![CDATA[%(date)b]]></wp:post_date>
\t\t<wp:post_date_gmt><![CDATA[%(date)b]]></wp:post_date_gmt>
\t\t<wp:post_modified><![CDATA[%(date)b]]></wp:post_modified>
\t\t<wp:post_modified_gmt><![CDATA[%(date)b]]></wp:post_modified_gmt>
\t\t<wp:comment_status><![CDATA[open]]></wp:comment_status>
\t\t<wp:ping_status><![CDATA[open]]></wp:ping_status>
\t\t<wp:post_name><![CDATA[%(name)b]]></wp:post_name>
\t\t<wp:status><![CDATA[%(status)b]]></wp:status>
\t\t<wp:post_parent>0</wp:post_parent>
\t\t<wp:menu_order>0</wp:menu_order>
\t\t<wp:post_type><![CDATA[%(kind)b]]></wp:post_type>
\t\t<wp:post_password><![CDATA[]]></wp:post_password>
\t\t<wp:is_sticky>0</wp:is_sticky>
%(more)b\t\t</item>
"""
COMMENT = b"""\t\t<wp:comment>
\t\t\t<wp:comment_id>%(number)b</wp:comment_id>
\t\t\t<wp:comment_author><![CDATA[Une lectrice]]></wp:comment_author>
\t\t\t<wp:comment_author_email><![CDATA[lectrice@secret.example]]></wp:comment_author_email>
\t\t\t<wp:comment_author_IP><![CDATA[203.0.113.7]]></wp:comment_author_IP>
\t\t\t<wp:comment_content><![CDATA[%(text)b]]></wp:comment_content>
\t\t\t<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
\t\t</wp:comment>
"""
META = (b"\t\t<wp:postmeta>\n\t\t<wp:meta_key><![CDATA[%b]]></wp:meta_key>\n"
        b"\t\t<wp:meta_value><![CDATA[%b]]></wp:meta_value>\n\t\t</wp:postmeta>\n")


def term(domain, slug, name):
    return (f'\t\t<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>\n'
            .encode())


CATEGORIES = [term("category", "amerique-latine", "Amérique latine"),
              term("category", "bielorussie", "Biélorussie"),
              term("category", "cone-sud", "Cône Sud"), term("category", "non-classe", "Non classé")]
TAGS = [term("post_tag", f"mot-{number}", f"Mot {number}") for number in range(200)]


def block(kind, attributes, html):
    return f"<!-- wp:{kind}{attributes} -->\n{html}\n<!-- /wp:{kind} -->\n\n"


def pieces(prose):
    """Blocks to put posts together from: writing each one anew would be slow."""
    made = []
    for number in range(PIECES):
        kind = number % 10
        if kind == 0:
            made.append(block("heading", "", f'<h2 class="wp-block-heading">{prose.title()}</h2>'))
        elif kind == 1:
            lines = "".join(f"<li>{prose.title()}\u202f;</li>\n" for _ in range(4))
            made.append(block("list", "", f'<ul class="wp-block-list">{lines}</ul>'))
        elif kind == 2:
            made.append(block("image", ' {"id":%d}' % number,
                              f'<figure class="wp-block-image"><img src="{SITE}/wp-content/uploads/'
                              f'{number}.jpg" alt="{prose.title()}"/></figure>'))
        else:
            made.append(block("paragraph", "", f"<p>{prose.paragraph()}</p>"))
    return made


def head():
    authors = "".join(
        f"\t<wp:author><wp:author_login><![CDATA[{login}]]></wp:author_login>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>\n"
        for login, name in AUTHORS)
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
>

<channel>
\t<title>La Revue des confins</title>
\t<link>{SITE}</link>
\t<description>Essai</description>
\t<language>fr-FR</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:base_site_url>{SITE}</wp:base_site_url>
\t<wp:base_blog_url>{SITE}</wp:base_blog_url>

{authors}
"""


class Export:
    """All in bytes: encoding each post would take longer than making it."""

    def __init__(self, seed):
        prose = Prose(seed)
        self.random = random.Random(seed)
        self.pieces = [piece.encode() for piece in pieces(prose)]
        self.titles = [prose.title().encode() for _ in range(1000)]
        self.sentences = [prose.sentence().encode() for _ in range(1000)]
        self.number = self.published = 0

    def item(self, content, status=b"publish", kind=b"post", more=b""):
        self.number += 1
        number = b"%d" % self.number
        time = START + datetime.timedelta(minutes=67 * self.number)
        date = str(time)
        return ITEM % {
            b"site": SITE.encode(), b"number": number, b"name": b"article-" + number,
            b"content": content, b"status": status, b"kind": kind, b"more": more,
            b"title": self.titles[self.number % 1000] + b", " + number,
            b"author": AUTHORS[self.number % 2][0].encode(),
            b"excerpt": self.sentences[self.number % 997],
            b"date": date.encode(), b"day": date[:7].replace("-", "/").encode(),
            b"rfc": (f"{DAYS[time.weekday()]}, {date[8:10]} {MONTHS[time.month - 1]} "
                     f"{date[:4]} {date[11:]}").encode()}

    def content(self):
        start = self.random.randrange(PIECES - 40)
        count = 11 + self.random.randrange(11)
        # The number makes each text its own.
        return b"<p>Article %d.</p>\n" % (self.number + 1) + b"".join(
            self.pieces[start : start + count])

    def terms(self):
        first = self.random.randrange(len(TAGS) - 5)
        tags = TAGS[first : first + self.number % 4]
        return CATEGORIES[self.number % len(CATEGORIES)] + b"".join(tags)

    def comments(self):
        return b"".join(COMMENT % {b"number": b"%d" % (self.number * 10 + index),
                                   b"text": self.sentences[(self.number + index) % 1000]}
                        for index in range(self.random.randrange(4)))

    def image(self):
        file = b"2026/%d.jpg" % (self.number + 1)
        url = (b"\t\t<wp:attachment_url><![CDATA[%b/wp-content/uploads/%b]]></wp:attachment_url>\n"
               % (SITE.encode(), file))
        return self.item(b"", b"inherit", b"attachment", url + META % (b"_wp_attached_file", file))

    def post(self):
        text = self.image() if self.number % 10 == 0 else b""
        more = META % (b"_thumbnail_id", b"%d" % self.number) if text else b""
        text += self.item(self.content(), more=self.terms() + more + self.comments())
        self.published += 1
        if self.published % 20 == 0:
            status, kind = ((b"publish", b"page"), (b"draft", b"post"),
                            (b"inherit", b"revision"))[self.published // 20 % 3]
            text += self.item(self.content(), status, kind)
        return text


def number_of_bytes(text):
    scale = {"k": 10**3, "M": 10**6, "G": 10**9}.get(text[-1], 1)
    return int(text[:-1] if scale > 1 else text) * scale


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    size = options.add_mutually_exclusive_group(required=True)
    size.add_argument("--posts", type=int)
    size.add_argument("--bytes", type=number_of_bytes)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("file")
    options = options.parse_args()
    export = Export(options.seed)
    with open(options.file, "wb", buffering=0) as file:
        waiting, length, written = [head().encode()], 0, 0
        while (export.published < options.posts if options.posts else written < options.bytes):
            waiting.append(export.post())
            length += len(waiting[-1])
            written += len(waiting[-1])
            if length > CHUNK:
                file.write(b"".join(waiting))
                waiting, length = [], 0
        waiting.append(b"</channel>\n</rss>\n")
        file.write(b"".join(waiting))
    print(export.published)


main()
