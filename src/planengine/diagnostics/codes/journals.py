"""Diagnostic codes of the family `journals`: sessions that are kept in a file."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="journal-unreadable",
        severity="error",
        title=Text("A file that is no journal", "不是可读的日志"),
        message=Text("{path} cannot be read as a journal: {why}", "{path} 不能作为日志读取：{why}"),
        hint=Text(
            "`planengine session new` makes one; incidents of other files: `--from FACTS`",
            "日志由 planengine session new 建立；已有的事件文件用 --from FACTS",
        ),
        explanation=Text(
            "A journal is a file that `planengine session new` makes. This one is missing, "
            "something else, damaged, or made by another version. Other journals are not "
            "concerned: each incident has a file of its own.",
            "日志是 planengine session new 建立的文件。这个文件不存在、不是日志、已损坏，"
            "或由其他版本建立。其他日志不受影响：每起事件各有一个文件。",
        ),
        bad="planengine session show facts.yaml: it is an incident file\n",
        good="planengine session new flood.journal --from facts.yaml: makes a journal\n",
    ),
    Code(
        id="journal-busy",
        severity="error",
        title=Text("Others are writing to the journal", "日志正被占用"),
        message=Text(
            "{path} is being written by others; nothing was written ({why})",
            "{path} 正被其他程序写入，本次什么也没有写入（{why}）",
        ),
        hint=Text("say it again", "请再试一次"),
        explanation=Text(
            "Several may write to one journal, one after the other; each waits up to 30 seconds. "
            "Somebody held it for longer. What was to be told is not in it.",
            "一个日志可由多人先后写入，每人最多等 30 秒。有人占用得更久，这次要写的内容没有写入。",
        ),
        bad="a program holds the journal for more than 30 seconds\n",
        good="every program writes and lets go at once\n",
    ),
    Code(
        id="journal-unwritable",
        severity="error",
        title=Text("The journal cannot be written", "日志无法写入"),
        message=Text(
            "{path} cannot be written; what was told is not in it ({why})",
            "{path} 无法写入，这次的内容不在其中（{why}）",
        ),
        explanation=Text(
            "The disk is full, failed, or may not be written to. What was acknowledged before is "
            "still there.",
            "磁盘已满、出错或没有写入权限。此前确认写入的内容仍在。",
        ),
        bad="the journal lies on a disk that is full\n",
        good="the journal lies on a disk with room\n",
    ),
    Code(
        id="journal-broken",
        severity="error",
        title=Text("A journal that was altered", "日志被改动"),
        message=Text(
            "{path}: entry {number} is not what was written ({reason})",
            "{path}：第 {number} 条与写入时不符（{reason}）",
        ),
        hint=Text(
            "`planengine session export {path} --lenient` gives the entries before it",
            "planengine session export {path} --lenient 导出此前的各条",
        ),
        explanation=Text(
            "Each entry is sealed by a digest over itself and the entry before. This one does "
            "not fit: it was changed, removed or put in by hand, or the disk failed. Nothing is "
            "answered from such a journal, for nobody can say what was told. The entries before "
            "it are whole.",
            "每一条都以本条和前一条内容的摘要封存。这一条对不上：有人改动、删除、插入，或磁盘出错。"
            "这样的日志不作任何研判，因为无从确知报过什么。此前各条完好。",
        ),
        bad="an entry of the journal was changed in an editor of databases\n",
        good="a mistake is corrected by one more entry: session tell --correct ID\n",
    ),
    Code(
        id="library-changed",
        severity="error",
        title=Text("Plans changed in mid-incident", "事件处置中预案库有改动"),
        message=Text(
            "the plans are not those that {path} has been judged by (from {was} to {now})",
            "预案库已不是 {path} 一直所依据的（{was} 变为 {now}）",
        ),
        hint=Text(
            "`planengine session migrate {path}` goes over to them, and says so in the journal",
            "改用现在的预案库：planengine session migrate {path}（记入日志）",
        ),
        explanation=Text(
            "A journal notes the digest of all files of the library. Were plans exchanged "
            "silently, levels and duties could change without anybody having told or decided "
            "anything. Going over to new plans is an act of its own, and an entry.",
            "日志记有预案库全部文件的摘要。如果预案悄悄更换，级别和任务会在没有任何新情况、新决定时变化。"
            "因此改用新的预案库须明确进行，并记为一条。",
        ),
        bad="a plan is edited while an incident goes on; session show is asked\n",
        good="planengine session migrate flood.journal: from here on the new plans judge\n",
    ),
)
