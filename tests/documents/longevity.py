"""Ways to ask somebody how long they will stay, each as a pattern with an example, and a reader of what is shipped.

Nothing of this is about a single word alone: `stay` and `year` are ordinary words, asking for them together is not.

Source: REQUIREMENTS C4.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.documents.small_templates import parts_of

_HERE = r"\b(?:here|with us|on board|(?:at|in|with|for|to) (?:the|this|our|your) (?:company|organi[sz]ation|firm|employer))\b"
_STAY = r"\b(?:stay(?:ing)?|remain(?:ing)?|stick(?:ing)? around|be around)\b"
_LEAVE = r"\b(?:leav(?:e|es|ing)|quit(?:s|ting)?|resign(?:s|ing)?|mov(?:e|ing) on|walk(?:ing)? away)\b"
_YEARS = r"\b(?:\d+|a|one|two|three|four|five|ten|some|few|many) (?:more )?(?:years?|months?)\b"

PROBES: tuple[tuple[str, str], ...] = (
    # How long, until when, how many years
    (rf"\bhow (?:much )?long(?:er)?\b.{{0,40}}(?:{_STAY}|{_HERE}|\bsee yourself\b)", "How long do you see yourself here?"),
    (rf"\bhow many (?:more )?(?:years|months)\b.{{0,40}}(?:{_STAY}|{_HERE}|\bwork for us\b)", "How many more years do you expect to be with us?"),
    (rf"\b(?:until|till) when\b.{{0,30}}(?:{_STAY}|{_HERE}|\bwork for us\b)", "Until when will you work for us?"),
    (rf"\bsee (?:yourself|you)\b.{{0,50}}(?:{_HERE}|\bstill\b)", "Do you see yourself at this company next year?"),
    (rf"\bwhere\b.{{0,30}}\b(?:see|picture|imagine) yourself\b.{{0,30}}{_YEARS}", "Where do you see yourself in five years?"),
    (rf"{_YEARS}.{{0,30}}{_HERE}", "What will you have done after three years at this company?"),
    (rf"\bstill\b.{{0,15}}(?:{_HERE}|\bwork(?:ing)? for us\b|\bwork(?:ing)? here\b)", "Will you still be working here next summer?"),
    (r"\b(?:rest|remainder) of your (?:career|working life)\b", "Could you spend the rest of your career in this job?"),
    (rf"\bspend\b.{{0,20}}\b(?:career|years)\b.{{0,20}}{_HERE}", "Can you imagine to spend your career with us?"),
    (r"\bsoon(?:er)?\b.{0,20}\b(?:be gone|be leaving|leave)\b", "Will you soon be gone?"),
    (r"\blast (?:day|week|month|year)\b.{0,10}\b(?:here|with us|at (?:the|this) company)\b", "When might be your last day with us?"),
    # Staying
    (rf"\b(?:plan|intend|expect|hope|want|likely|prepared|willing|ready|committed|happy|content|going|mean)\w* (?:on |to )?{_STAY}", "Do you plan to stay?"),
    (rf"\bwould you\b.{{0,20}}{_STAY}", "For which salary would you stay?"),
    (rf"\bwill (?:you|he|she|they)\b.{{0,15}}{_STAY}", "Will she stay?"),
    (rf"\b(?:what|which|who)\b.{{0,30}}\b(?:make|convince|persuade|get|help)s? (?:you|them|him|her)\b.{{0,8}}{_STAY}", "What would make you stay?"),
    (rf"\breasons?\b.{{0,10}}\b(?:to|for|you|why)\b.{{0,10}}{_STAY}", "Name three reasons for staying."),
    (r"\bkeeps? (?:you|them|him|her|people)\b.{0,15}\b(?:here|with us|in (?:the|this) (?:company|job)|at the company)\b", "What keeps you here?"),
    (r"\bstay(?:ing)? (?:interview|conversation|talk|power)\b", "Notes of the stay interview"),
    (rf"\b(?:guarantee|promise|assure|count on|rely on|depend on)\b.{{0,30}}(?:{_STAY}|{_HERE})", "Can we count on you being here next year?"),
    (r"\bstick (?:around|with us|it out)\b", "Will you stick with us?"),
    (r"\bhang(?:ing)? (?:around|on in there)\b", "For how many projects are you hanging around?"),
    (r"\b(?:put(?:ting)? down|have|grow(?:ing)?) roots\b|\bfeel settled\b", "Do you feel settled?"),
    # Leaving
    (rf"\b(?:think|thought|thinking|dream|dreaming)\b.{{0,20}}\b(?:of|about)\b.{{0,20}}(?:{_LEAVE}|\bgoing\b)", "Have you ever thought about leaving?"),
    (rf"\b(?:consider|tempt|plan|intend|want|likely|decid|wish|close|ready|time)\w*\b.{{0,15}}{_LEAVE}", "Are you considering to leave?"),
    (rf"{_LEAVE}.{{0,20}}\b(?:us|the company|this company|our company|the organi[sz]ation|the firm|your job|the team|your employer)\b", "Leaving the company: yes or no?"),
    (rf"{_LEAVE}.{{0,20}}\b(?:field|profession|industry|sector|trade)\b", "Do you see a reason for leaving the profession?"),
    (rf"\b(?:make|cause|lead|prompt|push|drive|get)s?\b.{{0,15}}\b(?:you|them|him|her)\b.{{0,10}}(?:{_LEAVE}|\bto go\b)", "What would make you leave?"),
    (rf"\b(?:why|when|if|should|would|will|did|do|could|might)\b.{{0,8}}\b(?:you|he|she|they)\b.{{0,10}}{_LEAVE}", "If you left out pay, would you leave?"),
    (r"\bresign(?:ed|ation|ations)?\b", "Date of a possible resignation"),
    (r"\bquit(?:ting)?\b", "Quitting: what speaks for it?"),
    (r"\b(?:hand(?:ed|ing)? in|giv(?:e|es|ing|en)|serv(?:e|ing))\b.{0,12}\bnotice\b", "Are you about to give notice?"),
    (r"\bexit (?:interview|plans?|intentions?|risk|talk|date|strategy)\b", "Exit plans"),
    (r"\b(?:depart(?:ure|ing)|getting out)\b", "Is a departure possible?"),
    (r"\bjump(?:ing)? ship\b", "Who of the team might jump ship?"),
    (r"\bone foot out\b|\bwith one foot\b", "Do you have one foot out of the door?"),
    (r"\bgreener (?:grass|pastures)\b|\bgrass is greener\b", "Are there greener pastures?"),
    (r"\bstepping stone\b", "Is this job a stepping stone?"),
    # Elsewhere
    (r"\blook(?:s|ed|ing)?\b.{0,20}\b(?:elsewhere|outside|for (?:a |an |another |other |new |different )*(?:jobs?|employers?|position))\b", "Are you looking elsewhere?"),
    (r"\bjob[ -]?(?:hunt|search|seek|market|board)\w*", "Are you on the job market?"),
    (r"\bappl(?:y|ied|ying|ications?)\b.{0,30}\b(?:elsewhere|outside|(?:other|another|different) (?:compan|employer|job|firm)\w*)", "Have you applied to another company?"),
    (r"\binterview(?:s|ed|ing)?\b.{0,20}\b(?:elsewhere|outside|with (?:other|another)|at (?:other|another))\b", "Did you have interviews elsewhere?"),
    (r"\b(?:job|external|outside|competing|counter|other|rival)[ -]?offers?\b", "Do you have an outside offer?"),
    (r"\b(?:recruiters?|head[ -]?hunters?)\b", "Do recruiters call you?"),
    (r"\b(?:next|another|different|new|future|other|better) (?:employer|company|firm)s?\b", "What must a future employer offer?"),
    (r"\b(?:join|work(?:ing)? for|mov(?:e|ing) to|go(?:ing)? to|switch(?:ing)? to)\b.{0,12}\bcompetitors?\b", "Would you go to a competitor?"),
    (r"\bopen to\b.{0,20}\b(?:offers?|outside|external|other (?:employers?|companies|jobs?))\b", "Are you open to offers?"),
    (r"\b(?:updat|polish|refresh|send|sent)\w*\b.{0,15}\b(?:cv|r[ée]sum[ée]|linkedin)\b", "When did you last update your CV?"),
    (r"\b(?:start|found|open|set up)\w*\b.{0,12}\b(?:your own|own|a) (?:business|company|firm|start ?up)\b", "Would you like to start your own business?"),
    (r"\bplans?\b.{0,10}\b(?:outside|beyond|after|away from)\b.{0,6}\b(?:the|this|our|your) (?:company|organi[sz]ation|firm|employer)\b", "What are your plans beyond this company?"),
    (r"\b(?:career|life) after (?:us|(?:the|this|our) company|here)\b", "How do you picture your career after us?"),
    # What employers call it
    (r"\bflight[ -]?risks?\b", "Flight risk: low, middle, high"),
    (r"\bretention\b(?! (?:months|of (?:documents|records|data)))", "Retention: how sure are we?"),
    (r"\bretain(?:ing|ed)? (?:you|him|her|them|this|the employee|people|staff|talent)\b", "What must we do for retaining this employee?"),
    (rf"\brisk (?:of|that)\b.{{0,25}}(?:{_LEAVE}|\blos(?:e|ing)\b)", "How high is the risk of losing this person?"),
    (r"\battrition\b", "Attrition forecast"),
    (r"\bturnover (?:intentions?|risk|likelihood)\b|\bintent to turn ?over\b", "Turnover intention, 1 to 5"),
    (r"\bintent(?:ions?)? (?:to|of|for) (?:stay|remain|leav|go)\w*", "Intent to stay, 1 to 5"),
    (r"\b(?:intended|expected|planned|likely|desired|remaining) (?:tenure|length of service|stay|time with us)\b", "Expected tenure"),
    (r"\bloyal(?:ty)?\b", "How loyal are you to us?"),
    (r"\b(?:stay|stay-on) bonus\b|\bgolden handcuffs\b", "Would a stay bonus help?"),
    (r"\bcommit(?:ted|ment|s)?\b.{0,20}(?:\bto (?:us|staying)\b|\blong[ -]term\b|\b(?:the|this|our) (?:company|organi[sz]ation|firm)\b)", "How strong is your commitment to the company?"),
    (r"\blong[ -]?term\b.{0,20}\b(?:future|plans?|intentions?|commitment|employee|here|with us|perspective)\b", "What are your long-term intentions?"),
    (rf"\bfuture\b.{{0,20}}{_HERE}", "Do you see a future with us?"),
    (rf"\b(?:chances?|likelihood|probab\w+|odds|likely|sure|certain|confident)\b.{{0,40}}(?:{_HERE}|{_STAY}|{_LEAVE})", "How likely is it that you are with us a year from now?"),
    (r"\b(?:join|choose|pick|apply to) us again\b|\bcome back to us\b", "Would you join us again?"),
    (r"\brecommend\b.{0,25}\b(?:us|company|employer|place to work)\b", "Would you recommend us as an employer?"),
    # By way of private life
    (r"\bretire(?:ment|s)?\b|\bretiring\b", "When do you want to retire?"),
    (r"\b(?:plan|intend|want|expect|think|wish)\w*\b.{0,20}\b(?:children|kids|a family|a baby|pregnan\w+|parental leave|maternity)\b", "Are you planning a family?"),
    (r"\b(?:plan|intend|want|think|like)\w*\b.{0,20}\b(?:mov(?:e|ing) (?:away|abroad|home|back)|emigrat\w+|relocat\w+)\b", "Do you plan to move abroad?"),
    (r"\b(?:visa|work permit|residence permit)\b.{0,25}\b(?:expires?|runs? out|ends?)\b", "When does your visa expire?"),
    (r"\b(?:partner|spouse|husband|wife)(?:'s)?\b.{0,25}\b(?:job|works?|moves?|relocat\w*)\b", "Could your partner's job make you move?"),
    (r"\b(?:go|going|return|returning) (?:back )?to (?:university|college|school|study|studying)\b", "Will you go back to university?"),
)  # fmt: skip

_COMPILED = tuple(re.compile(pattern) for pattern, _ in PROBES)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def probes_in(text: str) -> list[str]:
    """The patterns that `text` fits, whatever its case, apostrophes and line breaks."""
    plain = " ".join(text.casefold().replace("’", "'").replace("\u00a0", " ").split())
    return [pattern.pattern for pattern in _COMPILED if pattern.search(plain)]


def template_texts(path: Path) -> list[str]:
    """The text of each paragraph of a Word template in all its parts, or of a text or HTML template as a whole."""
    if path.suffix != ".docx":
        return [re.sub(r"<[^>]+>", " ", path.read_text("utf-8"))]
    found = []
    for name, data in parts_of(path.read_bytes()).items():
        if name.endswith(".xml"):
            root = etree.fromstring(data)
            found += [
                "".join(piece.text or "" for piece in one.iter(f"{_W}t")) for one in root.iter(f"{_W}p")
            ]
            found += [str(value) for one in root.iter() for key, value in one.attrib.items() if " " in value]
    return [text for text in found if text.strip()]


def module_texts(path: Path) -> list[str]:
    """Every text written into a module; not its documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {id(node) for node in _documentation(tree)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def _documentation(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
