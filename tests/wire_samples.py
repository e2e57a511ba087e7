"""Wire files of every format, written for the tests."""

import json

G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="7" standard="NewsML-G2" xml:lang="en-IE">
<rightsInfo><copyrightHolder literal="Example"/><usageTerms>Not on Mondays</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:XYZ"/><versionCreated>2024-03-05T10:15:00+01:00</versionCreated>
<firstCreated>2024-03-05T09:00:00Z</firstCreated>{embargo}<pubStatus qcode="stat:{status}"/><edNote role="r:a">Adds quote.</edNote>
<edNote role="r:b">Photo follows.</edNote><signal qcode="sig:update"/><link rel="irel:seeAlso" residref="urn:x:0"/></itemMeta>
<contentMeta><urgency>4</urgency><located><name>{place}</name><broader qcode="cntry:PRT"><name>Portugal</name></broader></located>
<creator><name>desk.login</name></creator><headline role="hld:subHeadline">A smaller line</headline><headline>Harbour <b>reopens</b></headline>
<slugline>harbour-aveiro</slugline><by>By Ana Reis</by><genre qcode="genre:Current"/><keyword>harbour</keyword>
<subject qcode="medtop:20000574"/><subject qcode="medtop:20000574"><name>Wahl</name></subject><subject literal="A name"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = '<inlineXML contenttype="application/xhtml+xml" wordcount="9"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><h1>Harbour reopens</h1><header>5 March</header><p>Ships <em>came</em> back.</p><figure><figcaption>A ship</figcaption></figure><ul><li>one</li><li>two</li></ul></body></html></inlineXML>'


def g2(content=XHTML, place="Aveiro", embargo="", status="usable"):
    return G2.format(content=content, place=place, embargo=embargo, status=status)


NEWSML = """<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE NewsML PUBLIC "x" "NewsML.dtd" [<!ENTITY % n SYSTEM "nitf.dtd"> %n;]>
<NewsML Version="1.2"><NewsEnvelope><Priority FormalName="3"/></NewsEnvelope><NewsItem xml:lang="en">
<Identification><NewsIdentifier><ProviderId>xyz.example</ProviderId><DateId>20240305</DateId><NewsItemId>abc-1</NewsItemId>
<RevisionId PreviousRevision="1" Update="N">2</RevisionId><PublicIdentifier>{identifier}</PublicIdentifier></NewsIdentifier><NameLabel>harbour</NameLabel></Identification>
<NewsManagement><FirstCreated>20240305T090000Z</FirstCreated><ThisRevisionCreated>20240305T101500+0100</ThisRevisionCreated>
<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20240306T000000Z</DateAndTime></StatusWillChange>
<Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine><DateLine>{line}</DateLine><KeywordLine>boats</KeywordLine>
<NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>ADDS quote</NewsLineText></NewsLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="XYZ"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="EN"/><SubjectCode><SubjectMatter FormalName="04005000"/><SubjectMatter FormalName=""/></SubjectCode>
<Location HowPresent="Origin"><Property FormalName="Country" Value="PRT"/><Property FormalName="City" Value="Aveiro"/></Location>
<Property FormalName="Keyword" Value="harbour"/></DescriptiveMetadata>
<NewsComponent><Role FormalName="Photo"/><NewsLines><HeadLine>A ship in the fog</HeadLine><ByLine>Pat Lens</ByLine></NewsLines>
<ContentItem><MediaType FormalName="Photo"/><DataContent>{blob}</DataContent></ContentItem></NewsComponent>
<NewsComponent><NewsLines><ByLine>Ana Reis</ByLine></NewsLines><ContentItem><MediaType FormalName="Text"/>
<Characteristics><Property FormalName="Words" Value="6"/></Characteristics><DataContent>{data}</DataContent></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"""


def newsml(**given):
    held = {
        "identifier": "urn:newsml:xyz.example:20240305:abc-1:2",
        "headline": "Harbour reopens",
        "line": "AVEIRO, March 5",
        "blob": "QUJD" * 40,
        "data": "<nitf><body><body.content><p>Ships came back.</p><p>Nobody was hurt.</p></body.content></body></nitf>",
    }
    return NEWSML.format(**(held | given))


HEAD_7901 = "\x01bdt0061 4 pl 211  dpa 0061\r\n\r\nHafen/Portugal/\r\n\x02"
TEXT_7901 = "1ST LEAD\r\nHafen nach Sturm wieder offen\r\nVon Ana Reis, dpa =\r\n\r\nAveiro (dpa) - Die Schiffe sind zurück.\r\n\r\nVerletzt wurde niemand.\r\n\r\n# Notizblock\r\n\r\n* * * *\r\nNicht zur Veröffentlichung\r\n\r\n"
END_7901 = "\x03051015 GMT Mär 24\r\n\x7f\r\n\x7f\x04"


ANPA = (
    "\x16\x16\x01a2870\x1f-----\r\nr i\x13\x11 BC-Harbor-Storm   03-05 0211\r\n\x02^BC-Harbor-Storm, 1st Ld-Writethru,211<\r\n"
    "^Harbor reopens after storm<\r\n^AP Photo AV101<\r\n^Eds: Adds quote.<\r\n^By ANA REIS=\r\n^Associated Press=\r\n"
    "\t   AVEIRO, Portugal (AP) _ Ships ``came'' back.\r\n\t   Nobody was hurt.\r\n\r\n\t   \x03AP-WF-03-05-24 1015GMT<\r\n\x0c\r\n\x04"
)


MAIL = (
    "Received: from a by b\nDate: Tue, 05 Mar 2024 10:15:00 +0100\nMessage-ID: <abc@xyz.example>\nFrom: =?utf-8?q?Ana_Re=C3=ADs?= <ana@news.xyz.example>\n"
    "Subject: =?iso-8859-1?Q?Hafen_ge=F6ffnet?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=z\n\n--z\nContent-Type: text/html; charset=utf-8\n\n"
    '<p>HTML text</p>\n--z\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nDie Schiffe sind zur=FCck.\n--z\nContent-Type: image/png; name="a.png"\n\nAAAA\n--z--\n'
)


ROW = {"id": 7, "url": "https://n.example/a", "title": "Harbour reopens", "text": "Ships came back.\n\nNobody was hurt.", "source": "n.example",
       "published_at": "2024-03-05T10:15:00+01:00", "language": "en-GB", "authors": ["Ana Reis", "Bo Li"], "score": 0.5}  # fmt: skip


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


SGML = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5" NEWID="{n}"><DATE> 9-MAR-1987 04:58:41.12</DATE><TOPICS><D>ship</D></TOPICS><PLACES><D>portugal</D></PLACES>
<UNKNOWN>&#5;&#22;f0416</UNKNOWN><TEXT{kind}>&#2;{text}&#3;</TEXT></REUTERS>
"""
FULL = "<TITLE>HARBOUR &lt;HBR> REOPENS</TITLE><AUTHOR>    By Ana Reis, Reuters</AUTHOR><DATELINE>    AVEIRO, March 9 - </DATELINE><BODY>Ships came back to the harbour after the\nstorm of Monday.\n    Nobody was hurt.\n REUTER\n</BODY>"
