"""How the bodies and posts that duties name are reached."""

from __future__ import annotations

from planengine.library.registry_entities import Contact
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, DIM


def show_contacts(page: Page) -> None:
    """Each post and body that a duty names with its telephones, and since when they are known."""
    rows = page.assessment.contacts
    if not rows:
        return
    page.title("联系方式", "Contacts")
    for item in rows:
        for contact in item.contacts:
            page.screen.line(
                (page.words.label(item.label, item.id), BOLD),
                (page.say("：", ": ") + _text(page, contact), ""),
                (page.aside(_since(page, contact)), DIM),
                indent=1,
            )


def _text(page: Page, contact: Contact) -> str:
    room = f"{page.say('值班室', 'duty room')} {contact.room}" if contact.room else ""
    phones = page.say("、", ", ").join(contact.phone)
    return page.say("，", ", ").join(part for part in (phones, room, contact.text or "") if part)


def _since(page: Page, contact: Contact) -> str:
    if contact.as_of is None:
        return page.say("核实日期不详", "not known when checked")
    date = page.words.full_time(contact.as_of)[:10]
    return page.say(f"{date} 核实", f"as of {date}")
