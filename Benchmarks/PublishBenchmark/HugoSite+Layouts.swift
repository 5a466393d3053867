extension HugoSite {
  static let configuration = """
    baseURL: https://bench.example.org/
    languageCode: fr
    title: Banc d’essai
    uglyURLs: true
    disableKinds: [section, taxonomy, sitemap, robotsTXT, "404"]
    taxonomies: {topic: topics}
    ignoreErrors: [error-disable-taxonomy]
    outputs: {home: [html, rss], term: [html, rss], page: [html]}

    """

  static let single = """
    <!doctype html>
    <html lang="fr">
    <head><meta charset="utf-8"><title>{{ .Title }}</title></head>
    <body><h1>{{ .Title }}</h1>
    {{ .Content }}</body>
    </html>

    """

  static let list = """
    <!doctype html>
    <html lang="fr">
    <head><meta charset="utf-8"><title>{{ .Title }}</title></head>
    <body><h1>{{ .Title }}</h1>
    <ul>{{ range first 50 .RegularPages }}
    <li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}
    </ul></body>
    </html>

    """

  static let feed = """
    {{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel>
    <title>{{ .Title }}</title>
    <link>{{ .Permalink }}</link>
    <description>{{ .Title }}</description>{{ range first 50 .RegularPages }}
    <item>
    <title>{{ .Title }}</title>
    <link>{{ .Permalink }}</link>
    <guid>{{ .Permalink }}</guid>
    <pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate>
    <description>{{ .Summary | html }}</description>
    <content:encoded>{{ .Content | html }}</content:encoded>
    </item>{{ end }}
    </channel>
    </rss>

    """
}
