"""Reads a Maildir as a mail client would, and writes its messages as JSON, in order of their names."""

import email.policy
import email.utils
import json
import mailbox
import sys

box = mailbox.Maildir(
    sys.argv[1],
    factory=lambda file: email.message_from_binary_file(file, policy=email.policy.strict),
    create=False,
)


def body(message, kind):
    """One of a message's bodies; empty where it has none of the kind."""
    part = message.get_body((kind,))
    return part.get_content() if part else ""


def defects(message):
    found = [repr(defect) for part in message.walk() for defect in part.defects]
    for name, value in message.items():
        found += [f"{name}: {defect!r}" for defect in getattr(value, "defects", [])]
    return found


messages = [
    {
        "to": email.utils.parseaddr(message["to"])[1],
        "subject": str(message["subject"]),
        "id": message["message-id"],
        "text": body(message, "plain"),
        "html": body(message, "html"),
        "defects": defects(message),
    }
    for key, message in sorted(box.items(), key=lambda item: [len(item[0]), item[0]])
]
json.dump(messages, sys.stdout, ensure_ascii=False)
