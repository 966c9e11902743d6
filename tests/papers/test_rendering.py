"""Papers as HTML, Markdown and Word: one template, hostile text, the banner on every page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from planengine.papers.papers import papers_of
from planengine.papers.parts import Paper
from planengine.papers.rendering import Templates, UnusableTemplateError
from tests.assessment.conftest import Small, in_force, stated
from tests.papers.conftest import Papers

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}|[x](javascript:y) *z* \\\\host ../../etc"
DAM = """tracks:
  dam:
    label: {en: dam}
    levels: [{level: III, propose: office, duration: 48 h, approve: {post: chief}, basis: {source: law, clause: "4", confidence: unverified}, when: {deaths: ≥ 1}}]
actions:
  - {id: watch, from: III, executor: health, do: DO, within: 1 h, of: start, basis: {source: law}}
  - {id: lead, from: III, executor: {post: chief}, do: lead, within: 1 h, of: start}
reports:
  - {id: news, from: III, by: office, to: government, within: 1 h, of: start}
"""


def made(small: Small, do: str = "watch", **header: Any) -> tuple[Paper, ...]:
    small.plan("dam", DAM.replace("DO", f'{{zh: "{do}"}}'))
    return papers_of(
        small.assess(stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10", **header)
    )


def of_kind(papers: tuple[Paper, ...], kind: str) -> Paper:
    return next(one for one in papers if one.head.kind == kind)


def docx_text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def headers(content: bytes) -> list[str]:
    return [section.header.paragraphs[0].text for section in Document(BytesIO(content)).sections]


def test_the_three_forms_say_the_same(papers: Papers) -> None:
    (notice,) = papers("flood-day", "19T10:15", kinds=("notice",), plan="linjiang/flood")
    templates = Templates()
    html, markdown = (templates.rendered(notice, form).decode() for form in ("html", "md"))  # type: ignore[arg-type]
    word = docx_text(templates.rendered(notice, "docx"))
    for text in (
        "关于启动《临江市防汛抗旱应急预案》防汛应急响应（一级）的通知",
        "发布动员令，全市转入防汛抢险状态",
        "7月19日11时10分前",
        "3天，至7月22日10时10分（启动决定载明）。",
        "《临江市防汛抗旱应急预案》4.3.1（本地自定）",
        "签发：市长",
    ):
        assert text in html
        assert text in markdown
        assert text in word
    assert markdown.startswith("# 关于启动《临江市防汛抗旱应急预案》防汛应急响应（一级）的通知\n")
    assert "<small>〔依据：《临江市防汛抗旱应急预案》4.2.1（本地自定）〕</small>" in markdown


def test_the_same_paper_is_the_same_file(papers: Papers) -> None:
    (notice,) = papers("flood-day", "19T10:15", kinds=("notice",), plan="linjiang/flood")
    for form in ("html", "md", "docx"):
        assert Templates().rendered(notice, form) == Templates().rendered(notice, form)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "banner", "prefix"), [("exercise", "演　练", "演练-"), ("test", "测　试", "测试-")]
)
def test_what_is_not_actual_says_so_on_every_page_and_in_every_name(
    small: Small, status: str, banner: str, prefix: str
) -> None:
    every = made(small, status=status)
    assert {one.head.kind for one in every} == {"notice", "order", "report", "card"}
    for paper in every:
        assert paper.head.stem.startswith(prefix)
        html = Templates().html(paper)
        assert f'<div class="watermark">{banner}</div>' in html  # printed on each page
        assert f'@top-right {{ content: "{banner}"' in html
        assert f'<div class="banner">{banner}</div>' in html
        assert Templates().rendered(paper, "md").decode().startswith(f"**{banner}**")
        assert all(text.startswith(banner) for text in headers(Templates().rendered(paper, "docx")))


def test_an_actual_paper_has_no_banner(small: Small) -> None:
    for paper in made(small):
        assert "演" not in Templates().html(paper)
        assert not paper.head.stem.startswith("演练")


def test_unverified_figures_cannot_be_missed(small: Small) -> None:
    notice = of_kind(made(small), "notice")
    html = Templates().html(notice)
    assert "本件所引条款含未经与公布文本核对的数值" in html
    assert '《the law》4<span class="unverified">（未核实）</span>' in html
    assert "《the law》4**（未核实）**" in Templates().rendered(notice, "md").decode()
    assert "《the law》4（未核实）" in docx_text(Templates().rendered(notice, "docx"))


def test_hostile_text_is_text(small: Small) -> None:
    every = made(small, HOSTILE, label={"zh": HOSTILE.replace("\\\\", "\\")})
    for paper in every:
        html = Templates().html(paper)
        assert "<script" not in html
        assert "49" not in html.partition("</style>")[2].replace("{{ 7 * 7 }}", "")
        markdown = Templates().rendered(paper, "md").decode()
        assert "<script" not in markdown.replace("\\<script", "")
        assert not {"/", "\\", "<", "{", " "} & set(paper.head.stem)
    order = of_kind(every, "order")
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}|[x](javascript:y) *z*"
        in Templates().html(order)
    )
    assert (
        "\\<script\\>alert(1)\\</script\\>\\{\\{ 7 \\* 7 \\}\\}\\|\\[x\\](javascript:y) \\*z\\*"
        in Templates().rendered(order, "md").decode()
    )
    assert "<script>alert(1)</script>{{ 7 * 7 }}|[x](javascript:y) *z*" in docx_text(
        Templates().rendered(order, "docx")
    )


def test_a_city_replaces_one_template_and_all_forms_follow(small: Small, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "notice.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block content %}<p>本市格式：{{ paper.head.title }}</p>{{ parts.list(paper.level) }}{% endblock %}'
    )
    every = made(small)
    templates = Templates(own)
    notice = of_kind(every, "notice")
    assert "本市格式：关于启动《dam plan》dam（三级）的通知" in templates.html(notice)
    assert (
        "\n本市格式：关于启动《dam plan》dam（三级）的通知\n"
        in templates.rendered(notice, "md").decode()
    )
    assert "本市格式：" in docx_text(templates.rendered(notice, "docx"))
    assert "本市格式" not in templates.html(of_kind(every, "order"))


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a\n{% if %}", "notice.html.j2:2", "Expected an expression"),
        ("a\n\n{{ paper.nothing }}", "notice.html.j2:3", "has no attribute 'nothing'"),
        ("{{ paper.__class__.__mro__ }}", "notice.html.j2:1", "unsafe"),
        ("{{ 1 // 0 }}", "notice.html.j2:1", "division"),
        ('{% include "../../../secret" %}', "notice.html.j2:1", "secret"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(
    small: Small, tmp_path: Path, text: str, place: str, message: str
) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "notice.html.j2").write_text(text)
    with pytest.raises(UnusableTemplateError) as caught:
        Templates(own).html(of_kind(made(small), "notice"))
    assert f"{place}：模板不可用：" in caught.value.text.zh
    assert f"{place}: the template cannot be used: " in caught.value.text.en
    assert message in caught.value.text.en


def test_two_papers_never_share_a_file(papers: Papers) -> None:
    for name, at in (("flood-day", "19T09:30"), ("mine-flood", "21T10:45")):
        stems = [one.head.stem for one in papers(name, at)]
        assert len(set(stems)) == len(stems)


def test_each_annex_begins_a_page_in_print_and_in_word(papers: Papers) -> None:
    (notice,) = papers("flood-day", "19T10:15", kinds=("notice",), plan="linjiang/flood")
    html = Templates().html(notice)
    assert ".annex { break-before: page; }" in html
    titles = [
        "附件1　响应事项、级别和依据",
        "附件2　措施分工和主送单位",
        "附件3　信息报告和发布",
        "附件4　预案衔接、待核实和待人决定",
        "附件5　不详和推定的情况",
    ]
    for title in titles:
        assert f'<h2 class="annex">{title}</h2>' in html
    document = Document(BytesIO(Templates().rendered(notice, "docx")))
    breaks = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert breaks == titles
    footer = document.sections[0].footer.paragraphs[0]._p.xml
    assert ">PAGE<" in footer
    assert ">NUMPAGES<" in footer
