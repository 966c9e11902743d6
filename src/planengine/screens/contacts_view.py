"""How the bodies and posts that a duty names are reached."""

from __future__ import annotations

from planengine.assessment.contacts import contacts_of
from planengine.domain.places import Contact
from planengine.screens.brief_rows import DutyItem
from planengine.screens.page import Page


def contact_lines(page: Page, item: DutyItem) -> list[str]:
    """Each post and body that a duty names with its telephones, and since when they are known."""
    found = contacts_of(page.assessment.situation.entities, [item])
    texts = [
        f"{page.words.label(one.label, one.id)}{page.say('：', ': ')}{_text(page, contact)}"
        + page.aside(_since(page, contact))
        for one in found
        for contact in one.contacts
    ]
    return texts or [page.say("没有登记联系方式", "no contact is registered")]


def _text(page: Page, contact: Contact) -> str:
    room = f"{page.say('值班室', 'duty room')} {contact.room}" if contact.room else ""
    phones = page.say("、", ", ").join(contact.phone)
    return page.say("，", ", ").join(part for part in (phones, room, contact.text or "") if part)


def _since(page: Page, contact: Contact) -> str:
    if contact.as_of is None:
        return page.say("核实日期不详", "not known when checked")
    date = page.words.full_time(contact.as_of)[:10]
    return page.say(f"{date} 核实", f"as of {date}")
