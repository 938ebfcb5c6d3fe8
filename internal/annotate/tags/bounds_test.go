package tags

import (
	"strings"
	"testing"

	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/news"
	"whosaid/models"
)

var tokenizer = wordpiece.New(models.Vocabulary)

// marked is a document of the text without its square brackets, with a tag of the
// kind for what stood in each pair.
func marked(t *testing.T, text string, kind news.TagKind) (*news.Document, []news.Tag) {
	t.Helper()
	var plain strings.Builder
	var spans []news.Span
	for _, r := range text {
		switch r {
		case '[':
			spans = append(spans, news.Span{Start: plain.Len()})
		case ']':
			spans[len(spans)-1].End = plain.Len()
		default:
			plain.WriteRune(r)
		}
	}
	doc := &news.Document{Article: news.Article{Text: plain.String()}}
	doc.Pieces = tokenizer.Append(nil, doc.Text, 0)
	var tags []news.Tag
	for _, s := range spans {
		tag := news.Tag{Span: s, Kind: kind, First: -1}
		for i, p := range doc.Pieces {
			if p.Start == s.Start {
				tag.First = i
			}
			if p.End <= s.End {
				tag.Last = i
			}
		}
		if tag.First < 0 || doc.Pieces[tag.Last].End != s.End {
			t.Fatalf("%q: the brackets are not on the bounds of words", text)
		}
		tags = append(tags, tag)
	}
	return doc, tags
}

func TestBoundsOfNames(t *testing.T) {
	for _, c := range []struct {
		text string
		kind news.TagKind
		want string
	}{
		{"[Ilse Brandvold] said", news.TagPerson, "Ilse Brandvold"},
		{"[Mr. Brandvold] said", news.TagPerson, "Brandvold"},
		{"[Mr Brandvold] said", news.TagPerson, "Brandvold"},
		{"[Majilis deputy Baurzhan Ospan] said", news.TagPersonName, "Baurzhan Ospan"},
		{"[retired Brigadier Haroon Naz] said", news.TagPersonName, "Haroon Naz"},
		{"[Vicente Go-Tan of San Isidro] said", news.TagPersonName, "Vicente Go-Tan"},
		{"[Joan of Ellery] said", news.TagPersonName, "Joan of Ellery"},
		{"[Jonathan Raven-Lee KC] said", news.TagPersonName, "Jonathan Raven-Lee"},
		{"[Ana de la Torre] said", news.TagPersonName, "Ana de la Torre"},
		{"[Dr. Sir Zoltán Haldórsson]’s house", news.TagPerson, "Zoltán Haldórsson"},
		{"[Zoltán Haldórsson’s] house", news.TagPerson, "Zoltán Haldórsson"},
		{"[Haldórsson's] house and [Jones'] boat", news.TagPersonName, "Haldórsson; Jones"},
		{"[Sheikh Idris al-Marwani]", news.TagPersonName, "Idris al-Marwani"},
		{"[Sheikh Idris al-Marwani]", news.TagPerson, "Sheikh Idris al-Marwani"},
		{"[Vice President Brandvold]", news.TagPersonName, "Brandvold"},
		{"[Pope Anselm] and [Judge Orr]", news.TagPersonName, "Pope Anselm; Judge Orr"},
		{"[Gen. Orr] and [General Orr]", news.TagPersonName, "Orr; General Orr"},
		{"[Dr.] said", news.TagPerson, "Dr."},
		{"[Senator] said", news.TagPersonName, "Senator"},
		{"[O’Neill] and [D'Arcy's]", news.TagPersonName, "O’Neill; D'Arcy"},
		{"[President’s] office", news.TagOrganisation, "President’s"},
		{"[Mr. Brandvold's]", news.TagTitle, "Mr. Brandvold's"},
	} {
		doc, tags := marked(t, c.text, c.kind)
		var got []string
		for _, tag := range bound(doc, tags) {
			if tag.Start != doc.Pieces[tag.First].Start || tag.End != doc.Pieces[tag.Last].End {
				t.Errorf("%q: tag %+v has pieces elsewhere", c.text, tag)
			}
			got = append(got, tag.Text(doc.Text))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s as %s: %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}

// Names only grow when made whole, and shrink when bounded, by whole words; something is left.
func FuzzBound(f *testing.F) {
	f.Add("Mr. Dr. 's ' Sir", uint16(0), uint16(9))
	f.Add("Zoltán Haldórsson’s", uint16(1), uint16(3))
	f.Fuzz(func(t *testing.T, text string, first, last uint16) {
		doc := &news.Document{Article: news.Article{Text: strings.ToValidUTF8(text, "")}}
		doc.Pieces = tokenizer.Append(nil, doc.Text, 0)
		if int(last) >= len(doc.Pieces) || first > last || !doc.Pieces[first].First {
			return
		}
		for _, kind := range []news.TagKind{news.TagPerson, news.TagPersonName, news.TagLabel} {
			tag := news.Tag{Kind: kind, First: int(first), Last: int(last), Span: news.Span{Start: doc.Pieces[first].Start, End: doc.Pieces[last].End}}
			larger := whole(doc, []news.Tag{tag})[0]
			if larger.First > int(first) || larger.Last < int(last) || larger.Last >= len(doc.Pieces) || !doc.Pieces[larger.First].First {
				t.Fatalf("%q, %d to %d: whole is %+v", doc.Text, first, last, larger)
			}
			got := bound(doc, []news.Tag{tag})[0]
			if got.First < int(first) || got.Last > int(last) || got.First > got.Last || got.Start >= got.End || !doc.Pieces[got.First].First {
				t.Fatalf("%q, %d to %d: %+v", doc.Text, first, last, got)
			}
		}
	})
}
