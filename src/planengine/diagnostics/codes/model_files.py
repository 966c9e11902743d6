"""Codes about what files are, and where a library is; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="incident-in-library",
        severity="error",
        title=Text("An incident is no document of a library", "事件文件不属于预案库"),
        message=Text("this is an incident file", "这是事件文件"),
        hint=Text("assess it: `planengine assess FILE`", "请用 planengine assess 研判"),
        explanation=Text(
            "A library holds vocabulary, sources, registry, standards and plans. Incident files "
            "are what is assessed by them: `planengine check FILE` checks one, `planengine assess "
            "FILE` assesses it.",
            "库由词汇、依据、登记、标准和预案组成。事件文件是研判的对象，"
            "planengine check 检查它，planengine assess 研判它。",
        ),
        bad="incident: flood-day\nhazards: [flood]\n",
        good="plan: flood\nkind: special\n",
    ),
    Code(
        id="no-library",
        severity="error",
        title=Text("No library", "没有找到库"),
        message=Text(
            "no planengine.yaml at or above `{path}`", "`{path}` 及其上级目录中没有 planengine.yaml"
        ),
        explanation=Text(
            "A library is a folder with a planengine.yaml that says what belongs to it.",
            "库是带有 planengine.yaml 的目录，该文件说明库的组成。",
        ),
        bad="planengine check /tmp\n",
        good="planengine check examples/linjiang\n",
    ),
    Code(
        id="library-fails",
        severity="error",
        title=Text("The library around it has errors", "所在的库有错误"),
        message=Text(
            "the library itself has errors ({count}), the first of them here: {code}",
            "所在的库本身有错误（{count} 个），第一个在此：{code}",
        ),
        hint=Text(
            "run `planengine check` for the whole library; until it is mended, what needs all of "
            "it was not checked",
            "请用 `planengine check` 检查整个库；在其改正之前，需要全库的检查没有进行",
        ),
        explanation=Text(
            "A file is checked as a part of its library: its levels, links and dates are judged "
            "together with those of the others. With an error in another file that is not "
            "possible, and a file without findings is not yet known to be right.",
            "文件作为库的一部分接受检查：其级别、联动和日期须与其他文件一并判断。其他文件有错误时"
            "无法进行；此时没有问题的文件不等于没有错误。",
        ),
        bad="planengine check plans/flood.yaml   # and the registry names no jurisdiction\n",
        good="planengine check   # first the whole library\n",
    ),
    Code(
        id="unreadable-file",
        severity="error",
        title=Text("A file that cannot be read", "文件无法读取"),
        message=Text("cannot read `{path}`", "无法读取 `{path}`"),
        explanation=Text(
            "The file or folder is missing or may not be read.", "文件或目录不存在，或无权读取。"
        ),
        bad="include: [ruels]\n",
        good="include: [rules]\n",
    ),
    Code(
        id="outside-library",
        severity="error",
        title=Text("A file outside the library", "预案库之外的文件"),
        message=Text("`{path}` leads out of the library's folder", "`{path}` 指向预案库文件夹之外"),
        hint=Text(
            "copy what is needed into the folder, and include it from there",
            "请把需要的文件复制到文件夹内，再从那里引入",
        ),
        explanation=Text(
            "A library reads nothing outside its own folder and the packaged libraries that it "
            "names (`planengine:cn`): no path with `..`, none from the root of the disk, and no "
            "link that leads elsewhere. So a library from somebody else can be checked safely.",
            "预案库只读取自己文件夹内的内容和按名称引入的程序包（`planengine:cn`）："
            "路径不得含 `..`，不得从根目录写起，也不得经链接指向别处。"
            "这样，检查他人提供的预案库才是安全的。",
        ),
        bad="include: [../rules]\n",
        good="include: [rules]\n",
    ),
    Code(
        id="unknown-package",
        severity="error",
        title=Text("A library that is not installed", "未安装的预案库"),
        message=Text(
            "nothing that is installed offers the library `{name}`",
            "已安装的程序包都没有提供预案库 `{name}`",
        ),
        hint=Text(
            "planengine itself has {known}; install the package that offers another",
            "planengine 自带 {known}；其他的请先安装提供它的程序包",
        ),
        explanation=Text(
            "A name with a colon is a library that comes with an installed package: before the "
            "colon stands who offers it, after it which one. `planengine:cn` has the standards, "
            "vocabulary, sources and registry of China.",
            "带冒号的名称指随程序包安装的预案库：冒号前是提供者，冒号后是其中哪一个。"
            "`planengine:cn` 是中国的国家标准、词汇、依据和登记。",
        ),
        bad="include: [planengine:china, plans]\n",
        good="include: [planengine:cn, plans]\n",
    ),
    Code(
        id="unknown-document",
        severity="error",
        title=Text("An unknown kind of document", "未知的文件类型"),
        message=Text("a document cannot start with `{name}`", "文件不能以 `{name}` 开头"),
        hint=Text("start with one of {kinds}", "应以 {kinds} 之一开头"),
        explanation=Text(
            "The first key tells what a document is: vocabulary, sources, registry, standard or "
            "plan (library in planengine.yaml, incident in a facts file).",
            "首个键表明文件类型：vocabulary、sources、registry、standard 或 plan"
            "（planengine.yaml 为 library，事件文件为 incident）。",
        ),
        bad="label: {zh: 防汛预案}\nplan: flood\n",
        good="plan: flood\nlabel: {zh: 防汛预案}\n",
    ),
)
