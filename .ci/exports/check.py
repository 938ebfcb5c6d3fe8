"""Reads what `whosaid export` wrote with programs that are not ours.

usage: check.py FOLDER SCORERS

FOLDER holds an export of one archive in each format (x.csv, x.parquet, brat/, …)
and the records themselves, x.jsonl. SCORERS holds the reference scorers.
"""
import csv
import html.parser
import json
import os
import sys
import unicodedata
import warnings
from pathlib import Path

import conllu
import pyarrow.parquet
from followthemoney import model
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import SDO

folder, scorers = Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, scorers)
import score_attributions  # noqa: E402

# JSON Lines have past versions too, the others the current one of each article.
records = [r for r in map(json.loads, open(folder / "x.jsonl", encoding="utf8")) if r["format"] == "whosaid/1" and r["archive"]["current"]]
statements = [(r, s) for r in records for s in r["statements"]]
by_model = [(r, s) for r, s in statements if s["by"] == "model"]
assert len(statements) > 20 and len(records) > 2, "there is too little to check"


def pairs(spans):
    return sorted((s["start"], s["end"]) for s in spans)


def same(got, want, what):
    assert got == want, f"{what}: {got!r}, want {want!r}"


def table():
    rows = list(csv.DictReader(open(folder / "x.csv", encoding="utf8", newline="")))
    same(len(rows), len(statements), "rows")
    for row, (r, s) in zip(rows, statements):
        same((row["article_id"], row["statement_id"], row["kind"]), (r["article"]["id"], s["id"], s["kind"]), "row")
        same(float(row["confidence"]), s["confidence"], "confidence")
        if s["content"]:
            same(int(row["start"]), min(c["start"] for c in s["content"]), "start")
    typed = pyarrow.parquet.read_table(folder / "x.parquet")
    same({str(f.name): str(f.type) for f in typed.schema if str(f.type) != "string"},
         {"conditional": "bool", "confidence": "double", "start": "int32", "end": "int32"}, "types")
    for cells, row in zip(typed.to_pylist(), rows, strict=True):
        for name, cell in cells.items():
            text = "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
            if isinstance(cell, float):
                same(cell, float(row[name]), name)
            else:
                same(text, row[name][1:] if row[name].startswith("'") and not text.startswith("'") else row[name], name)


def brat():
    used = {}
    for r in records:
        name = Path(r["article"]["file"]).stem
        used[name] = used.get(name, 0) + 1
        stem = folder / "brat" / (name + (f"-{used[name]}" if used[name] > 1 else ""))
        same(stem.with_suffix(".txt").read_text("utf8"), r["article"]["text"], "text")
        read = score_attributions.read_ann(stem.with_suffix(".ann"))
        whole = [s for s in r["statements"] if s["by"] == "model" and (s["cue"] or s["source"] or s["content"])]
        same(len(read), len(whole), f"events of {stem}")
        for event, s in zip(read, whole):
            for role in ("source", "cue", "content"):
                same(sum(e - b for b, e in event[role]), sum(len(x["text"].replace("\n", "")) for x in s[role]), f"{s['id']} {role}")


def conll():
    fields = open(folder / "x.conll", encoding="utf8").readline().split("=")[1].split()
    same(fields, ["ID", "FORM", "WHOSAID:OUTER", "WHOSAID:INNER", "WHOSAID:DEEPER", "MISC"], "columns")
    texts, tags = {r["article"]["id"]: r["article"]["text"] for r in records}, {}
    article = None
    for sentence in conllu.parse_incr(open(folder / "x.conll", encoding="utf8")):
        article = sentence.metadata.get("newdoc id", article)
        for token in sentence:
            begin, end = map(int, token["misc"]["TokenRange"].split(":"))
            same(texts[article][begin:end], token["form"], "form")
            for n, level in enumerate(("outer", "inner", "deeper")):
                tag = token["whosaid:" + level]
                if tag != "O":
                    tags.setdefault((article, n), []).append((begin, end, tag))
    for r, s in by_model:
        level, up = 0, s["parent"]
        while up:
            level, up = level + 1, next((p["parent"] for p in r["statements"] if p["id"] == up), None)
        for cue in s["cue"]:
            covered = [t for t in tags.get((r["article"]["id"], min(level, 2)), []) if cue["start"] <= t[0] and t[1] <= cue["end"]]
            assert covered and all(t[2].endswith("-Cue") for t in covered), f"cue {cue} of {s['id']}: {covered}"
            same((covered[0][0], covered[-1][1]), (cue["start"], cue["end"]), "bounds of a cue")


def citron():
    quotes = 0
    for r in records:
        doc = json.load(open(folder / "citron" / (r["article"]["id"] + ".json"), encoding="utf8"))
        known = {s["id"]: s for s in r["statements"]}
        for q in doc["quotes"]:
            s = known[q["id"].rsplit("-", 1)[1]]
            for span in [q["cue"], *q["sources"], *q["contents"], *q["coreferences"]]:
                same(doc["text"][span["start"]:span["end"]], span["text"], "span")
            same((pairs(q["sources"]), pairs(q["contents"])), (pairs(s["source"]), pairs(s["content"])), "quote")
            quotes += 1
        for group in doc["coreference_groups"]:
            assert group and all(doc["text"][m["start"]:m["end"]] == m["text"] for m in group)
    same(quotes, sum(1 for _, s in by_model if s["cue"]), "quotes")


def graph(name, context):
    data = json.load(open(folder / name, encoding="utf8"))
    same(data["@context"], context["@id"], "context")
    data["@context"] = {k: v for k, v in context.items() if k != "@id"}
    return Graph().parse(data=json.dumps(data), format="json-ld")


def schema_org():
    # The vocabulary comes with rdflib, the context only says that all words are its.
    context = {"@id": "https://schema.org", "@vocab": str(SDO), "url": {"@type": "@id"}}
    for name, kind, text in (("x.quotation", SDO.Quotation, (SDO.text, SDO.abstract)), ("x.claimreview", SDO.ClaimReview, (SDO.claimReviewed,))):
        g = graph(name, context)
        for s, p, o in g:
            for term in (p, o if p == RDF.type else SDO.Thing):
                assert term == RDF.type or term in SDO, f"{name}: schema.org has no {term}"
        things = set(g.subjects(RDF.type, kind))
        said = {str(o) for t in text for o in g.objects(None, t)}
        asked = {"question", "demand", "praise", "criticism"} if kind == SDO.ClaimReview else set()
        want = [s for _, s in statements if s["kind"] not in asked and (kind == SDO.Quotation or s["content"])]
        same(len(things), len(want), f"things in {name}")
        for s in want:
            assert all(any(" ".join(c["text"].split()) in x for x in said) for c in s["content"]), s["id"]


OA = Namespace("http://www.w3.org/ns/oa#")


def web_annotation():
    # The terms of https://www.w3.org/TR/annotation-vocab/ that the model's context gives these keys.
    oa = str(OA)
    context = {
        "@id": "http://www.w3.org/ns/anno.jsonld", "id": "@id", "type": "@type", "@vocab": "urn:unknown:",
        "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list"},
        "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
        "body": {"@id": oa + "hasBody", "@type": "@id"}, "target": {"@id": oa + "hasTarget", "@type": "@id"},
        "source": {"@id": oa + "hasSource", "@type": "@id"}, "selector": {"@id": oa + "hasSelector", "@type": "@id"},
        "motivation": {"@id": oa + "motivatedBy", "@type": "@vocab"}, "purpose": {"@id": oa + "hasPurpose", "@type": "@vocab"},
        "value": str(RDF.value), "format": "http://purl.org/dc/elements/1.1/format", "language": "http://purl.org/dc/elements/1.1/language",
        **{k: oa + k for k in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "exact",
                               "prefix", "suffix", "start", "end", "identifying", "classifying", "describing")},
    }
    g = graph("x.annotation", context)
    unknown = [t for triple in g for t in triple if str(t).startswith("urn:unknown:")]
    assert not unknown, f"the vocabulary has no {unknown[:3]}"
    texts = {}
    for r in records:
        texts[r["article"]["url"] or "urn:whosaid:" + r["article"]["id"]] = r["article"]["text"]
    # What the model says there must be: https://www.w3.org/TR/annotation-model/
    for a in g.subjects(RDF.type, OA.Annotation):
        assert isinstance(a, URIRef) and list(g.objects(a, OA.hasTarget))
        for t in g.objects(a, OA.hasTarget):
            same(len(list(g.objects(t, OA.hasSource))), 1, "sources of a specific resource")
    same(len(set(g.subjects(RDF.type, OA.Annotation))), len(statements), "annotations")
    for part in g.subjects(RDF.type, OA.SpecificResource):
        text, selectors = texts[str(g.value(part, OA.hasSource))], {g.value(s, RDF.type): s for s in g.objects(part, OA.hasSelector)}
        quote, position = selectors[OA.TextQuoteSelector], selectors[OA.TextPositionSelector]
        begin, end = g.value(position, OA.start).toPython(), g.value(position, OA.end).toPython()
        assert isinstance(begin, int) and 0 <= begin < end
        exact = str(g.value(quote, OA.exact))
        same(text[begin:end], exact, "exact")
        assert text[:begin].endswith(str(g.value(quote, OA.prefix) or "")) and text[end:].startswith(str(g.value(quote, OA.suffix) or ""))


def money():
    entities = {}
    for line in open(folder / "x.ftm", encoding="utf8"):
        data = json.loads(line)
        entity = model.get_proxy(data, cleaned=False)
        model.get(data["schema"]).validate(data)
        for name, values in data["properties"].items():
            composed = {unicodedata.normalize("NFC", v) for v in values}  # as its reader does
            same(sorted(entity.get(name)), sorted(composed), f"{data['schema']} {name} after it was cleaned")
        entities[entity.id] = entities[entity.id].merge(entity) if entity.id in entities else entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert value in entities, f"{entity.id}: {prop.name} is {value}, which is not there"
                assert entities[value].schema.is_a(prop.range), f"{entity.id}: {prop.name} cannot be a {entities[value].schema.name}"
    same(sum(e.schema.name == "Note" for e in entities.values()), len(statements), "notes")
    same(sum(e.schema.name == "Article" for e in entities.values()), len(records), "articles")


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.links, self.text = path, [], []
        self.feed(path.read_text("utf8"))

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "iframe", "object", "embed", "form") and not any(a.startswith("on") for a, _ in attrs), f"{self.path}: {tag}"
        self.links += [v for a, v in attrs if a in ("href", "src")]

    def handle_data(self, data):
        self.text.append(data)


def pages():
    files = list((folder / "html").rglob("*.html"))
    same(len(files), len(records) + 1, "pages")
    text = " ".join("".join(Page(f).text) for f in files)
    for f in files:
        for link in Page(f).links:
            if not link.startswith(("#", "http://", "https://")):
                assert (f.parent / link.split("#")[0]).is_file(), f"{f} leads to {link}"
    for r in records:
        assert all(w in text for w in r["article"]["text"].split()), "a page lacks words of its article"


failed = 0
warnings.simplefilter("ignore")
for check in (table, brat, conll, citron, schema_org, web_annotation, money, pages):
    try:
        check()
        print(f"{check.__name__}: read, {len(statements)} statements of {len(records)} articles")
    except Exception as error:  # the others are checked too
        failed += 1
        print(f"{check.__name__}: {type(error).__name__}: {error}")
sys.exit(failed > 0)
