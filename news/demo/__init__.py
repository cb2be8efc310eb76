"""Sample news in our own words, through the real actions: written by one editor, approved by another."""

from news.demo.articles import fill_the_desk, keep_up, publish_samples, write_many
from news.demo.documents import ask_to_study

__all__ = ["ask_to_study", "fill_the_desk", "keep_up", "publish_samples", "write_many"]
