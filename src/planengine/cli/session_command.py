"""`planengine session`: an incident as it unfolds, kept in a journal."""

from __future__ import annotations

from planengine.cli.command import Family
from planengine.cli.common import language_option
from planengine.cli.language import Language, speaker
from planengine.cli.session_deciding import decide_command, done_command
from planengine.cli.session_journal import journal_commands
from planengine.cli.session_looking import looking_commands
from planengine.cli.session_new import new_command
from planengine.cli.session_people import people_commands
from planengine.cli.session_tell import tell_command


def command(language: Language) -> Family:
    """The commands, in one language."""
    say = speaker(language)
    option = language_option(language)
    option.expose_value = False  # each command has it too
    return Family(
        "session",
        language,
        (
            new_command(language),
            tell_command(language),
            decide_command(language),
            *people_commands(language),
            done_command(language),
            *looking_commands(language),
            *journal_commands(language),
        ),
        about=(
            say(
                "边发展边处置一起事件：所报、所决定、所完成的逐条记入日志 FILE，落盘后才算记下；"
                "每记一条，列出由此产生的变化。",
                "An incident as it unfolds. What is told, decided and done is kept in the journal "
                "FILE, on the disk before it is acknowledged; after each thing stands what "
                "follows from it.",
            ),
            say(
                "一起事件一个文件；几个人、几个程序可以同时写同一个文件。",
                "Each incident has a file of its own; several people and programs may write to "
                "one.",
            ),
        ),
        examples=(
            (
                "planengine session new flood.journal --hazard flood",
                say("一起洪水，开始记录", "a flood begins"),
            ),
            (
                "planengine session tell flood.journal "
                + say("水位=27.4米 --object 汉口站", "water-level=27.4m --object hankou"),
                say("报来一个水位", "a water level comes in"),
            ),
            (
                "planengine session decide flood.journal flood/flood --by flood-commander",
                say("批准现在的建议", "what is proposed now is approved"),
            ),
            (
                "planengine session show flood.journal --since last",
                say("现在的情况，和上次看以来的变化", "how it stands, and what is new"),
            ),
        ),
        params=[option],
    )
