from news.models.articles import Article, ArticleState, Category
from news.models.attachments import Attachment

__all__ = ["Article", "ArticleState", "Attachment", "Category"]
