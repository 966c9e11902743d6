"""Codes about dates, times, durations, periods and editions; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="bad-date",
        severity="error",
        title=Text("Not a date", "日期有误"),
        message=Text("`{text}` is not a date", "`{text}` 不是日期"),
        hint=Text("write a date such as 2026-03-01", "请写如 2026-03-01 的日期"),
        explanation=Text("Dates are written as year-month-day.", "日期写作 年-月-日。"),
        bad="in-force: 1 June 2007\n",
        good="in-force: 2007-06-01\n",
    ),
    Code(
        id="time-cut",
        severity="warning",
        title=Text("Finer than a second", "时间精度超过秒"),
        message=Text("`{text}` is cut to whole seconds", "`{text}` 已截断到整秒"),
        explanation=Text(
            "Times are whole seconds; what is finer is cut off, never rounded up.",
            "时间以整秒计；更细的部分直接截去，不进位。",
        ),
        bad="at: 2026-07-20T08:00:00.750+08:00\n",
        good="at: 2026-07-20T08:00:00+08:00\n",
    ),
    Code(
        id="no-time-zone",
        severity="warning",
        title=Text("No time zone", "未声明时区"),
        message=Text(
            "the library has no `time-zone`: dates, calendars and output are in UTC",
            "库未声明 time-zone：日期、日历和输出均按 UTC",
        ),
        hint=Text("write for example `time-zone: Asia/Shanghai`", "如写 time-zone: Asia/Shanghai"),
        explanation=Text(
            "Dates of editions, calendars, night hours and all times shown follow the local "
            "clock. planengine.yaml says which: an IANA time zone. An area or a calendar may have "
            "its own.",
            "版本日期、日历、夜间时段以及显示的所有时间都按当地时间。planengine.yaml 用 IANA 时区名"
            "声明；辖区和日历可另行声明。",
        ),
        bad="library: linjiang\n",
        good="library: linjiang\ntime-zone: Asia/Shanghai\n",
    ),
    Code(
        id="bad-time-zone",
        severity="error",
        title=Text("Not a time zone", "时区有误"),
        message=Text("`{text}` is no time zone", "`{text}` 不是时区"),
        hint=Text("did you mean `{nearest}`?", "是否应为 `{nearest}`？"),
        otherwise=Text(
            "write an IANA name such as Asia/Shanghai or Europe/London",
            "请写 IANA 名称，如 Asia/Shanghai",
        ),
        explanation=Text(
            "A time zone is named as in the IANA database, region and city; so daylight saving "
            "and its history are known.",
            "时区按 IANA 数据库的“地区/城市”命名，由此可知夏令时及其历史。",
        ),
        bad="time-zone: Beijing\n",
        good="time-zone: Asia/Shanghai\n",
    ),
    Code(
        id="unknown-language",
        severity="error",
        title=Text("Not a language of bounds", "没有这种语言的界限用语"),
        message=Text(
            "bounds cannot be read in `{text}`: there is {known}",
            "不能用 `{text}` 读界限：可用 {known}",
        ),
        explanation=Text(
            "One word may mean different limits: 以下 excludes its limit in Chinese law and "
            "includes it in Japanese. `language` of the manifest says in which language the "
            "library's bounds are written; English can be written beside any.",
            "同一用语的界限可能不同：“以下”在中国法规中不含本数，在日本法令中含本数。"
            "planengine.yaml 的 language 说明本库界限所用的语言；英文总可并用。",
        ),
        bad="language: jp\n",
        good="language: ja\n",
    ),
    Code(
        id="bad-time",
        severity="error",
        title=Text("Not a time", "时间有误"),
        message=Text("`{text}` is not a time", "`{text}` 不是时间"),
        hint=Text(
            "write a time such as {example}; without the offset it is by the clock of the "
            "library's time zone, where one is declared",
            "请写如 {example} 的时间；不写时区时按预案库声明的时区，须已声明",
        ),
        explanation=Text(
            "Times have a date and a clock time, with an offset from UTC or by the clock of the "
            "library's `time-zone`. The offset is needed where the library declares no zone, or "
            "UTC (write Z), and at an hour that the clock shows twice or skips when it is changed. "
            "`now` and a clock time alone would change their meaning from day to day: they are "
            "for the command line only.",
            "时间须有日期和钟点，带时区，或按预案库的 `time-zone`。"
            "预案库未声明时区或声明为 UTC 时（请写 Z），"
            "以及调整时钟时重复或跳过的钟点，必须写明时区。"
            "`now` 和单独的钟点含义逐日不同，只用于命令行。",
        ),
        bad="at: 2026-07-20 08:00\n",
        good="at: 2026-07-20T08:00:00+08:00\n",
    ),
    Code(
        id="time-shown-twice",
        severity="error",
        title=Text("A time that the clock shows twice", "当地钟点出现两次"),
        message=Text(
            "the clock shows `{text}` twice, for it is put back that day",
            "当日拨回时钟，`{text}` 出现两次",
        ),
        hint=Text("write {first} or {second}", "写明是哪一次：{first} 或 {second}"),
        explanation=Text(
            "Where daylight saving ends the clock is put back, and shows an hour twice. Which of "
            "the two is meant is not guessed: the time needs its offset from UTC.",
            "夏令时结束时拨回时钟，有一小时出现两次。指哪一次不作猜测，须写明时区。",
        ),
        bad="at: 2027-04-04T02:30      # time-zone: Australia/Melbourne\n",
        good="at: 2027-04-04T02:30:00+11:00\n",
    ),
    Code(
        id="time-skipped",
        severity="error",
        title=Text("A time that the clock skips", "当地钟点被跳过"),
        message=Text(
            "the clock never shows `{text}`, for it is put forward to {jump}",
            "当日拨快时钟，跳过 `{text}`，直接到 {jump}",
        ),
        hint=Text(
            "write what the clock showed, or the time with its offset",
            "请写钟表实际显示的时间，或写明时区",
        ),
        explanation=Text(
            "Where daylight saving begins the clock is put forward, and skips an hour. A time in "
            "it was shown by no clock; it may be one of a clock that was not put forward, and "
            "then needs its offset from UTC.",
            "夏令时开始时拨快时钟，跳过一小时，其间的钟点当地并不存在。"
            "可能是未拨快的钟表所示，须写明时区。",
        ),
        bad="at: 2026-10-04T02:30      # time-zone: Australia/Melbourne\n",
        good="at: 2026-10-04T03:30:00+11:00\n",
    ),
    Code(
        id="bad-duration",
        severity="error",
        title=Text("Not a duration", "时长有误"),
        message=Text("`{text}` is not a duration", "`{text}` 不是时长"),
        hint=Text(
            "write a duration such as 30 min, 2 h, 3 d; months and years have no fixed length",
            "请写如 30 min、2 h、15 分钟 的时长；月和年长短不定，不能用作时长",
        ),
        explanation=Text("A duration is a number with a unit of time.", "时长是带时间单位的数。"),
        bad="within: soon\n",
        good="within: 30 min\n",
    ),
    Code(
        id="bad-clock",
        severity="error",
        title=Text("Not a time of the day", "钟点有误"),
        message=Text("`{text}` is not a time of the day", "`{text}` 不是钟点"),
        hint=Text(
            "write a time such as 8:00, 6 pm, or every day at 8:00 and 20:00",
            "请写如 8:00、每日8时、20时 的钟点",
        ),
        explanation=Text(
            "A time of the day is 8:00 or 8时, several of them a list. `every day at` before it "
            "means each day again; without, the next such time only.",
            "钟点写作 8:00 或 8时，多个钟点写成列表。前面写“每日”表示每天重复，不写则只指下一次。",
        ),
        bad="at: [8:00, noon]\n",
        good="at: [8:00, 12:00]\n",
    ),
    Code(
        id="bad-calendar",
        severity="error",
        title=Text("Not a day or a clock time", "日历起止有误"),
        message=Text("`{text}` is not {expected}", "`{text}` 不是{expected}"),
        explanation=Text(
            "Yearly periods have months and days (05-01), daily ones clock times (22:00).",
            "年度时段写月日（05-01），每日时段写钟点（22:00）。",
        ),
        bad='yearly: [{from: "5月1日", until: "10-15"}]\n',
        good='yearly: [{from: "05-01", until: "10-15"}]\n',
    ),
    Code(
        id="empty-period",
        severity="error",
        title=Text("A period that is empty", "时段为空"),
        message=Text("this period ends before it begins", "该时段的结束不晚于开始"),
        explanation=Text(
            "`until` is exclusive and must be later than the beginning.",
            "until 不含当日，须晚于开始。",
        ),
        bad="edition: {number: 1, in-force: 2026-04-01, until: 2026-04-01}\n",
        good="edition: {number: 1, in-force: 2026-04-01, until: 2027-04-01}\n",
    ),
    Code(
        id="issued-after-in-force",
        severity="warning",
        title=Text("In force before it was issued", "生效早于印发"),
        message=Text(
            "the edition is issued later than it comes into force",
            "该版本的印发日期晚于生效日期",
        ),
        hint=Text("see whether `issued` and `in-force` are exchanged", "请核对 issued 与 in-force"),
        explanation=Text(
            "What is in force at a time judges it. A document seldom governs days before it was "
            "issued; more often two dates are exchanged or one is mistyped.",
            "某时生效的版本据以研判。文件很少适用于印发之前的日期，多半是两个日期写反或误写。",
        ),
        bad="edition: {number: 1, issued: 2026-04-01, in-force: 2026-03-01}\n",
        good="edition: {number: 1, issued: 2026-03-01, in-force: 2026-04-01}\n",
    ),
    Code(
        id="period-overlap",
        severity="error",
        title=Text("Periods that overlap", "时段重叠"),
        message=Text("two values of `{name}` hold at once", "`{name}` 的两个取值同时有效"),
        explanation=Text(
            "Dated values follow one another: each `until` is exclusive and is the next `from`.",
            "按日期取值须前后相接：until 不含当日，即下一个 from。",
        ),
        bad="warning-stage: [{value: 25 m}, {value: 26 m, from: 2024-01-01}]\n",
        good="warning-stage: [{value: 25 m, until: 2024-01-01}, {value: 26 m, from: 2024-01-01}]\n",
    ),
    Code(
        id="edition-overlap",
        severity="error",
        title=Text("Two editions in force at once", "两个版本同时生效"),
        message=Text(
            "editions {first} and {second} of `{name}` are in force at once",
            "`{name}` 的版本 {first} 与 {second} 同时生效",
        ),
        hint=Text("give edition {first} `until: {date}`", "请为版本 {first} 写明 `until: {date}`"),
        explanation=Text(
            "What is in force at a time judges it, so only one edition can be. Give the older "
            "one an `until`: it is exclusive, so it is the new one's `in-force`.",
            "某时生效的版本据以研判，故只能有一个。"
            "请为旧版写明 until（不含当日，即新版的 in-force）。",
        ),
        bad="edition: {number: 2016, in-force: 2016-03-01}   # and 2024 in another file\n",
        good="edition: {number: 2016, in-force: 2016-03-01, until: 2024-01-20}\n",
    ),
)
