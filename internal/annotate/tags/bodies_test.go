package tags

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

func TestBodies(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"The leader of Sa'if Ahl al-Bahr said so. Sa’if Ahl al-Bahr denied it.", "Sa'if Ahl al-Bahr", "organisation organisation "},
		{"Fighters from Rayat Nur left. Rayat Nur is small.", "Rayat Nur", "organisation organisation "},
		{"A spokesman for Dana Whitlock said so.", "Dana Whitlock", "person-name "},
		{"The leader, Dana Whitlock, said so.", "Dana Whitlock", "person-name "},
		{"He is a member of Brandt's staff.", "Brandt", "person-name "},
	} {
		doc := &news.Document{Article: news.Article{Text: c.text}}
		var tags []news.Tag
		for _, name := range []string{c.name, strings.ReplaceAll(c.name, "'", "’")} {
			for from := 0; ; {
				i := strings.Index(c.text[from:], name)
				if i < 0 || len(tags) > 0 && tags[len(tags)-1].Start == from+i {
					break
				}
				tags = append(tags, news.Tag{Span: news.Span{Start: from + i, End: from + i + len(name)}, Kind: news.TagPersonName})
				from += i + len(name)
			}
			if name == strings.ReplaceAll(name, "'", "’") {
				break
			}
		}
		got := ""
		for _, tag := range bodies(doc, tags) {
			got += string(tag.Kind) + " "
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
