from news.models.articles import Article, ArticleState, Category
from news.models.attachments import Attachment
from news.models.desk import ArticleComment, ArticlePresence, ArticleRevision, ArticleStep, StepVerb
from news.models.digests import DigestRhythm, NewsDigest
from news.models.directives import (
    Acknowledgement,
    Directive,
    DirectiveKind,
    Reader,
    ReaderStatus,
    RequiredReading,
)
from news.models.photos import Photo
from news.models.pictures import Focus, Rendition
from news.models.reading import NewsFeed, SavedArticle
from news.models.topics import Series, Tag
from news.models.upkeep import Upkeep

__all__ = [
    "Acknowledgement",
    "Article",
    "ArticleComment",
    "ArticlePresence",
    "ArticleRevision",
    "ArticleState",
    "ArticleStep",
    "Attachment",
    "Category",
    "DigestRhythm",
    "Directive",
    "DirectiveKind",
    "Focus",
    "NewsDigest",
    "NewsFeed",
    "Photo",
    "Reader",
    "ReaderStatus",
    "Rendition",
    "RequiredReading",
    "SavedArticle",
    "Series",
    "StepVerb",
    "Tag",
    "Upkeep",
]
