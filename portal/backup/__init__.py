"""One file that holds the whole portal, and the way back out of it.

The database first, then the uploads: an upload is on the disk before the row that names it, and never
changes, so what the dump names is in the archive too.
"""

from portal.backup.restoring import check, restore
from portal.backup.writing import back_up

__all__ = ["back_up", "check", "restore"]
