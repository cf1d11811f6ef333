"""The local SMTP server keeps every message and notes it before it answers."""

import smtplib
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from portal.local.child import Child
from portal.local.journal import journal, messages
from portal.local.mailbox import Faults, running_mailbox
from portal.local.ports import answers, free_port


def a_message(number: int = 1) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "portal@demo.example"
    message["To"] = "police@lao-cai.example"
    message["Subject"] = f"Việc số {number} sắp đến hạn"
    message["Message-ID"] = f"<{number}@demo.example>"
    message.set_content("Còn 3 ngày. Mở thẻ để cập nhật.")
    return message


def send(port: int, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as connection:
        connection.send_message(message)


def test_a_message_sent_is_kept_whole_and_noted(tmp_path: Path) -> None:
    with running_mailbox(tmp_path) as port:
        send(port, a_message())
    [line] = journal(tmp_path)
    assert line["message_id"] == "<1@demo.example>"
    assert line["to"] == ["police@lao-cai.example"]
    assert line["subject"] == "Việc số 1 sắp đến hạn"
    [kept] = messages(tmp_path)
    assert kept.get_content().strip() == "Còn 3 ngày. Mở thẻ để cập nhật."


def test_every_second_message_is_noted_though_its_answer_never_comes(tmp_path: Path) -> None:
    with running_mailbox(tmp_path, Faults(drop_every=2)) as port:
        send(port, a_message(1))
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(port, a_message(2))
    assert [line["message_id"] for line in journal(tmp_path)] == ["<1@demo.example>", "<2@demo.example>"]


def test_a_refused_message_is_not_noted(tmp_path: Path) -> None:
    with running_mailbox(tmp_path, Faults(refuse=451)) as port, pytest.raises(smtplib.SMTPDataError) as why:
        send(port, a_message())
    assert why.value.smtp_code == 451
    assert journal(tmp_path) == []
    assert messages(tmp_path) == []


def test_as_a_process_it_takes_mail_and_ends_when_asked(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "portal.local.mailbox", "--port", str(port), "--dir", str(tmp_path)]
    mailbox = Child("mailbox", command, log=tmp_path / "mailbox.log")
    mailbox.start()
    try:
        mailbox.wait_until(lambda: answers(port), 20)
        send(port, a_message())
    finally:
        mailbox.stop()
    assert mailbox.exit_status == 0, mailbox.last_words()
    assert len(messages(tmp_path)) == 1
