"""An answer as plain data: frozen structs of text, numbers and times, which are its JSON.

`Assessment.answer` is one. Two that say the same are equal, they survive pickling, and
`msgspec.json.decode(text, type=planengine.answers.Answer)` reads one back from its JSON. Names
are ids; levels are level ids, None for none; times have the offset of the library's time zone;
durations are seconds; numbers are in the fact's own unit.
"""

from planengine.answers.answer import (
    SCHEMA_VERSION,
    Agency,
    Answer,
    Assumption,
    Conflict,
    Contact,
    Contacts,
    Coverage,
    Excluded,
    Finding,
    Invocable,
    Judge,
    NotAsked,
    Outdated,
    PlanRole,
    Possible,
    Question,
    Rejected,
    Resource,
    Unread,
    json_schema,
)
from planengine.answers.decision import Decision, Gap, Held, Need, Reason, Way
from planengine.answers.duties import Action, Asked, Deadline, Pair, Report
from planengine.answers.parts import (
    Acting,
    Actor,
    Command,
    Declined,
    Place,
    Range,
    Receipt,
    Statement,
    Text,
    Values,
)
from planengine.domain.documents import Basis, Executor

__all__ = [
    "SCHEMA_VERSION",
    "Acting",
    "Action",
    "Actor",
    "Agency",
    "Answer",
    "Asked",
    "Assumption",
    "Basis",
    "Command",
    "Conflict",
    "Contact",
    "Contacts",
    "Coverage",
    "Deadline",
    "Decision",
    "Declined",
    "Excluded",
    "Executor",
    "Finding",
    "Gap",
    "Held",
    "Invocable",
    "Judge",
    "Need",
    "NotAsked",
    "Outdated",
    "Pair",
    "Place",
    "PlanRole",
    "Possible",
    "Question",
    "Range",
    "Reason",
    "Receipt",
    "Rejected",
    "Report",
    "Resource",
    "Statement",
    "Text",
    "Unread",
    "Values",
    "Way",
    "json_schema",
]
