"""Finding things by words: what was typed, where each app keeps its texts, the best of what one may read.

An app registers its sources in `AppConfig.ready`; the portal knows no words of them. Every source asks
its own `visible_to` inside the innermost query, so nothing hidden is ranked, counted or quoted.
"""
