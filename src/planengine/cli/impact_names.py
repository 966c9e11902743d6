"""What the things, rules and nodes of an impact are called, in one language."""

from __future__ import annotations

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.cli.graph_names import label_of
from planengine.cli.rule_rows import KIND_WORDS
from planengine.diagnostics.codes.names import CLAUSE_OF_SOURCE, words_of
from planengine.domain.written import Written
from planengine.graph.words import relation_word
from planengine.impact.following import NAMES, Following
from planengine.impact.owners import Owner
from planengine.impact.things import CLAUSE, PLAN, Thing


class Called(Struct):
    """Names things in one language."""

    words: Words
    following: Following

    def kind(self, thing: Thing) -> str:
        """What kind of thing it is: "a fact", "a level of the scale response"."""
        kind = CLAUSE_OF_SOURCE if thing.kind == CLAUSE and thing.owner else words_of(thing.kind)
        text = kind.in_language(self.words.language)
        if not thing.owner:
            return text
        of = self._owner(thing)
        return f"{of}的{text}" if self.words.language == "zh" else f"{text} of {of}"

    def _owner(self, thing: Thing) -> str:
        """What a level, value, attribute, track, clause or duty belongs to."""
        if thing.kind == "track":
            for key, plans in self.words.entities.plans.items():
                if f"plan/{plans[-1].id}" == thing.owner:
                    return self.words.document(key)
        return self.words.named(thing.owner)

    def thing(self, thing: Thing) -> str:
        """The label of a thing; its id where it has none."""
        owner = thing.owner
        if thing.kind == CLAUSE and owner:
            return f"{self.words.source(owner)} {thing.id}"
        if thing.kind == CLAUSE:
            data = self.following.graph.nodes.get(str(thing), {})
            return str(data.get("what", thing.id))
        if thing.kind == "level":
            return self.words.level(owner, thing.id)
        if thing.kind == "action":
            return self.words.action(owner, thing.id)
        if thing.kind in {PLAN, "standard"}:
            return self.words.document(thing.id)
        if thing.kind == "group":
            for plan in self.words.entities.plans.get(owner, ()):
                for group in plan.groups:
                    if group.id == thing.id:
                        return self.words.label(group.label, group.id)
        return self.words.named(thing.id)

    def owner(self, owner: Owner) -> str:
        """The rule or declaration that names a thing."""
        if not isinstance(owner, Thing):
            return self.rule(owner)
        text = self.thing(owner)
        if owner.kind in {PLAN, "standard"}:
            return text
        kind = words_of(owner.kind).in_language(self.words.language).removeprefix("a ")
        kind = kind.removeprefix("an ")
        if owner.owner:
            kind = f"{self._owner(owner)}·{kind}"
        return f"{kind}：{text}" if self.words.language == "zh" else f"{kind}: {text}"

    def rule(self, rule: Written) -> str:
        """A rule by its document, its kind and level, and what it says."""
        words = self.words
        parts = [words.document(rule.document)]
        if rule.track is not None:
            parts.append(words.track(rule.document, rule.track))
        level = self._level(rule)
        kind = KIND_WORDS[rule.kind].in_language(words.language)
        if rule.kind in {"level", "cell"}:
            parts.append(level or kind)
        elif rule.kind == "action":
            parts.append(f"{kind}：{words.action(rule.document, rule.item or '')}")
        elif rule.kind in {"report", "link", "release"}:
            parts.append(f"{kind}：{self._duty(rule)}" + (f"（{level}）" if level else ""))
        else:
            parts.append(kind)
        text = "·".join(parts)
        return (
            text
            if words.language == "zh"
            else text.replace("：", ": ").replace("（", " (").replace("）", ")")
        )

    def _duty(self, rule: Written) -> str:
        item = rule.item or ""
        if rule.kind == "release":
            return self.words.release(rule.document, item)
        return rule.text if rule.kind == "link" else self.words.report(rule.document, item)

    def _level(self, rule: Written) -> str | None:
        if rule.level is None:
            return None
        for editions in (self.words.entities.plans, self.words.entities.standards):
            for ruled in editions.get(rule.document, ()):
                for track in (*ruled.tracks, *ruled.warnings):
                    scale = self.words.entities.scales[track.scale]
                    own = track.id == rule.track or rule.track is None
                    if own and scale.rank(rule.level):
                        return self.words.level(scale.id, rule.level)
        return rule.level

    def node(self, key: str) -> str:
        """A node that was reached."""
        if key in self.following.graph:
            data = self.following.graph.nodes[key]
            text = label_of(self.words, data)
            if data["kind"] == "action":
                return f"{self.words.document(data['action'].plan)}·{text}"
            return text
        duty = self.following.duty(key)
        if duty is not None:
            return self.rule(duty)
        thing = self.following.thing(key)
        return self.owner(thing) if thing is not None else key

    def relation(self, relation: str) -> str:
        """What joins two nodes; nothing where one is only named in the other."""
        return "" if relation == NAMES else f"  {relation_word(relation, self.words.language)}"
