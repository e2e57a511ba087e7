"""Every value that flows through Wirecopy, in the order in which it flows.

Feed -> Page -> FeedEntry -> Page -> Article -> Item -> Arrival -> Batch.
Nothing here has behaviour beyond reading itself; the rules live in the stages.
Every ``datetime`` is aware; every stored one is UTC.
"""

from wirecopy.model.articles import COUNTRY_STATED, Article, DateCandidate, NameCandidate, Published, Subject
from wirecopy.model.items import Dateline, DatelinePlace, Identifier, Item, Notice, Place
from wirecopy.model.landing import Arrival, Batch, Capture, LandReport, PageRecord, RequestRecord, SetAside, Sighting
from wirecopy.model.matches import Comparable, Fingerprint, Match, Member, Story
from wirecopy.model.pages import Enclosure, Feed, FeedContent, FeedEntry, Origin, Page
from wirecopy.model.polling import FeedState, Needs, RobotsFile, SeenEntry, hour_of
from wirecopy.model.words import DateRole, Doubt, Outcome, Precision, Relation, Verdict

__all__ = [
    "COUNTRY_STATED",
    "Arrival",
    "Article",
    "Batch",
    "Capture",
    "Comparable",
    "DateCandidate",
    "DateRole",
    "Dateline",
    "DatelinePlace",
    "Doubt",
    "Enclosure",
    "Feed",
    "FeedContent",
    "FeedEntry",
    "FeedState",
    "Fingerprint",
    "Identifier",
    "Item",
    "LandReport",
    "Match",
    "Member",
    "NameCandidate",
    "Needs",
    "Notice",
    "Origin",
    "Outcome",
    "Page",
    "PageRecord",
    "Place",
    "Precision",
    "Published",
    "Relation",
    "RequestRecord",
    "RobotsFile",
    "SeenEntry",
    "SetAside",
    "Sighting",
    "Story",
    "Subject",
    "Verdict",
    "hour_of",
]
