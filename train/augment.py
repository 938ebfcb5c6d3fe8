"""Variety that the corpus lacks: other quotation marks, names from everywhere, lost case, statements within statements.
All words here are our own; names are invented."""
import random
import re

GIVEN = '''Amira Tomasz Ngozi Haruto Leyla Diego Priya Olena Kwame Ingrid Farid Mei Rashid Siobhan Bogdan Yara Chidi Lucía Anneke Jun Samir Dorota
Thandiwe Rui Nasrin Emeka Katarzyna Hyun-woo Zeynep Matteo Soraya Goran Abena Tariq Maeve Vikram Noor Laszlo Fatou Ibrahim Wen Rosalind Gareth Callum'''.split()
FAMILY = '''al-Masri Kowalczyk Okonkwo Takahashi Yıldız Fernández Venkataraman Kovalenko Mensah Lindqvist al-Tamimi Zhang Haddad O’Dowd Petrescu Khoury
Adeyemi Vargas de Wit Nakamura bin Saleh Nowak Dlamini Carvalho Rahimi Eze Wójcik Park Demir Ricci Karimi Jovanović Boateng al-Jabouri Byrne
Chatterjee Mansour Szabó Diallo abu Zayd Liu Featherstonehaugh Pryce Marsden Trevelyan'''.replace('de Wit', 'de_Wit').replace('bin Saleh', 'bin_Saleh').replace('abu Zayd', 'abu_Zayd').split()
FAMILY = [f.replace('_', ' ') for f in FAMILY]
OFFICES = ['a council spokeswoman', 'the deputy foreign minister', 'head of the dockers’ union', 'a senior police officer', 'the group’s secretary general',
           'who chairs the inquiry', 'the provincial governor', 'a lawyer for the family', 'an adviser to the cabinet', 'the ministry’s chief economist']
GROUPS = ['A spokesman for the ministry', 'Two officials', 'The opposition bloc', 'Residents', 'The army', 'Downing Street', 'The state news agency',
          'A source close to the talks', 'Tehran', 'The central bank', 'The party', 'Aid workers', 'The inquiry', 'The embassy', 'A local broadcaster']
OUTER = ['said that', 'added that', 'went on to say that', 'claimed that', 'told reporters that', 'insisted that', 'reported that', 'pointed out that',
         'confirmed that', 'stressed that', 'alleged that', 'told the newspaper that', 'wrote that', 'acknowledged that', 'believes that', 'denied that']
TRAILING = ['said', 'according to', 'told the broadcaster', 'added', 'claimed']
NAMED_ONLY = ['{n} spoke at length about {t}.', '{n} talked about {t} during the visit.', '{n} discussed {t} with aides.', 'The meeting touched on {t}.',
              '{n} spoke about {t} for an hour.', 'They will discuss {t} next week.', '{n} is to give a speech on {t}.', '{n} declined an interview.',
              'There was a disagreement in the committee over {t}.', '{n} attempts to form a coalition despite {t}.']
TOPICS = ['the harvest', 'the ongoing presence of foreign troops', 'the price of bread', 'the port dispute', 'the budget', 'flood defences', 'the strike',
          'the prisoners’ families', 'the political crisis gripping the country', 'rail fares', 'the election', 'water rights', 'the ceasefire']
MARKS = [('“”’‘', '""\'\''), ('“”‘’', '‘’“”'), ('“”', '\'\''), ('“”', '«»'), ('“”', '„“'), ('""', '“”')]


def name(rng):
    return rng.choice(GIVEN) + ' ' + rng.choice(FAMILY)


def speaker(rng):
    k = rng.random()
    if k < .35:
        return rng.choice(GROUPS)
    n = name(rng)
    return n if k < .7 else f'{n}, {rng.choice(OFFICES)},'


def splice(text, relations, edits):
    """Replaces text[start:end] by new for (start, end, new) in edits (sorted, apart); spans follow."""
    out, shift, last = [], [], 0
    for start, end, new in edits:
        out += [text[last:start], new]
        shift.append((start, end, len(new) - (end - start)))
        last = end
    out.append(text[last:])

    def move(p, closing):
        d = 0
        for start, end, delta in shift:
            if end < p or (end == p and (end > start or not closing)):
                d += delta
            elif start < p < end:
                return start + d if not closing else end + d + delta
        return p + d
    moved = [{role: [(move(b, False), move(e, True)) for b, e in spans] for role, spans in r.items()} for r in relations]
    return ''.join(out), moved


def other_marks(text, rng):
    """Swaps quotation marks for another house's, one code point for one, so that no span moves."""
    before, after = rng.choice(MARKS)
    if before == '""':
        opened, out = False, []
        for c in text:
            if c == '"':
                opened = not opened
                c = '“' if opened else '”'
            elif c == '\n':
                opened = False
            out.append(c)
        return ''.join(out)
    if before[:2] == '“”' and len(before) == 4 and after.startswith('‘'):
        out = []
        for k, c in enumerate(text):
            apostrophe = c in '‘’' and k and text[k - 1].isalnum() and text[k + 1:k + 2].isalnum()
            out.append(c if apostrophe else after[before.index(c)] if c in before else c)
        return ''.join(out)
    return text.translate(str.maketrans(before, after))


def other_names(text, relations, rng):
    """Gives the names that speak most in an article to people from elsewhere, the same name to the same person throughout."""
    seen = {}
    for r in relations:
        for b, e in r['source']:
            for m in re.finditer(r"\b[A-Z][a-z]{3,}\b", text[b:e]):
                if b + m.start() > 1 and text[b + m.start() - 2] not in '.\n”"':
                    seen[m.group()] = seen.get(m.group(), 0) + 1
    chosen = {w: rng.choice(FAMILY) for w, k in seen.items() if k > 1 and rng.random() < .7}
    if not chosen:
        return text, relations
    edits = [(m.start(), m.end(), chosen[m.group()]) for m in re.finditer(r'\b(' + '|'.join(map(re.escape, chosen)) + r')\b', text)]
    return splice(text, relations, edits)


def nest(text, relations, rng):
    """Puts some sentences of plain or indirect speech into somebody's mouth: the outer statement is new, the inner ones stay."""
    places, position = [], 0
    for paragraph in text.split('\n\n'):
        start, end = position, position + len(paragraph)
        position = end + 2
        if 60 < len(paragraph) < 350 and paragraph.endswith('.') and not re.search('[“”"‘«:]|[.?!] ', paragraph) and paragraph[0].isupper():
            held = [r for r in relations if any(b < end and e > start for s in r.values() for b, e in s)]
            if all(start <= b and e <= end for r in held for s in r.values() for b, e in s):
                places.append((start, end, bool(held)))
    inner = [p for p in places if p[2]]
    rng.shuffle(inner)
    rest = [p for p in places if not p[2]]
    rng.shuffle(rest)
    for start, end, _ in sorted(inner[:2] + rest[:1], reverse=True):
        who = speaker(rng)
        if rng.random() < .75:
            cue = rng.choice(OUTER)
            lead = f'{who} {cue[:-5]} '
            word = text[start:start + 1].lower() if re.match(r'(The|A|An|In|On|He|She|They|It|But|Some|Many|Most|His|Her|Their)\b', text[start:end]) else text[start]
            text, relations = splice(text, relations, [(start, start, lead + 'that '), ])
            at = start + len(lead) + 5
            text = text[:at] + word + text[at + 1:]
            source = who.rstrip(',')
            relations = relations + [dict(source=[(start, start + len(source))], cue=[(start + len(who) + 1, start + len(lead) - 1)],
                                          content=[(start + len(lead), end + len(lead) + 4)])]
        else:
            cue, who = rng.choice(TRAILING), who.rstrip(',')
            text, relations = splice(text, relations, [(end - 1, end - 1, f', {cue} {who}' if cue == 'according to' else f', {who} {cue}')])
            first, second = (cue, who) if cue == 'according to' else (who, cue)
            a = end + 1
            b = a + len(first) + 1
            spans = {0: (a, a + len(first)), 1: (b, b + len(second))}
            source, at = (spans[1], spans[0]) if cue == 'according to' else (spans[0], spans[1])
            relations = relations + [dict(source=[source], cue=[at], content=[(start, end - 1)])]
    return text, relations


def named_only(text, relations, rng):
    """Sets one or two paragraphs in which a talk is only named."""
    breaks = [m.start() for m in re.finditer('\n\n', text)]
    for at in sorted(rng.sample(breaks, min(len(breaks), 2)), reverse=True):
        if any(b < at < e for r in relations for s in r.values() for b, e in s):
            continue
        line = rng.choice(NAMED_ONLY).format(n=rng.choice([name(rng), 'The minister', 'He', 'She']), t=rng.choice(TOPICS))
        text, relations = splice(text, relations, [(at, at, '\n\n' + line)])
    return text, relations


def vary(text, relations, seed):
    """A variant of an article, or None where the dice leave it as it is."""
    rng, was = random.Random(seed), text
    if rng.random() < .15:
        text, relations = other_names(text, relations, rng)
    if rng.random() < .2:
        text, relations = nest(text, relations, rng)
    if rng.random() < .12:
        text, relations = named_only(text, relations, rng)
    if rng.random() < .25:
        text = other_marks(text, rng)
    return None if text == was else (text, relations)


def lose_case(shapes, rng):
    """Sometimes a window is in small letters, or its first words in capitals (shape classes of features.py)."""
    k = rng.random()
    if k < .04:
        shapes = shapes.copy()
        shapes[shapes >= 4] = 3
    elif k < .07:
        shapes = shapes.copy()
        head = shapes[:rng.randrange(8, 24)]
        head[head >= 3] = 4
    return shapes
