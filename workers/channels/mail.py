"""A letter as an e-mail: headers by which programs know it, thread it and do not answer it (RFC 5322, 2919, 3834)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from alerts.alert import Urgency
from alerts.channel.letter import Letter
from alerts.channel.text import subject, text
from alerts.times import JST

_IMPORTANCE = {Urgency.CRITICAL: ("high", "1"), Urgency.HIGH: ("high", "2")}


def mail(letter: Letter, sender: Address) -> EmailMessage:
    """One mail for one person. The same letter is the same Message-ID at every try, so that it is shown once (R15).

    A later revision refers to those of its alert that arrived before: a correction stands below what it corrects.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.target.address
    message["Subject"] = subject(letter)
    message["Date"] = format_datetime(letter.at.astimezone(JST))
    message["Message-ID"] = _id(letter, letter.id, sender)
    if letter.thread:
        earlier = [_id(letter, one, sender) for one in letter.thread]
        message["In-Reply-To"] = earlier[-1]
        message["References"] = " ".join(earlier)
    label = "bosai-drill" if letter.is_drill else "bosai"
    message["List-Id"] = f"<{label}.{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.urgency in _IMPORTANCE:
        message["Importance"], message["X-Priority"] = _IMPORTANCE[letter.urgency]
    message.set_content(text(letter), charset="utf-8", cte="base64")
    message["Content-Language"] = ", ".join(dict.fromkeys(one.language for one in letter.said))
    return message


def _id(letter: Letter, name: str, sender: Address) -> str:
    return f"<{name}.{letter.subscriber.id}@{sender.domain}>"
