"""python -m portal.embedded.mail FOLDER SMTP_PORT PAGES_PORT IDENT"""

import signal
import sys
from pathlib import Path

from portal.embedded.mail.pages import pages
from portal.embedded.mail.receiver import receiver
from portal.embedded.mail.store import MailStore


def main(folder: str, smtp_port: str, pages_port: str, ident: str) -> None:
    store = MailStore(Path(folder))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # The pages listen before the greeting of the SMTP side says that the catcher is up.
    web = pages(store, int(pages_port))
    controller = receiver(store, int(smtp_port), ident)
    controller.start()
    try:
        web.serve_forever()
    finally:
        controller.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
