"""The encoder (BERT form: 6 layers, width 384) and its attribution heads. internal/neural/encoder runs the same arithmetic."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from features import PARAGRAPHS, QUOTES, SHAPES

DISTANCES = 20


class Noise:
    """Dropout from a pool of random numbers drawn once: drawing anew costs more than a layer on a CPU."""

    def __init__(self, rate, size=1 << 24):
        generator = torch.Generator().manual_seed(7)
        self.rate = rate
        self.pool = (torch.rand(size, generator=generator) >= rate).float() / (1 - rate)

    def __call__(self, x, training):
        if not training or not self.rate:
            return x
        start = int(torch.randint(0, self.pool.numel() - x.numel(), (1,)))
        return x * self.pool[start:start + x.numel()].view_as(x)


class Layer(nn.Module):
    """One post-norm transformer layer; x is [batch, length, width]."""

    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, x, mask, noise):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, n, w)
        x = self.norm1(x + noise(self.out(a), self.training))
        return self.norm2(x + noise(self.down(F.gelu(self.up(x), approximate='tanh')), self.training))


class Encoder(nn.Module):
    """ids, shape, quote, paragraph [batch, length] -> [batch, length, width]; mask is true where there is a piece."""

    def __init__(self, vocabulary=30522, positions=512, width=384, layers=6, heads=12, inner=1536, rate=.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.shape, self.quote, self.paragraph = (nn.Embedding(k, width) for k in (SHAPES, QUOTES, PARAGRAPHS))
        for e in (self.shape, self.quote, self.paragraph):
            nn.init.zeros_(e.weight)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.noise = Noise(rate)

    def forward(self, ids, shape, quote, paragraph, mask):
        place = torch.arange(ids.shape[1])
        x = self.word(ids) + self.position(place) + self.shape(shape) + self.quote(quote) + self.paragraph(paragraph)
        x = self.noise(self.norm(x), self.training)
        bias = None if mask.all() else torch.zeros(mask.shape).masked_fill(~mask, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, self.noise)
        return x


def load_pretrained(encoder, path):
    """Fills the encoder from a BERT checkpoint in safetensors; the token type row is added to the positions."""
    from safetensors.torch import load_file
    w = load_file(path)
    e = {k: w['embeddings.' + k] for k in ('word_embeddings.weight', 'position_embeddings.weight', 'token_type_embeddings.weight')}
    with torch.no_grad():
        encoder.word.weight.copy_(e['word_embeddings.weight'])
        encoder.position.weight.copy_(e['position_embeddings.weight'] + e['token_type_embeddings.weight'][0])
        pairs = [(encoder.norm, 'embeddings.LayerNorm')]
        for i, layer in enumerate(encoder.layers):
            at = f'encoder.layer.{i}.'
            for part in ('weight', 'bias'):
                qkv = [w[f'{at}attention.self.{x}.{part}'] for x in ('query', 'key', 'value')]
                getattr(layer.qkv, part).copy_(torch.cat(qkv))
            pairs += [(layer.out, at + 'attention.output.dense'), (layer.norm1, at + 'attention.output.LayerNorm'),
                      (layer.up, at + 'intermediate.dense'), (layer.down, at + 'output.dense'), (layer.norm2, at + 'output.LayerNorm')]
        for module, name in pairs:
            module.weight.copy_(w[name + '.weight'])
            module.bias.copy_(w[name + '.bias'])


def bucket(d):
    """Signed distance in pieces -> one of 20 classes: 0..4, then by doubling, apart by sign."""
    a = d.abs()
    far = (5 + torch.log2(a.clamp(min=5).float() / 5)).long().clamp(max=9)
    b = torch.where(a < 5, a, far)
    return torch.where(d < 0, b, b + 10)


class Attribution(nn.Module):
    """Finds cue starts, and for each the pieces of its source, cue and content.

    A role is a linear chain over pieces with two states, out and in; the tagger gives for each piece three scores a role:
    of being in, of entering here (out before), of leaving here (in before). Trained by the likelihood of the whole
    chain (Lafferty, McCallum, Pereira 2001), so that where a span begins and ends is weighed as one choice."""

    def __init__(self, width=384, inner=128, rate=.1):
        super().__init__()
        self.start = nn.Sequential(nn.Linear(width, inner), nn.GELU('tanh'), nn.Linear(inner, 1))
        self.piece, self.cue_sum, self.cue_product = (nn.Linear(width, inner) for _ in range(3))
        self.distance = nn.Embedding(DISTANCES, inner)
        self.norm = nn.LayerNorm(inner)
        self.conv1 = nn.Conv1d(inner, inner, 5, padding=2)
        self.conv2 = nn.Conv1d(inner, inner, 5, padding=8, dilation=4)
        self.out = nn.Linear(inner, 9)
        self.noise = Noise(rate, 1 << 22)

    def starts(self, h):
        """Logit of being the first piece of a cue, [batch, length]."""
        return self.start(h).squeeze(-1)

    def tags(self, h, batch, at, mask):
        """Scores [cues, length, 3 roles, 3] for cues that start at piece `at` of sequence `batch`."""
        a, c = self.piece(h)[batch], h[batch, at]
        d = torch.arange(h.shape[1])[None] - at[:, None]
        u = a + self.cue_sum(c)[:, None] + self.distance(bucket(d)) + a * self.cue_product(c)[:, None]
        u = F.gelu(self.norm(u), approximate='tanh') * mask[batch][..., None]
        u = self.noise(u, self.training).transpose(1, 2)
        u = u + F.gelu(self.conv1(u), approximate='tanh')
        u = u + F.gelu(self.conv2(u), approximate='tanh')
        return self.out(u.transpose(1, 2)).unflatten(-1, (3, 3))


class ChainLoss(torch.autograd.Function):
    """Negative log likelihood of gold states, summed over chains; its gradient is what the model expects less what is so.

    Forward and backward sums in numpy: hundreds of tiny steps, for which a tensor library's overhead is the whole cost."""

    @staticmethod
    def forward(ctx, scores, gold, valid):
        c, n, r, _ = scores.shape
        s = scores.detach().double().permute(1, 3, 0, 2).reshape(n, 3, c * r).numpy()
        y = gold.permute(1, 0, 2).reshape(n, c * r).numpy()
        going = valid.t()[:, :, None].expand(n, c, r).reshape(n, c * r).numpy()
        out, within = np.zeros((n + 1, c * r)), np.full((n + 1, c * r), -1e4)
        for i in range(n):
            inside, enter, leave = s[i]
            out[i + 1] = np.where(going[i], np.logaddexp(out[i], within[i] + leave), out[i])
            within[i + 1] = np.where(going[i], inside + np.logaddexp(within[i], out[i] + enter), within[i])
        total = np.logaddexp(out[n], within[n])
        expected, after_out, after_in = np.zeros_like(s), np.zeros(c * r), np.zeros(c * r)
        for i in reversed(range(n)):
            inside, enter, leave = s[i]
            expected[i, 0] = np.exp(within[i + 1] + after_in - total)
            expected[i, 1] = np.exp(out[i] + enter + inside + after_in - total)
            expected[i, 2] = np.exp(within[i] + leave + after_out - total)
            after_out, after_in = (np.where(going[i], np.logaddexp(after_out, enter + inside + after_in), after_out),
                                   np.where(going[i], np.logaddexp(after_out + leave, inside + after_in), after_in))
        y = y & going
        before = np.concatenate([np.zeros((1, c * r), bool), y[:-1]])
        taken = np.stack([y, y & ~before, ~y & before & going], 1)
        expected *= going[:, None]
        gradient = torch.from_numpy(expected - taken).float().view(n, 3, c, r).permute(2, 0, 3, 1)
        ctx.save_for_backward(gradient)
        return scores.new_tensor((total - (s * taken).sum((0, 1))).sum())

    @staticmethod
    def backward(ctx, above):
        return above * ctx.saved_tensors[0], None, None


def chain_loss(scores, gold, valid):
    """Negative log likelihood of the gold states, summed. scores [C, L, R, 3], gold [C, L, R] bool, valid [C, L] bool
    (true up to each chain's end)."""
    return ChainLoss.apply(scores, gold, valid)


def best_chain(scores):
    """Viterbi: the best states [C, L, R] bool of scores [C, L, R, 3]."""
    inside, enter, leave = scores.permute(3, 1, 0, 2).unbind(0)
    out, within = torch.zeros_like(inside[0]), torch.full_like(inside[0], -1e4)
    from_in, from_out = [], []
    for i in range(inside.shape[0]):
        left, entered = within + leave[i], out + enter[i]
        from_in.append(left > out)
        from_out.append(entered > within)
        out, within = torch.maximum(out, left), inside[i] + torch.maximum(within, entered)
    state, states = within > out, []
    for i in reversed(range(inside.shape[0])):
        states.append(state)
        state = torch.where(state, ~from_out[i], from_in[i])
    return torch.stack(states[::-1], 1)


KINDS = ('PER', 'LOC', 'ORG', 'person-name', 'person-pronoun', 'person-nominal', 'organisation', 'place', 'role', 'title', 'label')
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)


def states(article, spans, start, end):
    """[pieces, kinds] of states for the pieces start to end of an article; spans are (kind, start, end) in code points.
    Only the first pieces of words count: a word is begun, inside, ended or single as a whole."""
    out = np.zeros((article.n, len(KINDS)), dtype=np.int64)
    first = np.nonzero(article.first)[0]
    begins = article.offsets[first, 0]
    for kind, b, e in spans:
        i, j = np.searchsorted(begins, b, 'right') - 1, np.searchsorted(begins, e - 1, 'right') - 1
        if i < 0 or first[j] < start or first[i] >= end:
            continue
        k = KINDS.index(kind)
        out[first[i:j + 1], k] = INSIDE
        out[first[i], k], out[first[j], k] = (SINGLE, SINGLE) if i == j else (BEGIN, END)
    return out[start:end]


class Tags(nn.Module):
    """For each piece and kind of tag the logits of five states: outside, begin, inside, end, single."""

    def __init__(self, width=384, inner=256):
        super().__init__()
        self.hidden, self.out = nn.Linear(width, inner), nn.Linear(inner, len(KINDS) * 5)
        with torch.no_grad():  # nearly every piece is outside
            self.out.bias.view(-1, 5)[:, 0] = 4

    def forward(self, h):
        """[..., width] -> [..., kinds, 5]"""
        return self.out(F.gelu(self.hidden(h), approximate='tanh')).unflatten(-1, (len(KINDS), 5))


class Coreference(nn.Module):
    """How well an earlier mention is the antecedent of a later one."""

    def __init__(self, width=384, inner=96):
        super().__init__()
        self.first, self.last = nn.Linear(width, inner), nn.Linear(width, inner, bias=False)
        self.form, self.distance = nn.Embedding(4, inner), nn.Embedding(12, inner)
        self.match, self.quotes = nn.Embedding(5, inner), nn.Embedding(4, inner)
        self.later, self.earlier, self.both = nn.Linear(inner, inner), nn.Linear(inner, inner, bias=False), nn.Linear(inner, inner, bias=False)
        self.score, self.none = nn.Linear(inner, 1), nn.Linear(inner, 1)
        for table in (self.form, self.distance, self.match, self.quotes):
            nn.init.normal_(table.weight, std=.1)

    def mentions(self, first, last, form):
        """Vectors [mentions, width] of the first piece and of the last word's first piece -> [mentions, inner]."""
        return F.gelu(self.first(first) + self.last(last) + self.form(form), approximate='tanh')

    def pairs(self, later, earlier, distance, match, quotes):
        """Scores [pairs]; distance in pieces, match and quotes classes (coreference.py)."""
        far = torch.log2(1 + distance.float()).floor().long().clamp(max=11)
        v = self.later(later) + self.earlier(earlier) + self.both(later * earlier) + self.distance(far) + self.match(match) + self.quotes(quotes)
        return self.score(F.gelu(v, approximate='tanh')).squeeze(-1)


class Model(nn.Module):
    """One encoder and the heads of every task on it."""

    def __init__(self, rate=.1, **shape):
        super().__init__()
        self.encoder = Encoder(rate=rate, **shape)
        width = self.encoder.norm.weight.numel()
        self.attribution = Attribution(width, min(128, width // 2) if width < 256 else 128, rate)
        self.tags = Tags(width, min(256, width))
        self.coreference = Coreference(width, min(96, width))
