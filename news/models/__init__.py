from news.models.articles import Article, ArticleState, Category
from news.models.attachments import Attachment
from news.models.desk import ArticleComment, ArticlePresence, ArticleRevision, ArticleStep, StepVerb

__all__ = [
    "Article",
    "ArticleComment",
    "ArticlePresence",
    "ArticleRevision",
    "ArticleState",
    "ArticleStep",
    "Attachment",
    "Category",
    "StepVerb",
]
