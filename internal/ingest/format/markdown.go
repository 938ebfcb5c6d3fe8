package format

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"whosaid/internal/news"
)

// frontMatter is the block of metadata that a Markdown file may start with, in
// YAML (---) or TOML (+++).
var frontMatter = regexp.MustCompile(`^(?:---|\+\+\+)[ \t]*\r?\n(?:[ \t]*\r?\n|#.*\n)*[A-Za-z_][\w-]*[ \t]*[:=]`)

// readMarkdown reads CommonMark with front matter. Its first heading of the
// first level is the title where the front matter names none.
func readMarkdown(f *file) {
	src, ok := f.text("text/markdown", false)
	if !ok {
		return
	}
	src = strings.ReplaceAll(strings.TrimPrefix(src, "\uFEFF"), "\r\n", "\n")
	meta, src := cutFrontMatter(src)
	it := metadataFrom(getter(meta, reachableKeys(meta), nil))
	if len(src) <= maxMarkdown {
		it.Blocks = markdownBlocks([]byte(tamePrefixes(src)), &it.Title)
	} else {
		it.Blocks = textBlocks(src)
	}
	if it.empty() {
		f.fail("", "it holds no text")
		return
	}
	f.item(it)
}

// maxMarkdown is how long a text may be, in bytes, to be parsed: the parser's
// time grows faster than its input where somebody made it to. No article is
// longer; what is longer is read as plain text.
const maxMarkdown = 128 << 10

// maxNesting is how many quotation and list marks a line may start with.
const maxNesting = 50

// tamePrefixes drops quotation marks beyond maxNesting at the start of a line,
// for each of them costs the parser a level.
func tamePrefixes(src string) string {
	if !strings.Contains(src, strings.Repeat(">", maxNesting)) && !strings.Contains(src, strings.Repeat("> ", maxNesting)) &&
		!strings.Contains(src, strings.Repeat("- ", maxNesting)) && !strings.Contains(src, strings.Repeat("* ", maxNesting)) {
		return src
	}
	lines := strings.Split(src, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, ">-*+ \t")
		if len(line)-len(rest) > maxNesting {
			lines[i] = rest
		}
	}
	return strings.Join(lines, "\n")
}

func markdownBlocks(src []byte, title *string) []Block {
	root := goldmark.DefaultParser().Parse(text.NewReader(src))
	var blocks []Block
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			line := inlineText(n, src)
			if n.Level == 1 && len(blocks) == 0 && (*title == "" || *title == oneLine(line)) {
				*title = oneLine(line)
			} else {
				blocks = addBlock(blocks, news.Heading, line)
			}
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			if image, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 {
				blocks = addBlock(blocks, news.Caption, inlineText(image, src))
			} else {
				blocks = addBlock(blocks, news.Paragraph, inlineText(n, src))
			}
			return ast.WalkSkipChildren, nil
		case *ast.HTMLBlock:
			blocks = append(blocks, blocksOfHTML(string(n.Lines().Value(src)))...)
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock:
			// Articles hold no code: somebody indented a paragraph.
			blocks = addBlock(blocks, news.Paragraph, string(n.Lines().Value(src)))
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return blocks
}

// inlineText is the text of a paragraph without its marks.
func inlineText(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescape(n.Segment.Value(src), n.IsRaw()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(unescape(n.Value, n.IsRaw()))
		case *ast.AutoLink:
			b.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func unescape(b []byte, raw bool) []byte {
	if raw {
		return b
	}
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(b)))
}

// cutFrontMatter splits the metadata off. It reads what static site generators
// write for articles: one key a line with a plain or quoted value, a list in
// brackets, or a list of "- " lines.
func cutFrontMatter(src string) (map[string]any, string) {
	if !frontMatter.MatchString(src) {
		return nil, src
	}
	first, rest, _ := strings.Cut(src, "\n")
	fence := strings.TrimSpace(first)
	meta := map[string]any{}
	key := ""
	for body := rest; body != ""; {
		var line string
		line, body, _ = strings.Cut(body, "\n")
		trimmed := strings.TrimSpace(line)
		if trimmed == fence || fence == "---" && trimmed == "..." {
			return meta, body
		}
		if entry, ok := strings.CutPrefix(trimmed, "- "); ok && key != "" {
			list, _ := meta[key].([]any)
			meta[key] = append(list, metaValue(strings.TrimPrefix(strings.TrimSpace(entry), "name:")))
			continue
		}
		sep := ":"
		if fence == "+++" {
			sep = "="
		}
		k, v, ok := strings.Cut(trimmed, sep)
		if !ok || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			continue
		}
		key = strings.TrimSpace(k)
		if v = strings.TrimSpace(v); v == "" || v == "|" || v == ">" {
			continue
		}
		if strings.HasPrefix(v, "[") && strings.HasSuffix(v, "]") {
			var list []any
			for _, e := range strings.Split(v[1:len(v)-1], ",") {
				list = append(list, metaValue(e))
			}
			meta[key] = list
			continue
		}
		meta[key] = metaValue(v)
	}
	return nil, src // never closed: no front matter after all
}

func metaValue(s string) any {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		s = strings.NewReplacer(`\"`, `"`, `''`, `'`).Replace(s[1 : len(s)-1])
	}
	return s
}
