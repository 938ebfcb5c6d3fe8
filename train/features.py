"""What the encoder is told of each word piece beside its id: the shape of its word, whether it
stands inside quotation marks, whether it opens a paragraph. internal/annotate/pieces mirrors this."""

SHAPES = 8
QUOTES = 2
PARAGRAPHS = 3

OPEN = '“«‟'
CLOSE = '”»'


def shape(word):
    """Class of a run of letters and digits, 0..7; 0 is kept for [CLS] and [SEP]."""
    if not any(c.isalpha() for c in word):
        return 1 if word and all(c.isnumeric() for c in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() else 7


def inside_quotes(text):
    """For each code point 1 if it stands inside quotation marks (the marks included), else 0.

    One pass, two states (a double mark is open, a single mark is open), both closed at a blank line.
    A straight double mark toggles; “ closes what „ opened; a single mark opens only after something that is no
    letter or digit and before one, or before [ or another opening mark, and closes only before something that is none."""
    n = len(text)
    out = bytearray(n)
    double = single = low = False
    for k, c in enumerate(text):
        before = text[k - 1] if k else '\n'
        after = text[k + 1] if k + 1 < n else '\n'
        inner = after.isalnum() or after in '[“"$…'
        if c == '\n' and before == '\n':
            double = single = low = False
        closes = False
        if c == '„':
            double = low = True
        elif c == '“' and low:
            closes, double, low = True, False, False
        elif c in OPEN:
            double = True
        elif c in CLOSE:
            closes, double, low = double, False, False
        elif c == '"':
            closes, double = double, not double
        elif c == '‘' and not before.isalnum() and inner:
            single = True
        elif c in "’'":
            if single and not after.isalnum() and not before.isspace():
                closes, single = True, False
            elif c == "'" and not single and not before.isalnum() and before not in '.,!?' and inner:
                single = True
        out[k] = 1 if double or single or closes else 0
    return out


def features(text, spans):
    """Arrays shape, quote, paragraph for word pieces at spans (code points) of text."""
    quoted = inside_quotes(text)
    shapes, quotes, paragraphs = [], [], []
    previous, word = 0, (0, -1)
    for i, (start, end) in enumerate(spans):
        if not (word[0] <= start and end <= word[1]):
            x, y = start, end
            while x > 0 and text[x - 1].isalnum():
                x -= 1
            while y < len(text) and text[y].isalnum():
                y += 1
            word = (x, y)
        shapes.append(shape(text[word[0]:word[1]]))
        quotes.append(quoted[start] if start < len(quoted) else 0)
        paragraphs.append(2 if i == 0 else 1 if '\n' in text[previous:start] else 0)
        previous = end
    return shapes, quotes, paragraphs
